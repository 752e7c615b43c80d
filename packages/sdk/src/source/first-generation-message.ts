import type { Flag, Segment } from "@halyard/evaluation";
import { shareParts } from "./shared-parts.ts";

export type Item =
  | { readonly kind: "flag"; readonly key: string; readonly body: Flag }
  | { readonly kind: "segment"; readonly key: string; readonly body: Segment };

/** What one event of the stream says. A deleted item is a patch whose body is a tombstone. */
export type StreamMessage =
  | { readonly kind: "put"; readonly items: readonly Item[] }
  | { readonly kind: "patch"; readonly item: Item }
  | { readonly kind: "none" };

const nothing: StreamMessage = { kind: "none" };

/** Reads an event; unknown names and paths say nothing. Throws where the data is malformed. */
export function parseStreamMessage(name: string | undefined, data: string): StreamMessage {
  if (name === "put") return parsePut(objectOf(JSON.parse(data), "put"));
  if (name === "patch") return parsePatch(objectOf(JSON.parse(data), "patch"));
  if (name === "delete") return parseDelete(objectOf(JSON.parse(data), "delete"));
  return nothing;
}

type Members = Readonly<Record<string, unknown>>;

function parsePut(message: Members): StreamMessage {
  const path = message["path"] ?? "/";
  if (path !== "/") return nothing;
  return { kind: "put", items: parseSet(message["data"]) };
}

/**
 * Reads everything there is, as `{"flags": {…}, "segments": {…}}`; its objects are kept and altered.
 * Throws where it is malformed.
 */
export function parseSet(value: unknown): readonly Item[] {
  const data = objectOf(value, "the set of flags");
  const flags = Object.entries(objectOf(data["flags"] ?? {}, "flags"));
  const segments = Object.entries(objectOf(data["segments"] ?? {}, "segments"));
  return [
    ...flags.map(([key, body]) => itemOf("flag", key, body)),
    ...segments.map(([key, body]) => itemOf("segment", key, body)),
  ];
}

function parsePatch(message: Members): StreamMessage {
  const target = targetOf(message["path"]);
  if (target === undefined) return nothing;
  return { kind: "patch", item: itemOf(target.kind, target.key, message["data"]) };
}

function parseDelete(message: Members): StreamMessage {
  const target = targetOf(message["path"]);
  if (target === undefined) return nothing;
  const tombstone = { key: target.key, version: message["version"], deleted: true };
  return { kind: "patch", item: itemOf(target.kind, target.key, tombstone) };
}

function targetOf(path: unknown): { kind: Item["kind"]; key: string } | undefined {
  if (typeof path !== "string") throw new TypeError("an event has no path");
  if (path.startsWith("/flags/")) return { kind: "flag", key: path.slice("/flags/".length) };
  if (path.startsWith("/segments/")) {
    return { kind: "segment", key: path.slice("/segments/".length) };
  }
  return undefined;
}

/** Keeps the object: copies of ten thousand flags would be paid for in time and memory. */
export function itemOf(kind: Item["kind"], key: string, value: unknown): Item {
  const body = objectOf(value, `${kind} ${key}`);
  const { version } = body;
  if (typeof version !== "number") throw new TypeError(`${kind} ${key} has no version`);
  shareParts(body);
  // Only key and version are relied upon; evaluation copes with whatever the rest is.
  return { kind, key, body: Object.assign(body, { key, version }) } as Item;
}

export function objectOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${what} is not an object`);
  }
  return value as Record<string, unknown>;
}
