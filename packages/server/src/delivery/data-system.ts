import type { EnvironmentChange, Item } from "../changes/feed.ts";
import { eventText, type Frame, frameOf } from "./frames.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Voice } from "./voices.ts";

/** An event of the second-generation protocol. */
export interface DataSystemEvent {
  readonly event: string;
  readonly data: object;
}

type Intent = "xfer-full" | "xfer-changes" | "none";

/** What brings a client from its basis to now: nothing, the changes between, or everything. */
export function transfer(snapshot: Snapshot, basis: string | undefined): DataSystemEvent[] {
  const version = snapshot.versionOf(basis);
  const missed = version === undefined ? undefined : snapshot.since(version);
  if (missed === undefined) {
    const reason = basis === undefined ? "payload-missing" : "cant-catchup";
    return [
      intent(snapshot.version, "xfer-full", reason),
      ...everything(snapshot),
      transferred(snapshot.id, snapshot.version),
    ];
  }
  if (missed.items.length === 0) return [intent(snapshot.version, "none", "up-to-date")];
  return changes(missed, "stale");
}

export const dataSystemVoice: Voice = {
  first: (snapshot, basis) =>
    snapshot.frame(`data system ${basis ?? ""}`, () => textOf(transfer(snapshot, basis))),
  change: (step) => step.frame("data system", () => textOf(changes(step.change, "changed"))),
  catchUp: (snapshot, version) =>
    frameOf(textOf(transfer(snapshot, `${snapshot.epoch}:${version}`))),
  goodbye: (): Frame => frameOf(eventText("goodbye", { reason: "the server closes this stream" })),
};

function changes({ epoch, to, items }: EnvironmentChange, reason: string): DataSystemEvent[] {
  if (items.length === 0) return [];
  return [
    intent(to, "xfer-changes", reason),
    ...items.map(objectEvent),
    transferred(`${epoch}:${to}`, to),
  ];
}

function everything(snapshot: Snapshot): DataSystemEvent[] {
  const put = (kind: Item["kind"]) => (body: { key: string; version: number }) => ({
    event: "put-object",
    data: { kind, key: body.key, version: body.version, object: body },
  });
  return [
    ...Object.values(snapshot.segments).map(put("segment")),
    ...Object.values(snapshot.flags).map(put("flag")),
  ];
}

function objectEvent({ kind, key, version, body }: Item): DataSystemEvent {
  return body === undefined
    ? { event: "delete-object", data: { kind, key, version } }
    : { event: "put-object", data: { kind, key, version, object: body } };
}

export function intent(target: number, intentCode: Intent, reason: string): DataSystemEvent {
  return {
    event: "server-intent",
    data: { payloads: [{ id: "environment", target, intentCode, reason }] },
  };
}

/** Commits what came since the intent; the state names where the client is now. */
export function transferred(state: string, version: number): DataSystemEvent {
  return { event: "payload-transferred", data: { id: "environment", state, version } };
}

export function textOf(events: readonly DataSystemEvent[]): string {
  return events.map(({ event, data }) => eventText(event, data)).join("");
}
