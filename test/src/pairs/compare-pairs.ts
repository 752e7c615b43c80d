import { type Answers, type ArrivedFlags, OurEvaluation } from "./answer.ts";
import { bigSegments } from "./big-segments.ts";
import { damaged } from "./damaged.ts";
import { type Difference, differenceOf, shrunk } from "./difference.ts";
import { Durations } from "./durations.ts";
import { Random } from "./random.ts";
import { randomContext } from "./random-context.ts";
import { type FlagSet, randomFlagSet } from "./random-flag-set.ts";
import { TheirEvaluation } from "./their-evaluation.ts";

export interface Comparison {
  /** Of a flag set and a context; all flags of the set are evaluated for the context. */
  readonly pairs: number;
  readonly flagSets: number;
  readonly evaluations: number;
  /** Each with the seed that a run of one flag set finds it with. */
  readonly differences: readonly (Difference & { readonly seed: number })[];
  /** How many evaluations ended in each kind of reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** 99 of 100 of our evaluations took no longer, but for the first of a flag. */
  readonly p99Us: number;
  /** The same of the first evaluations of a flag, which compile it. */
  readonly p99OfFirstUs: number;
}

const contextsPerSet = 100;
const contextsPerDamagedSet = 3;
/** After so many differences there is enough to do. */
const mostDifferences = 5;

/** Holds our evaluation beside LaunchDarkly's SDK for Node, over random flags and contexts. */
export async function comparePairs(count: number, seed: number): Promise<Comparison> {
  using theirs = await TheirEvaluation.start();
  const tally = { pairs: 0, durations: new Durations(), ofFirst: new Durations(), reasons: {} };
  const differences: (Difference & { seed: number })[] = [];
  let flagSets = 0;
  for (; tally.pairs < count && differences.length < mostDifferences; flagSets += 1) {
    const random = new Random(seed + flagSets);
    const set = randomFlagSet(random, random.chance(0.1) ? "sound" : "any");
    const contexts = Math.min(contextsPerSet, count - tally.pairs);
    const difference = await compareSet({ set, random, contexts }, theirs, tally);
    if (difference !== undefined) differences.push({ seed: seed + flagSets, ...difference });
    surviveDamage(set, random, seed + flagSets);
  }
  const { pairs, durations, ofFirst, reasons } = tally;
  return {
    pairs,
    flagSets,
    evaluations: durations.total + ofFirst.total,
    differences,
    reasons,
    p99Us: durations.percentile(0.99),
    p99OfFirstUs: ofFirst.percentile(0.99),
  };
}

interface Tally {
  pairs: number;
  readonly durations: Durations;
  readonly ofFirst: Durations;
  readonly reasons: Record<string, number>;
}

interface SetRun {
  readonly set: FlagSet;
  readonly random: Random;
  readonly contexts: number;
}

/** The first difference of a flag set, made small; the contexts after it are not compared. */
async function compareSet(
  { set, random, contexts }: SetRun,
  theirs: TheirEvaluation,
  tally: Tally,
): Promise<Difference | undefined> {
  const json = JSON.stringify(set);
  theirs.load(json);
  let isFirst = true;
  const ours = new OurEvaluation(JSON.parse(json) as ArrivedFlags, bigSegments, (milliseconds) =>
    (isFirst ? tally.ofFirst : tally.durations).add(milliseconds * 1000),
  );
  for (let at = 0; at < contexts; at += 1) {
    const context = randomContext(random);
    const answers = ours.answers(context);
    tally.pairs += 1;
    isFirst &&= answers === undefined;
    countReasons(answers, tally.reasons);
    const difference = differenceOf({ set, context }, answers, await theirs.answers(context));
    if (difference !== undefined) return shrunk(difference, theirs);
  }
  return undefined;
}

function countReasons(answers: Answers, reasons: Record<string, number>): void {
  for (const { reason } of answers?.values() ?? []) {
    const name = reason.kind === "ERROR" ? reason.errorKind : reason.kind;
    reasons[name] = (reasons[name] ?? 0) + 1;
  }
}

/** Flags that break every rule of the protocol may evaluate to anything, but never throw. */
function surviveDamage(set: FlagSet, random: Random, seed: number): void {
  const broken = JSON.stringify(damaged(random, set));
  const evaluation = new OurEvaluation(JSON.parse(broken) as ArrivedFlags, bigSegments);
  for (let at = 0; at < contextsPerDamagedSet; at += 1) {
    const context = randomContext(random);
    try {
      evaluation.answers(context);
    } catch (error) {
      throw new Error(`seed ${seed}: evaluation threw: ${broken} ${JSON.stringify(context)}`, {
        cause: error,
      });
    }
  }
}
