import type { Basis, ErrorKind, Reason } from "@halyard/evaluation";
import {
  ErrorCode,
  type FlagMetadata,
  type ResolutionDetails,
  type ResolutionReason,
  StandardResolutionReasons,
} from "@openfeature/core";
import type { JsonType } from "../detail.ts";

/** What an app says of a flag, whose definition carries neither. */
export interface FlagDescription {
  /** The names of its variations, in their order. */
  readonly variants?: readonly string[];
  readonly metadata?: FlagMetadata;
}

/** What a provider knows of flags beyond what the server tells, and what it tells with an answer. */
export interface ProviderOptions {
  /** Seconds that the first flags, and those of another context, may take; 5 unless given. */
  readonly timeout?: number;
  /** By the flags' keys. A variant without a name is the variation's index, from 0. */
  readonly flags?: Readonly<Record<string, FlagDescription>>;
  /** False leaves what is known of each answer (`source`, `version`, `ageMs`, …) out of the metadata. */
  readonly answerMetadata?: boolean;
}

/** What the details of both clients tell. */
export interface Answer {
  readonly value: unknown;
  readonly variationIndex: number | null;
  /** Null where the service was not asked for reasons. */
  readonly reason: Reason | null;
  readonly basis?: Basis | undefined;
  readonly source: string;
  readonly version?: number | undefined;
  readonly ageMs?: number | undefined;
}

export interface Question<T> {
  readonly key: string;
  readonly fallback: T;
  readonly type: JsonType;
  /** Whether the service stands by the answer at this moment. */
  readonly isCurrent: boolean;
}

const errors: Readonly<Record<ErrorKind, readonly [code: ErrorCode, message: string]>> = {
  CLIENT_NOT_READY: [ErrorCode.PROVIDER_NOT_READY, "no flags have arrived yet"],
  FLAG_NOT_FOUND: [ErrorCode.FLAG_NOT_FOUND, "there is no such flag in this environment"],
  MALFORMED_FLAG: [ErrorCode.PARSE_ERROR, "its definition is malformed; save it anew"],
  USER_NOT_SPECIFIED: [ErrorCode.INVALID_CONTEXT, "the context cannot be read; the log says why"],
  WRONG_TYPE: [ErrorCode.TYPE_MISMATCH, "it gives another type than the one asked for"],
  EXCEPTION: [ErrorCode.GENERAL, "its evaluation failed; the log says why"],
};

/** An answer of ours in OpenFeature's terms. */
export function resolutionOf<T>(
  question: Question<T>,
  answer: Answer,
  options: ProviderOptions,
): ResolutionDetails<T> {
  const { key, fallback, type } = question;
  const { value, variationIndex, reason } = answer;
  const about = options.flags?.[key];
  const flagMetadata = {
    ...(options.answerMetadata === false ? {} : metadataOf(answer)),
    ...about?.metadata,
  };
  if (reason?.kind === "ERROR") return failed(question, reason.errorKind, flagMetadata);
  if (variationIndex === null) {
    return { value: fallback, reason: reasonOf(question, answer), flagMetadata };
  }
  if (typeof value !== type) return failed(question, "WRONG_TYPE", flagMetadata);
  return {
    // The app's type for a structure exists at compile time only; the others were checked above.
    value: value as T,
    variant: about?.variants?.[variationIndex] ?? String(variationIndex),
    reason: reasonOf(question, answer),
    flagMetadata,
  };
}

function failed<T>(
  { key, fallback }: Question<T>,
  kind: ErrorKind,
  flagMetadata: FlagMetadata,
): ResolutionDetails<T> {
  const [errorCode, message] = errors[kind];
  return {
    value: fallback,
    reason: StandardResolutionReasons.ERROR,
    errorCode,
    errorMessage: `flag "${key}": ${message}`,
    flagMetadata,
  };
}

/** How current the answer is comes first; the metadata still tell our reason. */
function reasonOf(
  { isCurrent }: Pick<Question<unknown>, "isCurrent">,
  { source, reason, basis }: Answer,
): ResolutionReason {
  if (!isCurrent) return source === "cache" ? "CACHED" : "STALE";
  if (reason === null) return "UNKNOWN";
  switch (reason.kind) {
    case "OFF":
      return "DISABLED";
    case "TARGET_MATCH":
      return "TARGETING_MATCH";
    case "RULE_MATCH":
      return isSplit(reason, basis) ? "SPLIT" : "TARGETING_MATCH";
    case "FALLTHROUGH":
      if (isSplit(reason, basis)) return "SPLIT";
      return basis === "constant" ? "STATIC" : "DEFAULT";
    case "PREREQUISITE_FAILED":
      return "DEFAULT";
    case "ERROR":
      return "ERROR";
    default:
      return reason satisfies never;
  }
}

function isSplit(reason: { readonly inExperiment?: true }, basis: Basis | undefined): boolean {
  return basis === "rollout" || reason.inExperiment === true;
}

function metadataOf({
  variationIndex,
  reason,
  basis,
  source,
  version,
  ageMs,
}: Answer): FlagMetadata {
  const { kind: reasonKind, ...details } = reason ?? {};
  const known: [string, unknown][] = Object.entries({
    source,
    version,
    ageMs,
    variationIndex,
    reasonKind,
    basis,
    ...details,
  });
  return Object.fromEntries(known.filter(isMetadata));
}

function isMetadata(entry: [string, unknown]): entry is [string, FlagMetadata[string]] {
  return ["string", "number", "boolean"].includes(typeof entry[1]);
}
