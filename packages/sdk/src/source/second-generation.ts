import { type Item, itemOf, objectOf } from "./first-generation-message.ts";
import {
  type Held,
  nothing,
  type Protocol,
  type StreamEvent,
  type Target,
  type Told,
} from "./protocol.ts";

type Members = Readonly<Record<string, unknown>>;

/** Names whose data is read; others are passed over, whatever their data is. */
const known = new Set([
  "server-intent",
  "put-object",
  "delete-object",
  "payload-transferred",
  "error",
  "goodbye",
]);

/** `/sdk/stream` and `/sdk/poll`: objects are gathered, and count when their transfer is complete. */
export class SecondGeneration implements Protocol {
  readonly generation = "second";
  readonly #filter: string | undefined;
  /** Undefined until the server has said what it is about to send. */
  #intent: "whole" | "next" | undefined;
  #items: Item[] = [];

  constructor(filter: string | undefined) {
    this.#filter = filter;
  }

  streamTarget(held: Held): Target {
    return { path: `/sdk/stream${this.#query(held)}`, headers: {} };
  }

  pollTarget(held: Held): Target {
    return { path: `/sdk/poll${this.#query(held)}`, headers: {} };
  }

  restart(): void {
    this.#intent = undefined;
    this.#items = [];
  }

  takeEvent({ name, data }: StreamEvent): Told {
    if (name === undefined || !known.has(name)) return nothing;
    return this.#take(name, objectOf(JSON.parse(data), name));
  }

  takePoll(body: unknown): Told {
    const { events } = objectOf(body, "the polled answer") as { events?: unknown };
    if (!Array.isArray(events)) throw new TypeError("the polled answer has no events");
    this.restart();
    let last: Told = nothing;
    for (const one of events) {
      const { event, data } = objectOf(one, "a polled event") as Members & { event?: unknown };
      if (typeof event !== "string" || !known.has(event)) continue;
      const told = this.#take(event, objectOf(data, event));
      if (told.kind !== "nothing") last = told;
    }
    return last;
  }

  #query({ state }: Held): string {
    const query = new URLSearchParams();
    if (this.#filter !== undefined) query.set("filter", this.#filter);
    if (state !== undefined) query.set("basis", state);
    return query.size === 0 ? "" : `?${query}`;
  }

  #take(name: string, data: Members): Told {
    switch (name) {
      case "server-intent":
        return this.#takeIntent(data);
      case "put-object":
        return this.#gather(data, data["object"]);
      case "delete-object":
        return this.#gather(data, { version: data["version"], deleted: true });
      case "payload-transferred":
        return this.#commit(data["state"]);
      case "error":
        // The server takes back what it sent since the last commit, and goes on.
        this.#items = [];
        return nothing;
      default:
        return { kind: "goodbye" };
    }
  }

  #takeIntent({ payloads }: Members): Told {
    const [payload] = Array.isArray(payloads) ? (payloads as readonly unknown[]) : [];
    const { intentCode } = objectOf(payload, "server-intent.payloads[0]") as Members & {
      intentCode?: unknown;
    };
    this.#items = [];
    this.#intent = intentCode === "xfer-full" ? "whole" : "next";
    return intentCode === "none" ? { kind: "current" } : nothing;
  }

  #gather(
    { kind, key, version }: Members & { kind?: unknown; key?: unknown },
    body: unknown,
  ): Told {
    if (this.#intent === undefined || (kind !== "flag" && kind !== "segment")) return nothing;
    if (typeof key !== "string") throw new TypeError(`an object of kind ${kind} has no key`);
    const object = objectOf(body, `${kind} ${key}`);
    // The envelope's version stands for an object that carries none.
    object["version"] ??= version;
    this.#items.push(itemOf(kind, key, object));
    return nothing;
  }

  #commit(state: unknown): Told {
    const kind = this.#intent;
    if (kind === undefined) throw new Error("a transfer ended that had not been announced");
    const items = this.#items;
    this.#items = [];
    this.#intent = "next";
    return { kind, items, state: typeof state === "string" ? state : undefined };
  }
}
