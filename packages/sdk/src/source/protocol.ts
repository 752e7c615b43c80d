import type { Item } from "./first-generation-message.ts";
import type { Position } from "./position.ts";

/** Flags and segments that arrived together. */
export interface Change {
  /**
   * "whole" replaces everything. Of "newer" ones each counts where its version is higher than the
   * one held. "next" ones follow in the order of the server.
   */
  readonly kind: "whole" | "newer" | "next";
  readonly items: readonly Item[];
  /** Where the server's history is with these; undefined where it does not say. */
  readonly state: string | undefined;
}

/** What a word of the server comes to. */
export type Told =
  | Change
  /** What is held is what the server has. */
  | { readonly kind: "current" }
  | { readonly kind: "nothing" }
  /** The server ends the stream on purpose. */
  | { readonly kind: "goodbye" };

export const nothing: Told = { kind: "nothing" };

export interface StreamEvent {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly data: string;
}

/** What the store holds, as far as asking for more depends on it. */
export interface Held {
  readonly state: string | undefined;
  readonly position: Position | undefined;
}

/** A path below the service's address, and what is sent along. */
export interface Target {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A generation of the protocol: how flags are asked for, and what the answers mean. */
export interface Protocol {
  readonly generation: "first" | "second";
  streamTarget(held: Held): Target;
  pollTarget(held: Held): Target;
  /** Forgets what a lost connection left unfinished. */
  restart(): void;
  /** Throws where the event is malformed, or does not follow on what is held. */
  takeEvent(event: StreamEvent, held: Held): Told;
  /** Throws where the document is malformed. */
  takePoll(body: unknown): Told;
}
