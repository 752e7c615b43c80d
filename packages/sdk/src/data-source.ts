import { formatPosition, type Position, parsePosition } from "./position.ts";
import type { Store } from "./store.ts";
import type { StreamEvent } from "./stream.ts";
import { type Item, parseStreamMessage } from "./stream-message.ts";

/** Brings the stream's events into the store, each change as a whole. */
export class DataSource {
  readonly #store: Store;
  readonly #onChange: (items: readonly Item[]) => void;
  /** Frames of a change whose last frame is still to come. */
  #pending: Item[] = [];

  constructor(store: Store, onChange: (items: readonly Item[]) => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  lastEventId(): string | undefined {
    const { position } = this.#store;
    return position === undefined ? undefined : formatPosition(position);
  }

  /** What the store holds, as the event that would bring it. */
  heldAsPut(): { readonly data: string; readonly id: string | undefined } {
    const data = JSON.stringify({ path: "/", data: this.#store.contents() });
    return { data, id: this.lastEventId() };
  }

  /** What a lost stream left unfinished is sent again. */
  restart(): void {
    this.#pending = [];
  }

  /** Throws where the event cannot be used; the store is then as it was. */
  take({ name, id, data }: StreamEvent): void {
    const message = parseStreamMessage(name, data);
    const position = parsePosition(id);
    if (message.kind === "put") {
      this.#pending = [];
      this.#onChange(this.#store.replace(message.items, position));
    } else {
      this.#takePatch(message.kind === "patch" ? message.item : undefined, position);
    }
  }

  /** Fills the store before anything was heard. Throws where the set cannot be used. */
  takeCached({ data, id }: { readonly data: string; readonly id: string | undefined }): void {
    const message = parseStreamMessage("put", data);
    if (message.kind === "put") this.#store.replace(message.items, parsePosition(id));
  }

  /**
   * Whether a heartbeat names the version that is held. Throws where it names one that should have
   * been here before it.
   */
  checkHeartbeat(text: string): boolean {
    const said = parsePosition(text.trim());
    const held = this.#store.position;
    if (said === undefined || held === undefined) return false;
    if (said.epoch !== held.epoch || said.version > held.version) {
      throw new Error(
        `a change was missed: here is ${held.version}, the server has ${said.version}`,
      );
    }
    return true;
  }

  #takePatch(item: Item | undefined, position: Position | undefined): void {
    const held = this.#store.position;
    if (position !== undefined && position.epoch !== held?.epoch) {
      throw new Error("a change of another history arrived before its full set");
    }
    if (item !== undefined) this.#pending.push(item);
    // With numbered changes, the frame that ends one carries the number.
    if (held !== undefined && position === undefined) return;
    const items = this.#pending;
    this.#pending = [];
    this.#onChange(this.#store.update(items, position));
  }
}
