import type { Generation } from "./contract-case.ts";

type Members = Readonly<Record<string, unknown>>;

/** Flags and segments by their keys. */
export interface SdkData {
  readonly flags?: Readonly<Record<string, Members>>;
  readonly segments?: Readonly<Record<string, Members>>;
}

export const emptyData: SdkData = {};

/** A flag with all that a strict parser asks for. */
export function flag(key: string, members: Members): Record<string, Members> {
  return { [key]: { ...flagDefaults, key, ...members } };
}

export function segment(key: string, members: Members): Record<string, Members> {
  return { [key]: { ...segmentDefaults, key, ...members } };
}

/** A flag that gives everyone this value. */
export function flagOf(key: string, version: number, value: unknown): Record<string, Members> {
  return flag(key, { version, on: false, offVariation: 0, variations: [value, "other"] });
}

const flagDefaults = {
  version: 1,
  on: true,
  variations: [],
  offVariation: null,
  fallthrough: { variation: 0 },
  targets: [],
  contextTargets: [],
  rules: [],
  prerequisites: [],
  salt: "salty",
  trackEvents: false,
  trackEventsFallthrough: false,
  debugEventsUntilDate: null,
  clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
};

const segmentDefaults = {
  version: 1,
  included: [],
  excluded: [],
  includedContexts: [],
  excludedContexts: [],
  rules: [],
  salt: "salty",
};

/** Every member that a flag or segment of a case leaves out. */
function completed({ flags = {}, segments = {} }: SdkData): Required<SdkData> {
  const all = <T>(items: Readonly<Record<string, T>>, make: (key: string, item: T) => object) =>
    Object.assign({}, ...Object.entries(items).map(([key, item]) => make(key, item)));
  return { flags: all(flags, flag), segments: all(segments, segment) };
}

export const event = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;

export const intent = (intentCode: "xfer-full" | "xfer-changes" | "none"): string =>
  event("server-intent", { payloads: [{ id: "payload", target: 1, intentCode, reason: "test" }] });

export const putObject = (kind: "flag" | "segment", items: SdkData["flags"]): string =>
  Object.entries(items ?? {})
    .map(([key, object]) => event("put-object", { kind, key, version: object["version"], object }))
    .join("");

export const deleteObject = (kind: "flag" | "segment", key: string, version: number): string =>
  event("delete-object", { kind, key, version });

export const transferred = (state: string, version = 1): string =>
  event("payload-transferred", { state, version });

/** Everything there is, as a stream begins. */
export function wholeSet(mode: Generation, data: SdkData, state = "initial"): string {
  const { flags, segments } = completed(data);
  if (mode === "first") return event("put", { path: "/", data: { flags, segments } });
  return (
    intent("xfer-full") +
    putObject("flag", flags) +
    putObject("segment", segments) +
    transferred(state)
  );
}

/** The same, as polls answer. */
export function polledSet(mode: Generation, data: SdkData, state = "initial"): object {
  const { flags, segments } = completed(data);
  if (mode === "first") return { flags, segments };
  const events = wholeSet(mode, data, state)
    .trim()
    .split("\n\n")
    .map((text) => {
      const [name = "", body = ""] = text.split("\n");
      return { event: name.slice("event: ".length), data: JSON.parse(body.slice("data: ".length)) };
    });
  return { events };
}
