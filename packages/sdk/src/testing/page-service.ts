import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json, JsonObject } from "@halyard/evaluation";
import type { HalyardClient } from "../client.ts";

/** `/eval/ENVIRONMENT/CONTEXT`, where the environment may have any name. */
const streamPath = /^\/eval\/[^/]+\/([^/]+)$/u;
const pollPath = /^\/sdk\/evalx\/[^/]+\/contexts\/([^/]+)$/u;
const eventPath = /^\/events\/(?:bulk|diagnostic)\//u;

/** Answers the browser clients of a page from a client's flags, and tells them of changes. */
export class PageService implements AsyncDisposable {
  readonly #flags: HalyardClient;
  readonly #server: Server;
  readonly #streams = new Map<ServerResponse, object>();
  readonly #onChange = (): void => {
    for (const [response, context] of this.#streams) response.write(this.#putFor(context));
  };

  private constructor(flags: HalyardClient) {
    this.#flags = flags;
    this.#server = createServer(({ url = "", method, headers }, response) => {
      const { pathname } = new URL(url, "http://here");
      response.setHeader("access-control-allow-origin", headers.origin ?? "*");
      response.setHeader("access-control-allow-headers", "*");
      response.setHeader("cache-control", "no-cache");
      if (method === "OPTIONS" || eventPath.test(pathname)) response.writeHead(202).end();
      else this.#answer(pathname, response);
    });
  }

  static async start(flags: HalyardClient): Promise<PageService> {
    const service = new PageService(flags);
    service.#server.listen(0, "127.0.0.1");
    await once(service.#server, "listening");
    flags.on("change", service.#onChange);
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#flags.off("change", this.#onChange);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(path: string, response: ServerResponse): void {
    const streamed = contextIn(streamPath, path);
    const polled = contextIn(pollPath, path);
    if (streamed !== undefined) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(this.#putFor(streamed));
      this.#streams.set(response, streamed);
      response.once("close", () => this.#streams.delete(response));
    } else if (polled !== undefined) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(this.#resultsFor(polled)));
    } else {
      response.writeHead(404).end(`there is nothing at ${path} for a browser client`);
    }
  }

  #putFor(context: object): string {
    return `event: put\ndata: ${JSON.stringify(this.#resultsFor(context))}\n\n`;
  }

  #resultsFor(context: object): JsonObject {
    const state = this.#flags.allFlagsState(context, { withReasons: true, clientSideOnly: true });
    const { $flagsState: details = {}, $valid: _, ...values } = state.toJSON();
    const entries = Object.entries(values).map(([key, value]): [string, Json] => {
      const detail = (details as JsonObject)[key] as JsonObject;
      const { version: flagVersion = 0 } = detail;
      return [key, { ...detail, value, flagVersion, version: this.#flags.version ?? 0 }];
    });
    return Object.fromEntries(entries);
  }
}

/** Undefined where the path is another one, or names no context. */
function contextIn(pattern: RegExp, path: string): object | undefined {
  const encoded = pattern.exec(path)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const context: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString());
    return typeof context === "object" && context !== null ? context : undefined;
  } catch {
    return undefined;
  }
}
