import { CommandError, exitCode } from "./command-error.ts";

/** Where the server is and who asks: options before environment variables. */
export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
  readonly project?: string;
}

const semanticPatch = "application/json; domain-model=launchdarkly.semanticpatch";

/** The server's REST API, as a command uses it. */
export class Connection {
  readonly project: string;
  readonly #url: string;
  readonly #token: string;

  constructor(
    options: ConnectionOptions,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#url = (options.url ?? environment["HALYARD_URL"] ?? "http://localhost:8080").replace(
      /\/+$/u,
      "",
    );
    this.project = options.project ?? environment["HALYARD_PROJECT"] ?? "default";
    this.#token = options.token ?? environment["HALYARD_TOKEN"] ?? "";
    if (this.#token === "") {
      throw new CommandError(
        "there is no access token; set HALYARD_TOKEN, or give --token",
        exitCode.usage,
      );
    }
  }

  /** The lines of an answer, as they come. */
  async *lines(path: string): AsyncGenerator<string> {
    const response = await this.#fetch(path, { headers: { authorization: this.#token } });
    if (!response.ok || response.body === null) {
      throw failureOf(response.status, jsonOf(await response.text()));
    }
    let rest = "";
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  }

  /** A path of the project, such as `flags/PROJECT/KEY`; each part may hold any character. */
  path(kind: "projects" | "flags", ...parts: readonly string[]): string {
    return `/api/v2/${[kind, this.project, ...parts].map(encodeURIComponent).join("/")}`;
  }

  get(path: string): Promise<unknown> {
    return this.#send("GET", path);
  }

  post(path: string, body: object): Promise<unknown> {
    return this.#send("POST", path, { body });
  }

  patch(path: string, body: object): Promise<unknown> {
    return this.#send("PATCH", path, { body, contentType: semanticPatch });
  }

  async #send(
    method: string,
    path: string,
    { body, contentType = "application/json" }: { body?: object; contentType?: string } = {},
  ): Promise<unknown> {
    const response = await this.#fetch(path, {
      method,
      headers: {
        authorization: this.#token,
        ...(body === undefined ? {} : { "content-type": contentType }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = jsonOf(await response.text());
    if (answer === undefined) {
      throw new CommandError(
        `what answers at ${this.#url} is no Halyard server (${response.status}, and no JSON); check HALYARD_URL`,
        exitCode.error,
      );
    }
    if (response.ok) return answer;
    throw failureOf(response.status, answer);
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(`${this.#url}${path}`, init);
    } catch (error) {
      const message = `no server answers at ${this.#url}; start one with "halyard serve", or set HALYARD_URL`;
      throw new CommandError(message, exitCode.error, { cause: error });
    }
  }
}

function failureOf(status: number, answer: unknown): CommandError {
  return new CommandError(messageOf(answer) ?? `the server answered ${status}`, codeOf(status));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // The caller says what that means.
  }
}

function messageOf(answer: unknown): string | undefined {
  return typeof answer === "object" && answer !== null && "message" in answer
    ? String(answer.message)
    : undefined;
}

function codeOf(status: number): number {
  if (status === 404) return exitCode.notFound;
  if (status === 401 || status === 403) return exitCode.noPermission;
  return status === 409 ? exitCode.conflict : exitCode.error;
}
