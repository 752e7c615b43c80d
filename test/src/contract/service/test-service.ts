import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { type Commands, runCommand } from "./command.ts";
import { Configuration } from "./configuration.ts";

/** A client of the SDK that is tested. */
export interface Entity extends AsyncDisposable {
  readonly commands: Commands;
}

/** The SDK that is tested. */
export interface Subject {
  readonly name: string;
  readonly clientVersion: string;
  readonly capabilities: readonly string[];
  /** Rejects where no client comes of it, or one without flags that the configuration wants to have them. */
  create(configuration: Configuration): Promise<Entity>;
}

const Creation = z.object({ tag: z.string().nullish(), configuration: Configuration });

/** Makes clients of a subject and passes commands to them, over HTTP. */
export class TestService implements AsyncDisposable {
  readonly #subject: Subject;
  readonly #server: Server;
  readonly #entities = new Map<string, Entity>();
  /** Resolves when somebody asked the service to end. */
  readonly ended: Promise<void>;
  readonly #end: () => void;
  #count = 0;

  private constructor(subject: Subject) {
    this.#subject = subject;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#end = resolve;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((cause: unknown) => refuse(response, cause));
    });
  }

  static async start(subject: Subject, port = 0): Promise<TestService> {
    const service = new TestService(subject);
    service.#server.listen(port, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#entities.values()].map((entity) => entity[Symbol.asyncDispose]()));
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = "/" } = request;
    if (url === "/") {
      await this.#answerForAll(request, response);
      return;
    }
    const entity = this.#entities.get(url);
    if (entity === undefined) {
      say(response, 404, { message: `there is no client ${url}` });
    } else if (method === "DELETE") {
      this.#entities.delete(url);
      await entity[Symbol.asyncDispose]();
      say(response, 204);
    } else {
      const result = await runCommand(entity.commands, await bodyOf(request));
      say(response, result === undefined ? 204 : 200, result);
    }
  }

  async #answerForAll(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method } = request;
    if (method === "POST") {
      await this.#create(request, response);
    } else if (method === "DELETE") {
      say(response, 204);
      this.#end();
    } else {
      const { name, clientVersion, capabilities } = this.#subject;
      say(response, 200, { name, clientVersion, capabilities });
    }
  }

  async #create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { configuration } = Creation.parse(await bodyOf(request));
    const entity = await this.#subject.create(configuration);
    this.#count += 1;
    const location = `/clients/${this.#count}`;
    this.#entities.set(location, entity);
    response.setHeader("location", location);
    say(response, 201);
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  try {
    return await json(request);
  } catch (cause) {
    throw new TypeError("the body is not JSON", { cause });
  }
}

function refuse(response: ServerResponse, cause: unknown): void {
  const isBadRequest = cause instanceof z.ZodError || cause instanceof TypeError;
  say(response, isBadRequest ? 400 : 500, {
    message: cause instanceof Error ? cause.message : String(cause),
  });
}

function say(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
