import type { LifecycleRules } from "./lifecycle.ts";

/** Where a flag stands on its way out. */
export const cleanupColumns = [
  "readyToRemove",
  "codeStillAsks",
  "safeToArchive",
  "neverUsed",
  "unknown",
] as const;
type CleanupColumn = (typeof cleanupColumns)[number];

const dayMs = 24 * 3_600_000;

/** What is known of a flag in one environment. */
interface EnvironmentEvidence {
  readonly key: string;
  readonly isCritical: boolean;
  readonly isOn: boolean;
  /** The variation that everyone gets, by its id; absent where it depends. */
  readonly servesOnly?: string;
  /** Unix milliseconds at which what it serves last changed. */
  readonly changedAt: number;
  /** Unix milliseconds; absent where nobody ever asked. */
  readonly lastEvaluatedAt?: number;
}

/** What is known of a flag, for the question whether it can go. */
export interface CleanupEvidence {
  readonly isTemporary: boolean;
  readonly isDeprecated: boolean;
  readonly isArchived: boolean;
  readonly createdAt: number;
  readonly environments: readonly EnvironmentEvidence[];
  /** In how many files of scanned code it is named. */
  readonly referenceCount: number;
  /** Unix milliseconds until which somebody wants it off the board. */
  readonly keptUntil?: number;
}

export interface CleanupDecision {
  readonly column: CleanupColumn;
  /** Why, in a sentence. */
  readonly sentence: string;
  /** The variation, by its id, that code may keep. */
  readonly keep?: string;
}

interface Asked {
  /** Unix milliseconds. */
  readonly now: number;
  readonly rules: LifecycleRules;
  readonly nameOf: (variationId: string) => string;
}

/** A flag has so long to be used before anybody asks whether it can go. */
export function unusedMs({ unusedDays }: LifecycleRules): number {
  return unusedDays * dayMs;
}

/** Whether a flag can go, and why; undefined where it is in use, or kept. */
export function decideCleanup(
  evidence: CleanupEvidence,
  { now, rules, nameOf }: Asked,
): CleanupDecision | undefined {
  if ((evidence.keptUntil ?? 0) > now) return undefined;
  const lastAt = lastEvaluation(evidence);
  const isAsked = lastAt !== undefined && now - lastAt < rules.unaskedDays * dayMs;
  if (evidence.isArchived || evidence.isDeprecated) {
    return decideRetired(evidence, { askedAt: isAsked ? lastAt : undefined, lastAt, now });
  }
  const age = now - evidence.createdAt;
  if (age < unusedMs(rules)) return undefined;
  if (!isAsked) return decideUnasked({ lastAt, named: namesIn(evidence), age }, now);
  const sole = soleVariation(evidence, { now, rules });
  if (!evidence.isTemporary || sole === undefined) return undefined;
  const days = count(Math.floor((now - sole.since) / dayMs), "day");
  const sentence = `Everyone has got ${nameOf(sole.variationId)} in ${sole.where.join(", ")} for ${days}: keep that in the code, and remove the flag.`;
  return { column: "readyToRemove", sentence, keep: sole.variationId };
}

/** What people have done with already, if code has too. */
function decideRetired(
  evidence: CleanupEvidence,
  {
    askedAt,
    lastAt,
    now,
  }: { askedAt: number | undefined; lastAt: number | undefined; now: number },
): CleanupDecision | undefined {
  const still =
    askedAt === undefined ? namesIn(evidence) : `code asked for it ${ago(now - askedAt)}`;
  if (still !== undefined) {
    const state = evidence.isArchived ? "archived" : "deprecated";
    return { column: "codeStillAsks", sentence: `It is ${state}, and yet ${still}.` };
  }
  if (evidence.isArchived) return undefined;
  return { column: "safeToArchive", sentence: unasked(lastAt, now) };
}

function namesIn({ referenceCount }: CleanupEvidence): string | undefined {
  return referenceCount === 0 ? undefined : `code names it in ${count(referenceCount, "file")}`;
}

function decideUnasked(
  { lastAt, named, age }: { lastAt: number | undefined; named: string | undefined; age: number },
  now: number,
): CleanupDecision {
  if (named !== undefined) {
    const since =
      lastAt === undefined ? "Nobody has ever asked for it" : `Last asked for ${ago(now - lastAt)}`;
    return { column: "codeStillAsks", sentence: `${since}, and yet ${named}.` };
  }
  if (lastAt === undefined) {
    return { column: "neverUsed", sentence: `Made ${ago(age)}, and never asked for.` };
  }
  return { column: "safeToArchive", sentence: unasked(lastAt, now) };
}

function unasked(lastAt: number | undefined, now: number): string {
  const since =
    lastAt === undefined ? "Nobody has ever asked for it" : `Last asked for ${ago(now - lastAt)}`;
  return `${since}, and no code that was scanned names it.`;
}

/** The one variation of the environments that count: the critical ones, or all where none is. */
function soleVariation(
  { environments }: CleanupEvidence,
  { now, rules }: Pick<Asked, "now" | "rules">,
) {
  const critical = environments.filter(({ isCritical }) => isCritical);
  const counting = critical.length > 0 ? critical : environments;
  const [first] = counting;
  const variationId = first?.servesOnly;
  if (variationId === undefined) return undefined;
  if (!counting.every((one) => one.isOn && one.servesOnly === variationId)) return undefined;
  const since = Math.max(...counting.map(({ changedAt }) => changedAt));
  if (now - since < rules.servedDays * dayMs) return undefined;
  return { variationId, since, where: counting.map(({ key }) => key) };
}

function lastEvaluation({ environments }: CleanupEvidence): number | undefined {
  const times = environments.flatMap(({ lastEvaluatedAt }) => lastEvaluatedAt ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}

function ago(ms: number): string {
  const hours = Math.floor(Math.max(0, ms) / 3_600_000);
  if (hours < 1) return "within the hour";
  return hours < 48 ? `${count(hours, "hour")} ago` : `${count(Math.floor(hours / 24), "day")} ago`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
