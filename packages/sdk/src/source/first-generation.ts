import { type Item, parseSet, parseStreamMessage } from "./first-generation-message.ts";
import { parsePosition } from "./position.ts";
import {
  type Held,
  nothing,
  type Protocol,
  type StreamEvent,
  type Target,
  type Told,
} from "./protocol.ts";

/** `/all` and `/sdk/latest-all`: everything at first, then item after item. */
export class FirstGeneration implements Protocol {
  readonly generation = "first";
  readonly #query: string;
  /** Frames of a change whose last frame is still to come. */
  #pending: Item[] = [];

  constructor(filter: string | undefined) {
    this.#query = filter === undefined ? "" : `?filter=${encodeURIComponent(filter)}`;
  }

  streamTarget({ state, position }: Held): Target {
    const isNumbered = state !== undefined && position !== undefined;
    return {
      path: `/all${this.#query}`,
      headers: isNumbered ? { "last-event-id": state } : {},
    };
  }

  pollTarget(): Target {
    return { path: `/sdk/latest-all${this.#query}`, headers: {} };
  }

  restart(): void {
    this.#pending = [];
  }

  takeEvent({ name, id, data }: StreamEvent, held: Held): Told {
    const message = parseStreamMessage(name, data);
    if (message.kind === "put") {
      this.#pending = [];
      return { kind: "whole", items: message.items, state: id };
    }
    return this.#takePatch(message.kind === "patch" ? message.item : undefined, id, held);
  }

  takePoll(body: unknown): Told {
    return { kind: "whole", items: parseSet(body), state: undefined };
  }

  #takePatch(item: Item | undefined, id: string | undefined, held: Held): Told {
    const position = parsePosition(id);
    if (position !== undefined && position.epoch !== held.position?.epoch) {
      throw new Error("a change of another history arrived before its full set");
    }
    if (item !== undefined) this.#pending.push(item);
    // With numbered changes, the frame that ends one carries the number.
    if (held.position !== undefined && position === undefined) return nothing;
    const items = this.#pending;
    this.#pending = [];
    return items.length === 0 && position === undefined
      ? nothing
      : { kind: "newer", items, state: position === undefined ? undefined : id };
  }
}
