import type { ConnectedSdk } from "../sdks/connected-sdk.ts";
import { sdkInWords } from "../sdks/connected-sdk.ts";
import type { FailedConnect } from "../sdks/failed-connect.ts";
import type { UnknownFlag } from "../sdks/unknown-flag.ts";

/** What an SDK has to come with at a door of the server. */
type Credential = "sdkKey" | "mobileKey" | "clientSideId";

/** What the server saw that may be why nothing has come. */
export type Finding =
  | {
      readonly kind: "noKey" | "mistyped" | "unknownKey";
      readonly sdk: string;
      readonly at: number;
    }
  | {
      readonly kind: "expired";
      readonly sdk: string;
      readonly at: number;
      readonly environment: string;
    }
  | {
      readonly kind: "wrongKind";
      readonly sdk: string;
      readonly at: number;
      readonly wanted: Credential;
    }
  | { readonly kind: "otherEnvironment"; readonly sdk: string; readonly environment: string }
  | { readonly kind: "unknownFlag"; readonly key: string }
  | { readonly kind: "nothingCame" };

interface Seen {
  readonly sdks: readonly ConnectedSdk[];
  readonly failed: readonly FailedConnect[];
  readonly unknown: readonly UnknownFlag[];
  /** The key of the environment that is watched. */
  readonly environment: string;
  readonly flag: string;
  readonly hasEvaluated: boolean;
  /** Since when somebody waits, in Unix milliseconds. */
  readonly since: number;
  /** Whether that is so long that nothing is an answer too. */
  readonly isLong: boolean;
}

/** The most likely reasons first, at most three. */
export function diagnose(seen: Seen): readonly Finding[] {
  const isHere = seen.sdks.some(({ environment }) => environment === seen.environment);
  if (isHere) return seen.hasEvaluated ? [] : misspelt(seen);
  const found = [...turnedAway(seen), ...elsewhere(seen)].slice(0, 3);
  return found.length === 0 && seen.isLong ? [{ kind: "nothingCame" }] : found;
}

/** The same SDK tries again and again: its last try stands for all. */
function turnedAway({ failed, since }: Seen): readonly Finding[] {
  const told = new Set<string>();
  return failed.flatMap((one) => {
    const sdk = sdkInWords(one);
    const about = `${one.problem} ${sdk}`;
    if (one.at < since || told.has(about)) return [];
    told.add(about);
    return [findingOf(one, sdk)];
  });
}

function findingOf({ problem, at, path, environment }: FailedConnect, sdk: string): Finding {
  switch (problem) {
    case "noKey":
    case "mistyped":
      return { kind: problem, sdk, at };
    case "unknown":
      return { kind: "unknownKey", sdk, at };
    case "expired":
      return { kind: "expired", sdk, at, environment: environment ?? "" };
    case "wrongKind":
      return { kind: "wrongKind", sdk, at, wanted: wantedAt(path) };
    default:
      return problem satisfies never;
  }
}

/** Browsers name their environment in the path, phones have doors of their own. */
function wantedAt(path: string): Credential {
  if (path.includes(":env")) return "clientSideId";
  return /^\/m(?:sdk|eval|ping|obile)/u.test(path) ? "mobileKey" : "sdkKey";
}

function elsewhere({ sdks, since }: Seen): readonly Finding[] {
  const newest = sdks.filter((one) => one.since >= since).at(-1);
  if (newest === undefined) return [];
  return [{ kind: "otherEnvironment", sdk: sdkInWords(newest), environment: newest.environment }];
}

function misspelt({ unknown, flag, since }: Seen): readonly Finding[] {
  return unknown
    .filter(({ nearest, lastRequested }) => nearest === flag && lastRequested >= since)
    .slice(0, 1)
    .map(({ key }) => ({ kind: "unknownFlag", key }));
}
