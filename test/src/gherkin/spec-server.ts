import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";
import { Line } from "./line.ts";
import { type SpecFlag, specFlags } from "./spec-flags.ts";

const project = "specification";
const environment = "production";

/** A real server with the scenarios' flags, behind a line that can be cut. */
export class SpecServer implements AsyncDisposable {
  readonly line: Line;
  readonly sdkKey: string;
  readonly clientSideId: string;
  readonly #server: ServerProcess;

  private constructor(server: ServerProcess, line: Line, keys: { apiKey: string; _id: string }) {
    this.#server = server;
    this.line = line;
    this.sdkKey = keys.apiKey;
    this.clientSideId = keys._id;
  }

  static async start(): Promise<SpecServer> {
    const server = await ServerProcess.start();
    const management = new Management(server.url);
    await management.createProject(project, [environment]);
    for (const flag of specFlags) await create(management, flag);
    const path = `/api/v2/projects/${project}/environments/${environment}`;
    // As REST shows an environment.
    const keys = (await management.ask("GET", path)) as { apiKey: string; _id: string };
    return new SpecServer(server, await Line.to(server.port), keys);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.line[Symbol.asyncDispose]();
    await this.#server[Symbol.asyncDispose]();
  }
}

async function create(management: Management, flag: SpecFlag): Promise<void> {
  const { key, variants, serves, isDisabled = false, rule } = flag;
  const names = Object.keys(variants);
  const served = names.indexOf(serves);
  const { variations } = (await management.ask("POST", `/api/v2/flags/${project}`, {
    key,
    name: key,
    variations: Object.entries(variants).map(([name, value]) => ({ name, value })),
    defaults: { onVariation: served, offVariation: served },
    clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
    isFlagOn: !isDisabled,
  })) as { variations: readonly { _id: string }[] }; // As REST shows a flag.
  const instructions: object[] = isDisabled ? [{ kind: "updateOffVariation" }] : [];
  if (rule !== undefined) {
    const clauses = Object.entries(rule.when).map(([attribute, values]) => ({
      contextKind: "user",
      attribute,
      op: "in",
      values,
      negate: false,
    }));
    const variationId = variations[names.indexOf(rule.serves)]?._id;
    instructions.push({ kind: "addRule", clauses, variationId });
  }
  if (instructions.length > 0) await management.instruct(project, key, environment, instructions);
}
