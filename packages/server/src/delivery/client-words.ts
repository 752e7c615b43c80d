import type { ClientResult } from "./client-results.ts";
import { type DataSystemEvent, intent, textOf, transferred } from "./data-system.ts";
import { eventText } from "./frames.ts";

/** Where in the history something is said. */
export interface Moment {
  readonly version: number;
  /** `epoch:version`. */
  readonly id: string;
  /** What a client of the second generation has once it has heard this. */
  readonly state: string;
}

interface ChangedResult {
  readonly key: string;
  /** Undefined where there is no such flag for this client any more. */
  readonly result: ClientResult | undefined;
}

/** How results are said to client-side SDKs: each generation has words of its own. */
export interface ClientWords {
  everything(
    results: ReadonlyMap<string, ClientResult>,
    at: Moment & { readonly basis: string | undefined },
  ): string;
  changes(changed: readonly ChangedResult[], at: Moment): string;
  goodbye(): string;
}

export const firstGeneration: ClientWords = {
  everything: (results, { version, id }) => eventText("put", payloadOf(results, version), id),
  changes: (changed, { version, id }) => {
    const last = changed.length - 1;
    return changed
      .map(({ key, result }, index) => {
        const idOfLast = index === last ? id : undefined;
        return result === undefined
          ? eventText("delete", { key, version }, idOfLast)
          : eventText("patch", { key, ...result, version }, idOfLast);
      })
      .join("");
  },
  goodbye: () => "",
};

export const secondGeneration: ClientWords = {
  everything: (results, at) => textOf(transferOfResults(results, at)),
  changes: (changed, { version, state }) =>
    textOf([
      intent(version, "xfer-changes", "changed"),
      ...changed.map(({ key, result }) =>
        result === undefined
          ? { event: "delete-object", data: { kind: "flag-eval", key, version } }
          : putOf(key, result, version),
      ),
      transferred(state, version),
    ]),
  goodbye: () => eventText("goodbye", { reason: "the server closes this stream" }),
};

/** All results, or nothing where the client has them already. */
export function transferOfResults(
  results: ReadonlyMap<string, ClientResult>,
  { version, state, basis }: Omit<Moment, "id"> & { readonly basis: string | undefined },
): DataSystemEvent[] {
  if (basis === state) return [intent(version, "none", "up-to-date")];
  return [
    intent(version, "xfer-full", basis === undefined ? "payload-missing" : "cant-catchup"),
    ...[...results].map(([key, result]) => putOf(key, result, version)),
    transferred(state, version),
  ];
}

/** As polled, and as a stream begins. A segment alters results without altering the flag, so the version is the environment's. */
export function payloadOf(results: ReadonlyMap<string, ClientResult>, version: number): object {
  const payload: Record<string, object> = Object.create(null);
  for (const [key, result] of results) payload[key] = { ...result, version };
  return payload;
}

function putOf(key: string, object: ClientResult, version: number): DataSystemEvent {
  return { event: "put-object", data: { kind: "flag-eval", key, version, object } };
}
