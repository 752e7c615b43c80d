import { credential } from "./endpoint.ts";

type Members = Readonly<Record<string, unknown>>;

export interface Evaluation {
  readonly value: unknown;
  readonly variationIndex?: number | null;
  readonly reason?: Members;
}

/** A client in the test service. */
export class TestedClient implements AsyncDisposable {
  readonly #url: string;
  #isClosed = false;

  private constructor(url: string) {
    this.#url = url;
  }

  static async create(serviceUrl: string, configuration: Members): Promise<TestedClient> {
    const given = { credential, ...configuration };
    const answer = await ask("POST", serviceUrl, { tag: "contract", configuration: given });
    const location = answer.headers.get("location");
    if (location === null) throw new Error("the test service names no client");
    return new TestedClient(new URL(location, serviceUrl).href);
  }

  async command(command: string, parameters: object = {}): Promise<unknown> {
    const answer = await ask("POST", this.#url, { command, [command]: parameters });
    const text = await answer.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  /** What a flag gives, without a story. */
  async value(flagKey: string, context: object, defaultValue: unknown = null): Promise<unknown> {
    const given = { flagKey, context, valueType: "any", defaultValue, detail: false };
    return ((await this.command("evaluate", given)) as Evaluation).value;
  }

  async detail(flagKey: string, context: object, more: Members = {}): Promise<Evaluation> {
    const given = { flagKey, context, valueType: "any", defaultValue: null, detail: true, ...more };
    return (await this.command("evaluate", given)) as Evaluation;
  }

  async allFlags(context: object, options: Members = {}): Promise<Members> {
    const answer = await this.command("evaluateAll", { context, ...options });
    return (answer as { state: Members }).state;
  }

  async flush(): Promise<void> {
    await this.command("flushEvents");
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await ask("DELETE", this.#url);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

async function ask(method: string, url: string, body?: object): Promise<Response> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) {
    throw new Error(`the test service answered ${answer.status}: ${await answer.text()}`);
  }
  return answer;
}
