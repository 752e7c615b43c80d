import { TemporaryServer } from "@halyard/server/temporary-server";
import fc from "fast-check";
import { z } from "zod";
import { type Description, type FuzzedOperation, readDescription } from "./described-operations.ts";
import { type FuzzedRequest, requestsOf, sameKind } from "./request.ts";
import { ThingsThere } from "./things-there.ts";
import { type Answer, problemOf } from "./verdict.ts";

const noAnswerMs = 20_000;
const slowMs = 1000;
/** How many requests see the same things, before it is looked again what is there. */
const stretch = 25;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload?: string;
}

/** Asks a server whatever its description lets somebody think of, and more. */
export class Fuzzing implements AsyncDisposable {
  readonly operations: readonly FuzzedOperation[];
  readonly #server: TemporaryServer;
  readonly #description: Description;
  readonly #things: ThingsThere;

  private constructor(server: TemporaryServer, description: Description) {
    this.#server = server;
    this.#description = description;
    this.operations = description.operations.toSorted((a, b) => order(a) - order(b));
    this.#things = new ThingsThere(description.operations, (path) => this.#get(path));
  }

  static async start(): Promise<Fuzzing> {
    const server = await TemporaryServer.start({ seed: "demo" });
    const described = await server.ask("GET", "/api/v2/openapi.json");
    return new Fuzzing(server, readDescription(described.json()));
  }

  /** What is wrong with what the server answers to so many requests of an operation. */
  async problemsOf(
    operation: FuzzedOperation,
    { count, seed }: { count: number; seed: number },
  ): Promise<readonly string[]> {
    const problems = new Set<string>();
    for (let from = 0; from < count; from += stretch) {
      await this.#things.look();
      const requests = fc.sample(requestsOf(operation, this.#description, this.#things.names), {
        numRuns: Math.min(stretch, count - from),
        seed: seed + from,
      });
      for (const request of requests) {
        const problem = await this.#problemOf(operation, request);
        if (problem !== undefined) problems.add(problem);
      }
    }
    return [...problems];
  }

  /** What can be listed and read no more. */
  async unreadable(): Promise<readonly string[]> {
    await this.#things.look();
    const problems: string[] = [];
    for (const operation of this.operations) {
      if (operation.method !== "get") continue;
      for (const path of await this.#things.pathsOf(operation.template)) {
        const { status, text } = await this.#send({ method: "GET", url: path, headers: {} });
        const absent = status === 404 && mayBeAbsent(operation);
        if (status !== 200 && !absent) problems.push(`GET ${path}: ${status} ${text}`);
      }
    }
    return problems;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }

