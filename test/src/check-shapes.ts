// Holds the answers of the REST API against a description of version 2. The folder with
// rest-api-v2.schema.json comes as the argument; without it there is nothing to hold, and that is said.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const file = path.join(process.argv[2] ?? "", "rest-api-v2.schema.json");

const projects = "/api/v2/projects";
const flags = "/api/v2/flags";
const segments = "/api/v2/segments";
const project = ["web-shop"];
const environment = ["web-shop", "production"];

if (!existsSync(file)) say(`shapes: no file "${file}"; nothing checked`);
else process.exitCode = (await checkShapes(file)) ? 0 : 1;

interface Exchange {
  readonly method: "get" | "post" | "patch" | "delete";
  /** As the description names it. */
  readonly template: string;
  /** What stands for the parameters, in their order. */
  readonly values: readonly string[];
  readonly query?: string;
  readonly body?: object;
  readonly status: number;
}

async function checkShapes(description: string): Promise<boolean> {
  const document = z.looseObject({}).parse(JSON.parse(readFileSync(description, "utf8")));
  const schemas = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  schemas.addSchema(document, "rest");
  await using server = await ServerProcess.start({ seed: "demo" });
  const management = new Management(server.url);
  let problems = 0;
  const exchanges = await exchangesOn(management);
  for (const { method, template, values, query = "", body, status } of exchanges) {
    const rest = [...values];
    const url = template.replaceAll(/\{[^}]+\}/gu, () => rest.shift() ?? "") + query;
    const answer = await management.request(method.toUpperCase(), url, body);
    const place = `rest#/paths/${escaped(template)}/${method}/responses/${status}/content/application~1json/schema`;
    const validate = status === 204 ? () => true : schemas.compile({ $ref: place });
    const isRight = answer.status === status && validate(answer.body) === true;
    if (isRight) continue;
    problems += 1;
    const errors = "errors" in validate ? schemas.errorsText(validate.errors) : "";
    say(`shapes: ${method} ${url}: ${answer.status} ${errors}`);
  }
  say(`shapes: ${exchanges.length} answers checked, ${problems} not as described`);
  return problems === 0;
}

function escaped(template: string): string {
  return encodeURIComponent(template.replaceAll("~", "~0").replaceAll("/", "~1"));
}

async function exchangesOn(management: Management): Promise<readonly Exchange[]> {
  const list = z
    .object({ items: z.array(z.object({ key: z.string() })) })
    .parse(await management.ask("GET", `${flags}/web-shop?limit=1000`));
  const each = list.items.map(({ key }) => ({
    method: "get" as const,
    template: `${flags}/{projectKey}/{featureFlagKey}`,
    values: ["web-shop", key],
    status: 200,
  }));
  return [
    ...projectExchanges(),
    ...each,
    ...flagExchanges(),
    ...segmentExchanges(),
    ...accessExchanges(),
  ];
}

function projectExchanges(): readonly Exchange[] {
  const one = `${projects}/{projectKey}`;
  const query = "?expand=environments";
  const body = { key: "shapes", name: "Shapes" };
  const list = `${one}/environments`;
  const ada = { kind: "user", key: "ada" };
  const evaluation = `${list}/{environmentKey}/flags/evaluate`;
  return [
    { method: "get", template: projects, values: [], status: 200 },
    { method: "post", template: projects, values: [], body, status: 201 },
    { method: "get", template: one, values: project, query, status: 200 },
    { method: "get", template: list, values: project, status: 200 },
    { method: "post", template: list, values: project, body, status: 201 },
    { method: "get", template: `${list}/{environmentKey}`, values: environment, status: 200 },
    { method: "post", template: evaluation, values: environment, body: ada, status: 200 },
  ];
}

function flagExchanges(): readonly Exchange[] {
  const one = `${flags}/{projectKey}/{featureFlagKey}`;
  const list = `${flags}/{projectKey}`;
  const expiring = `${one}/expiring-targets/{environmentKey}`;
  const shape = ["web-shop", "shape"];
  const patch = { environmentKey: "production", instructions: [{ kind: "turnFlagOn" }] };
  const body = { key: "shape", name: "Shape" };
  return [
    { method: "get", template: list, values: project, status: 200 },
    { method: "post", template: list, values: project, body, status: 201 },
    { method: "patch", template: one, values: shape, body: patch, status: 200 },
    { method: "get", template: expiring, values: [...shape, "production"], status: 200 },
    { method: "delete", template: one, values: shape, status: 204 },
  ];
}

function segmentExchanges(): readonly Exchange[] {
  const list = `${segments}/{projectKey}/{environmentKey}`;
  const one = `${list}/{segmentKey}`;
  const shape = [...environment, "shape"];
  const body = { key: "shape", name: "Shape", unbounded: true };
  const members = { instructions: [{ kind: "addBigSegmentIncludedTargets", values: ["ada"] }] };
  return [
    { method: "get", template: list, values: environment, status: 200 },
    { method: "post", template: list, values: environment, body, status: 201 },
    { method: "get", template: one, values: shape, status: 200 },
    { method: "patch", template: one, values: shape, body: members, status: 200 },
    { method: "delete", template: one, values: shape, status: 204 },
  ];
}

function accessExchanges(): readonly Exchange[] {
  const body = { name: "shape", role: "reader" };
  return [
    { method: "get", template: "/api/v2/tokens", values: [], status: 200 },
    { method: "post", template: "/api/v2/tokens", values: [], body, status: 201 },
    { method: "get", template: "/api/v2/caller-identity", values: [], status: 200 },
  ];
}
