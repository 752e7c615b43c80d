import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";

const project = "shop";
const environment = "production";
const deadlineMs = 15_000;

/** Flags of every kind, and what a context without a target gets of each. */
export const expectedValues: Readonly<Record<string, unknown>> = {
  text: "old",
  switch: true,
  number: 3.5,
  json: { nested: [1, { deep: true }] },
};
const otherValues: Readonly<Record<string, unknown>> = {
  text: "new",
  switch: false,
  number: 4,
  json: {},
};

/** A server with a flag of every kind, marked for every kind of SDK. Grace is a target of `text`. */
export class ServedFlags implements AsyncDisposable {
  readonly sdkKey: string;
  readonly mobileKey: string;
  readonly clientSideId: string;
  #server: ServerProcess;
  readonly #management: Management;

  private constructor(
    server: ServerProcess,
    management: Management,
    keys: { apiKey: string; mobileKey: string; _id: string },
  ) {
    this.#server = server;
    this.#management = management;
    this.sdkKey = keys.apiKey;
    this.mobileKey = keys.mobileKey;
    this.clientSideId = keys._id;
  }

  static async start(): Promise<ServedFlags> {
    const server = await ServerProcess.start();
    const management = new Management(server.url);
    await management.createProject(project, [environment]);
    for (const [key, value] of Object.entries(expectedValues)) {
      const variations = [{ value }, { value: otherValues[key] }];
      const clientSideAvailability = { usingMobileKey: true, usingEnvironmentId: true };
      const flag = { key, name: key, variations, clientSideAvailability, isFlagOn: true };
      await management.ask("POST", `/api/v2/flags/${project}`, flag);
    }
    const path = `/api/v2/projects/${project}/environments/${environment}`;
    const keys = await management.ask("GET", path);
    // As REST shows an environment.
    const flags = new ServedFlags(
      server,
      management,
      keys as { apiKey: string; mobileKey: string; _id: string },
    );
    await flags.instruct("text", {
      kind: "addTargets",
      values: ["grace"],
      variationId: await flags.#variationId("text", 1),
    });
    return flags;
  }

  get url(): string {
    return this.#server.url;
  }

  /** Serves the other variation of a flag to everyone, or the first again. */
  async serve(key: string, variation: 0 | 1): Promise<void> {
    const variationId = await this.#variationId(key, variation);
    await this.instruct(key, { kind: "updateFallthroughVariationOrRollout", variationId });
  }

  /** Serves everyone the first variation, as a share of a rollout. */
  async roll(key: string): Promise<void> {
    const [first, second] = [await this.#variationId(key, 0), await this.#variationId(key, 1)];
    const rolloutWeights = { [first]: 100_000, [second]: 0 };
    await this.instruct(key, { kind: "updateFallthroughVariationOrRollout", rolloutWeights });
  }

  async instruct(key: string, instruction: object): Promise<void> {
    await this.#management.instruct(project, key, environment, [instruction]);
  }

  async kill(): Promise<void> {
    await this.#server.kill();
  }

  /** Another life of the server, on the same folder and port. */
  async restart(): Promise<void> {
    const { port, dataFolder } = this.#server;
    this.#server = await ServerProcess.start({ port, dataFolder });
  }

  /** How many evaluations of a flag arrived, once there are so many, or the time is up. */
  async evaluations(key: string, wanted: number): Promise<number> {
    const path = `/api/v2/projects/${project}/environments/${environment}/evaluations?flag=${key}`;
    return until(
      async () => {
        const { totalCount } = (await this.#management.ask("GET", path)) as { totalCount: number };
        return totalCount;
      },
      (count) => count >= wanted,
    );
  }

  async connections(): Promise<{ items: { sdk: string }[]; currentCount: number }> {
    const path = `/api/v2/projects/${project}/environments/${environment}/connections`;
    return (await this.#management.ask("GET", path)) as {
      items: { sdk: string }[];
      currentCount: number;
    };
  }

  async #variationId(key: string, at: number): Promise<string> {
    const flag = (await this.#management.ask("GET", `/api/v2/flags/${project}/${key}`)) as {
      variations: { _id: string }[];
    };
    return flag.variations[at]?._id ?? "";
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}

/** Asks again and again until the answer is right or the time is up; gives the last one. */
export async function until<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