  async #problemOf(
    operation: FuzzedOperation,
    request: FuzzedRequest,
  ): Promise<string | undefined> {
    const sent = await this.#concrete(operation, request);
    const answer = await this.#send(sent);
    const problem = problemOf(answer, operation, this.#description.commonStatuses);
    const words = problem ?? (await this.#slowness(sent, answer));
    if (words === undefined) return undefined;
    return `${sent.method} ${shortened(sent.url)} ${shortened(sent.payload ?? "")}: ${words}`;
  }

  /** A busy machine is slow once; what is slow by itself is so again. */
  async #slowness(sent: Sent, { tookMs }: Answer): Promise<string | undefined> {
    if (tookMs < slowMs) return undefined;
    const again = await this.#send(sent);
    return again.tookMs < slowMs ? undefined : `took ${Math.round(again.tookMs)} ms`;
  }

  async #concrete({ method, template }: FuzzedOperation, request: FuzzedRequest): Promise<Sent> {
    const paths = await this.#things.pathsOf(template);
    const there = (paths[request.pick % Math.max(1, paths.length)] ?? template).split("/");
    let parameter = -1;
    const path = template
      .split("/")
      .map((segment, at) => {
        if (!segment.startsWith("{")) return segment;
        parameter += 1;
        const part = request.parts[parameter];
        return part === undefined || part.isThere ? (there[at] ?? "missing") : part.text;
      })
      .join("/");
    const query = request.query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
    const payload = await this.#payloadOf(request, path);
    return {
      method: method.toUpperCase(),
      url: query.length === 0 ? path : `${path}?${query.join("&")}`,
      headers:
        payload === undefined
          ? request.headers
          : { "content-type": "application/json", ...request.headers },
      ...(payload === undefined ? {} : { payload }),
    };
  }

  async #payloadOf({ body }: FuzzedRequest, path: string): Promise<string | undefined> {
    switch (body.kind) {
      case "none":
        return undefined;
      case "json":
        return JSON.stringify(body.value);
      case "text":
        return body.text;
      case "instructions":
        return JSON.stringify(withIds(body.value, idsIn(await this.#get(path))));
      case "pointers": {
        const places = placesOf(await this.#get(path));
        return JSON.stringify(
          body.operations.map(({ at, op, value }) => {
            const [pointer = "", there] = places[at % places.length] ?? [];
            const [from = ""] = places[(at + 1) % places.length] ?? [];
            return { op, path: pointer, from, value: value === sameKind ? likewise(there) : value };
          }),
        );
      }
      default:
        return body satisfies never;
    }
  }

  async #get(path: string): Promise<unknown> {
    const { status, text } = await this.#send({ method: "GET", url: path, headers: {} });
    return status === 200 ? JSON.parse(text) : undefined;
  }

  async #send({ method, url, headers, payload }: Sent): Promise<Answer> {
    const started = performance.now();
    const answering = this.#server.running.app.inject({
      method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE", "REPORT"]).parse(method),
      url,
      headers: { authorization: TemporaryServer.ownerToken, ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const answer = await Promise.race([answering, noAnswer(`${method} ${shortened(url)}`)]);
    const tookMs = performance.now() - started;
    return { status: answer.statusCode, text: answer.body, tookMs };
  }
}

function noAnswer(request: string): Promise<never> {
  return new Promise((_, reject) => {
    const error = new Error(`${request} has no answer after ${noAnswerMs} ms`);
    setTimeout(() => reject(error), noAnswerMs).unref();
  });
}

/**
 * Where a path has parameters, it is asked for with ids that a list gave, and has to be there. One
 * without any may be of something that nobody has made yet, where its description says so.
 */
function mayBeAbsent({ template, statuses }: FuzzedOperation): boolean {
  return !template.includes("{") && statuses.includes("404");
}

/** What takes away comes last, from the innermost outwards, so that there is something to ask about. */
function order({ method, template }: FuzzedOperation): number {
  const depth = template.split("/").length;
  return method === "delete" ? 100 - depth : depth;
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function shortened(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

/** Every place in a representation, as RFC 6901 writes it, and what is there. */
function placesOf(value: unknown): readonly (readonly [pointer: string, there: unknown])[] {
  if (typeof value !== "object" || value === null) return [["", value]];
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const step = name.replaceAll("~", "~0").replaceAll("/", "~1");
    return placesOf(one).map(([rest, there]) => [`/${step}${rest}`, there] as const);
  });
  return [["", value], ...inner, [Array.isArray(value) ? "/-" : "/added", "new"]];
}

/** Another value of the same kind, or the same where there is none. */
function likewise(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return typeof value === "string" ? `${value}-2` : value;
}

/** Every id in a representation. */
function idsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    name === "_id" && typeof one === "string" ? [one] : idsIn(one),
  );
}

/** A patch that speaks of what is there: whatever it takes for an id becomes one of these. */
function withIds(value: unknown, ids: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withIds(one, ids));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const id = typeof one === "string" ? ids[one.length % Math.max(1, ids.length)] : undefined;
      return [name, name.endsWith("Id") && id !== undefined ? id : withIds(one, ids)];
    }),
  );
}
