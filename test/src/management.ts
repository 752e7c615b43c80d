import { bootstrapToken } from "./server-process.ts";

const semanticPatch = "application/json; domain-model=launchdarkly.semanticpatch";

/** A script's view of the server: the REST API under the owner's token. */
export class Management {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Sends a request; the answer is given back whatever its status. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
  ): Promise<{ status: number; body: unknown; location: string | null }> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: bootstrapToken,
        ...(body === undefined || body instanceof FormData ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body: sent(body) }),
    });
    const text = await response.text();
    const location = response.headers.get("location");
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text), location };
  }

  /** Sends a request that has to succeed. */
  async ask(method: string, path: string, body?: unknown, contentType?: string): Promise<unknown> {
    const answer = await this.request(method, path, body, contentType);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  async createProject(key: string, environmentKeys: readonly string[]): Promise<void> {
    const environments = environmentKeys.map((name) => ({ key: name, name, color: "417505" }));
    await this.ask("POST", "/api/v2/projects", { key, name: key, environments });
  }

  /** Creates a string flag with the given variations, in all environments off. */
  async createFlag(project: string, key: string, values: readonly string[]): Promise<void> {
    const variations = values.map((value) => ({ value, name: value }));
    await this.ask("POST", `/api/v2/flags/${project}`, { key, name: key, variations });
  }

  async instruct(
    project: string,
    flag: string,
    environmentKey: string,
    instructions: readonly object[],
  ): Promise<unknown> {
    const body = { environmentKey, instructions };
    return this.ask("PATCH", `/api/v2/flags/${project}/${flag}`, body, semanticPatch);
  }

  async sdkKey(project: string, environment: string): Promise<string> {
    const path = `/api/v2/projects/${project}/environments/${environment}`;
    const found = await this.ask("GET", path);
    if (typeof found !== "object" || found === null || !("apiKey" in found)) {
      throw new Error(`${path} gave no apiKey`);
    }
    return String(found.apiKey);
  }

  async import(project: string, body: object): Promise<ImportReport> {
    const report = await this.ask("POST", `/api/v2/projects/${project}/import`, body);
    return report as ImportReport; // The server's own shape, held by its tests.
  }
}

export interface ImportReport {
  readonly taken: readonly ImportedThing[];
  readonly approximated: readonly (ImportedThing & { readonly why: string })[];
  readonly refused: readonly (ImportedThing & { readonly why: string })[];
}

interface ImportedThing {
  readonly kind: string;
  readonly key: string;
}

/** Forms go as they are, everything else as JSON. */
function sent(body: unknown): string | FormData {
  return body instanceof FormData ? body : JSON.stringify(body);
}
