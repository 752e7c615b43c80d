import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { featuresOf, flagsOf, patchedFlag, patchedKey } from "./flags.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
type Words = "first" | "second";

/**
 * Gives flags on loopback in the words of each contender: a path begins with the count of flags, and
 * with `cut` where streams are to end as soon as they have said everything.
 */
export class FlagService {
  readonly #server = createServer((request, response) => this.#take(request, response));
  readonly #open = new Set<{ readonly words: Words; readonly response: ServerResponse }>();
  /** Encoded once, so that the client's time is not the server's. */
  readonly #texts = new Map<string, Buffer>();
  #version = 1;

  static async start(): Promise<FlagService> {
    const service = new FlagService();
    service.#server.listen(0, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  /** Where an environment with so many flags is. */
  urlOf(count: number, streams: "live" | "cut" = "live"): string {
    const { port } = this.#server.address() as AddressInfo;
    // Encoded now, before anyone's time counts.
    for (const words of ["first", "second", "features"] as const) this.#textOf(words, count);
    return `http://127.0.0.1:${port}/${streams}/${count}`;
  }

  /** Tells every stream of one flag's next version. */
  patch(): void {
    this.#version += 1;
    const texts = { first: firstPatch(this.#version), second: secondPatch(this.#version) };
    for (const { words, response } of this.#open) response.write(texts[words]);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://here");
    const [, streams = "", count = "", ...rest] = pathname.split("/");
    const isKnown = searchParams.has("basis");
    const stream = (words: Words) => this.#stream(words, Number(count), streams === "cut");
    const answers: Readonly<Record<string, Answer>> = {
      all: stream("first"),
      "sdk/stream": isKnown && streams === "cut" ? upToDateAndOver : stream("second"),
      "api/features/key": (_, to) =>
        to
          .writeHead(200, { "content-type": "application/json" })
          .end(this.#textOf("features", Number(count))),
      patch: (_, to) => {
        this.patch();
        to.writeHead(204).end();
      },
    };
    const answer = answers[rest.join("/")] ?? ((_, to) => void to.writeHead(202).end());
    answer(request, response);
  }

  #stream(words: Words, count: number, isCut: boolean): Answer {
    return (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(this.#textOf(words, count));
      if (isCut) {
        response.end();
        return;
      }
      const stream = { words, response };
      this.#open.add(stream);
      response.once("close", () => this.#open.delete(stream));
    };
  }

  #textOf(words: Words | "features", count: number): Buffer {
    const name = `${words} ${count}`;
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const encode = { first: firstWords, second: secondWords, features: featureWords }[words];
    const text = Buffer.from(encode(count));
    this.#texts.set(name, text);
    return text;
  }
}

const upToDateAndOver: Answer = (_, response) => {
  response.writeHead(200, { "content-type": "text/event-stream" }).end(intent("none"));
};

const event = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const intent = (intentCode: string): string =>
  event("server-intent", { payloads: [{ id: "p", target: 1, intentCode, reason: "bench" }] });
const transferred = (version: number): string =>
  event("payload-transferred", { state: `bench:${version}`, version });
const object = (key: string, version: number, flag: object): string =>
  event("put-object", { kind: "flag", key, version, object: flag });

const firstWords = (count: number): string =>
  event("put", { path: "/", data: { flags: flagsOf(count), segments: {} } });
const firstPatch = (version: number): string =>
  event("patch", { path: `/flags/${patchedKey}`, data: patchedFlag(version) });
const secondWords = (count: number): string => {
  const objects = Object.entries(flagsOf(count)).map(([key, flag]) => object(key, 1, flag));
  return intent("xfer-full") + objects.join("") + transferred(1);
};
const secondPatch = (version: number): string =>
  object(patchedKey, version, patchedFlag(version)) + transferred(version);
const featureWords = (count: number): string => JSON.stringify({ features: featuresOf(count) });
