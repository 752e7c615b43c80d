import { isDeepStrictEqual } from "node:util";
import { type Answer, type Answers, type ArrivedFlags, OurEvaluation } from "./answer.ts";
import { bigSegments } from "./big-segments.ts";
import type { FlagSet } from "./random-flag-set.ts";
import type { TheirEvaluation } from "./their-evaluation.ts";

/** Flags and a context on which two evaluations disagree. */
export interface Difference {
  readonly flag: string;
  readonly set: FlagSet;
  readonly context: object;
  readonly ours: Answer | undefined;
  readonly theirs: Answer | undefined;
}

/** Where the two differ first; undefined where they agree. */
export function differenceOf(
  { set, context }: { readonly set: FlagSet; readonly context: object },
  ours: Answers,
  theirs: Answers,
): Difference | undefined {
  const keys = new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])]);
  for (const flag of keys) {
    const [mine, other] = [ours?.get(flag), theirs?.get(flag)];
    if (mine === undefined || other === undefined || !isSame(mine, other)) {
      return { flag, set, context, ours: mine, theirs: other };
    }
  }
  return undefined;
}

function isSame(ours: Answer, theirs: Answer): boolean {
  return (
    ours.variationIndex === theirs.variationIndex &&
    isDeepStrictEqual(ours.value, theirs.value) &&
    isSameReason(ours.reason, theirs.reason) &&
    // Whether a flag is reported that ended in an error is not agreed upon: Node does, Go does not.
    (ours.reason.kind === "ERROR" || isDeepStrictEqual(ours.prerequisites, theirs.prerequisites))
  );
}

/** A member that is undefined counts as absent. */
function isSameReason(a: object, b: object): boolean {
  const members: Readonly<Record<string, unknown>> = { ...a };
  const others: Readonly<Record<string, unknown>> = { ...b };
  for (const name in { ...members, ...others }) if (members[name] !== others[name]) return false;
  return true;
}

/** The same difference with as little as it takes: parts are left out while it stays what it is. */
export async function shrunk(found: Difference, theirs: TheirEvaluation): Promise<Difference> {
  let smallest = found;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const path of partsOf(smallest)) {
      const smaller = await differenceWithout(smallest, path, theirs);
      if (smaller === undefined) continue;
      smallest = smaller;
      isSmaller = true;
    }
  }
  return smallest;
}

async function differenceWithout(
  from: Difference,
  path: readonly string[],
  theirs: TheirEvaluation,
): Promise<Difference | undefined> {
  const { set, context } = from;
  const smaller = structuredClone({ set, context });
  if (!removePart(smaller, path)) return undefined;
  const json = JSON.stringify(smaller.set);
  theirs.load(json);
  const ours = new OurEvaluation(JSON.parse(json) as ArrivedFlags, bigSegments);
  const [mine, other] = [
    ours.answers(smaller.context)?.get(from.flag),
    (await theirs.answers(smaller.context))?.get(from.flag),
  ];
  const isKept = isDeepStrictEqual([mine, other], [from.ours, from.theirs]);
  return isKept ? { ...from, ...smaller } : undefined;
}

/** What LaunchDarkly's SDK cannot do without: it never answers. */
const needed = ["flags", "segments", "variations", "values", "attribute", "op", "key", "kind"];

/** The ways to all parts, large ones first, and of a list the last, so that the others stay put. */
function partsOf({ set, context }: Difference): string[][] {
  const found: string[][] = [];
  const ways: [string[], unknown][] = [[[], { set, context }]];
  for (const [way, value] of ways) {
    if (typeof value !== "object" || value === null) continue;
    for (const [name, member] of Object.entries(value).reverse()) {
      const path = [...way, name];
      if (way.length > 0 && !needed.includes(name)) found.push(path);
      ways.push([path, member]);
    }
  }
  return found;
}

/** False where there is no such part. */
function removePart(from: object, path: readonly string[]): boolean {
  let holder: unknown = from;
  for (const step of path.slice(0, -1)) {
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, step)) return false;
    holder = (holder as Readonly<Record<string, unknown>>)[step];
  }
  const last = path.at(-1) ?? "";
  if (Array.isArray(holder)) return holder.splice(Number(last), 1).length > 0;
  if (typeof holder !== "object" || holder === null) return false;
  return Object.hasOwn(holder, last) && Reflect.deleteProperty(holder, last);
}
