import type { Generation, Mode } from "./contract-case.ts";
import { type Answer, type Certificate, Endpoint, jsonOf, status, streams } from "./endpoint.ts";
import { deleteObject, event, putObject, type SdkData, transferred, wholeSet } from "./sdk-data.ts";
import { TestedClient } from "./tested-client.ts";

type Members = Readonly<Record<string, unknown>>;

/** What cases of one mode use of a test service, and share. */
export interface RunContext {
  readonly serviceUrl: string;
  readonly mode: Mode;
  readonly capabilities: ReadonlySet<string>;
  /** Made once, for all the cases that ask for it by this name. */
  shared<T>(name: string, make: (bench: Bench) => Promise<T>): Promise<T>;
}

/** The services around a client, for one case; all of it is gone when the case is over. */
export class Bench implements AsyncDisposable {
  readonly run: RunContext;
  readonly #stack = new AsyncDisposableStack();

  constructor(run: RunContext) {
    this.run = run;
  }

  /** Cases for browsers deliver nothing to servers, and ask for none. */
  get mode(): Generation {
    return this.run.mode === "first" ? "first" : "second";
  }

  /** An endpoint that gives these answers one after another. */
  async endpoint(...answers: readonly [Answer, ...Answer[]]): Promise<Endpoint> {
    return this.#stack.use(await Endpoint.start(answers));
  }

  async secureEndpoint(certificate: Certificate, answer: Answer): Promise<Endpoint> {
    return this.#stack.use(await Endpoint.start([answer], certificate));
  }

  /** A stream of these flags. */
  async flags(data: SdkData, headers: Readonly<Record<string, string>> = {}): Promise<FlagStream> {
    return new FlagStream(
      this.mode,
      await this.endpoint(streams(wholeSet(this.mode, data), headers)),
    );
  }

  async events(...answers: readonly Answer[]): Promise<EventReceiver> {
    const [first = status(202), ...rest] = answers;
    return new EventReceiver(await this.endpoint(first, ...rest));
  }

  /** Tells what was called back, call by call. */
  async callbacks(answer: Answer = status(200)): Promise<Endpoint> {
    return this.endpoint(answer);
  }

  /** A client that gets its flags from a stream here. */
  async client(
    stream: { readonly url: string },
    configuration: Members = {},
  ): Promise<TestedClient> {
    const streaming = { baseUri: stream.url, initialRetryDelayMs: 1 };
    return this.clientWith({ ...streamed(this.mode, streaming), ...configuration });
  }

  async clientWith(configuration: Members): Promise<TestedClient> {
    return this.#stack.use(await TestedClient.create(this.run.serviceUrl, configuration));
  }

  /** Something else of the case's own, to be let go of when it is over. */
  use<T extends AsyncDisposable>(resource: T): T {
    return this.#stack.use(resource);
  }

  defer(letGo: () => void): void {
    this.#stack.defer(letGo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** The part of a configuration that says where a stream is. */
export function streamed(mode: Generation, streaming: Members): Members {
  if (mode === "first") return { streaming };
  const { filter: payloadFilter, ...rest } = streaming;
  return { dataSystem: { synchronizers: [{ streaming: rest }], payloadFilter } };
}

/** The part of a configuration that says where to poll. */
export function polled(mode: Generation, polling: Members): Members {
  if (mode === "first") return { polling };
  const { filter: payloadFilter, ...rest } = polling;
  return { dataSystem: { synchronizers: [{ polling: rest }], payloadFilter } };
}

/** A stream that can say more. */
export class FlagStream {
  readonly #mode: Generation;
  readonly endpoint: Endpoint;
  #version = 1;

  constructor(mode: Generation, endpoint: Endpoint) {
    this.#mode = mode;
    this.endpoint = endpoint;
  }

  get url(): string {
    return this.endpoint.url;
  }

  put(items: NonNullable<SdkData["flags"]>, kind: "flag" | "segment" = "flag"): void {
    if (this.#mode === "second") this.#commit(putObject(kind, items));
    for (const [key, data] of Object.entries(items)) {
      if (this.#mode === "first") this.say(event("patch", { path: `/${kind}s/${key}`, data }));
    }
  }

  remove(key: string, version: number, kind: "flag" | "segment" = "flag"): void {
    if (this.#mode === "second") this.#commit(deleteObject(kind, key, version));
    else this.say(event("delete", { path: `/${kind}s/${key}`, version }));
  }

  /** Says this on the latest connection. */
  say(text: string): void {
    this.endpoint.received.at(-1)?.response.write(text);
  }

  #commit(text: string): void {
    this.#version += 1;
    this.say(text + transferred(`updated-${this.#version}`, this.#version));
  }
}

/** Where events arrive. */
export class EventReceiver {
  readonly endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
  }

  get url(): string {
    return this.endpoint.url;
  }

  /** The events of the next batch. */
  async batch(): Promise<readonly SdkEvent[]> {
    return jsonOf(await this.endpoint.next()) as readonly SdkEvent[];
  }
}

/** An event as it arrived. What it holds is what the case is to find out. */
export interface SdkEvent {
  readonly kind: string;
  readonly [member: string]: unknown;
}
