import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Context,
  type EvaluationStore,
  evaluate,
  type Flag,
  isContextError,
  parseContext,
  type Segment,
} from "@halyard/evaluation";
import { z } from "zod";
import { contextOf } from "../contexts/public-context.ts";
import type { SeenInstance } from "../contexts/seen-context-store.ts";
import {
  isInSegment,
  MembershipReason,
  RuleAnswer,
  reasonFor,
  rulesFor,
  withSegment,
} from "./segment-membership.ts";

const examplesShown = 3;
const membersShown = 100;
const evaluatedAtOnce = 200;

const ShownContext = z.looseObject({});
const Index = z.int().nullable().describe("The place of a variation; null where it has none.");
/** What a change of a segment would do to the contexts that were seen. */
export const SegmentImpact = z
  .object({
    seenCount: z
      .int()
      .describe("Contexts that were seen within 24 hours; a sample, where they are many."),
    withPrivateAttributesCount: z
      .int()
      .describe("How many keep attributes private, so that they may be in it after all."),
    memberCount: z.object({ before: z.int(), after: z.int() }),
    enteringCount: z.int(),
    leavingCount: z.int(),
    entering: z.array(ShownContext).describe("Some that come in."),
    leaving: z.array(ShownContext).describe("Some that go out."),
    members: z
      .array(z.object({ context: ShownContext, lastSeen: z.int(), reason: MembershipReason }))
      .describe("Those in it afterwards that were seen last, at most 100."),
    flags: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          on: z.boolean(),
          changedCount: z.int(),
          changes: z.array(z.object({ from: Index, to: Index, count: z.int() })),
        }),
      )
      .describe("What the flags that ask for it would give otherwise."),
    asked: z
      .object({
        isMember: z.boolean(),
        wasMember: z.boolean(),
        reason: MembershipReason,
        rules: z.array(RuleAnswer),
      })
      .optional()
      .describe("How the context of the body stands to it afterwards, and before."),
  })
  .meta({ id: "SegmentImpact" });
export type SegmentImpact = z.infer<typeof SegmentImpact>;

interface AskingFlag {
  readonly name: string;
  readonly flag: Flag;
}

/** Asks both segments about each context, and the flags that name them; other work goes on in between. */
export async function segmentImpactOf(
  { before, after, flags }: { before: Segment; after: Segment; flags: readonly AskingFlag[] },
  seen: readonly SeenInstance[],
  storeFor: (context: Context) => Promise<EvaluationStore>,
): Promise<SegmentImpact> {
  const impact = nothingYet();
  const effects = flags.map(({ flag }) => new EffectOnFlag(flag, { before, after }));
  for (const [index, instance] of seen.entries()) {
    if (index % evaluatedAtOnce === evaluatedAtOnce - 1) await nextTurn();
    const shown = { ...contextOf(instance.contexts) };
    const context = parseContext(shown);
    if (isContextError(context)) continue;
    const store = await storeFor(context);
    const was = isInSegment(before, context, store);
    const is = isInSegment(after, context, store);
    countInstance(impact, instance, { was, is });
    if (is && impact.members.length < membersShown) {
      const reason = reasonFor(after, context, store);
      impact.members.push({ context: shown, lastSeen: instance.lastSeen, reason });
    }
    if (was === is) continue;
    countMove(impact, is ? "entering" : "leaving", shown);
    for (const effect of effects) effect.look(context, store);
  }
  return {
    ...impact,
    flags: flags.map(({ flag, name }, at) => ({
      key: flag.key,
      name,
      on: flag.on === true,
      ...(effects[at]?.counted() ?? { changedCount: 0, changes: [] }),
    })),
  };
}

/** How one context stands to both segments. */
export function standingOf(
  { before, after }: { before: Segment; after: Segment },
  context: Context,
  store: EvaluationStore,
): NonNullable<SegmentImpact["asked"]> {
  return {
    isMember: isInSegment(after, context, store),
    wasMember: isInSegment(before, context, store),
    reason: reasonFor(after, context, store),
    rules: rulesFor(after, context, store),
  };
}

/** How often a flag gives something else after a change of a segment. */
class EffectOnFlag {
  readonly #flag: Flag;
  readonly #segment: { readonly before: Segment; readonly after: Segment };
  readonly #changes = new Map<string, { from: number | null; to: number | null; count: number }>();

  constructor(flag: Flag, segment: { readonly before: Segment; readonly after: Segment }) {
    this.#flag = flag;
    this.#segment = segment;
  }

  look(context: Context, store: EvaluationStore): void {
    const { before, after } = this.#segment;
    const from = given(this.#flag, context, withSegment(store, before));
    const to = given(this.#flag, context, withSegment(store, after));
    if (from === to) return;
    const way = `${from} ${to}`;
    const known = this.#changes.get(way);
    this.#changes.set(way, { from, to, count: (known?.count ?? 0) + 1 });
  }

  counted() {
    const changes = [...this.#changes.values()].sort((a, b) => b.count - a.count);
    return { changedCount: changes.reduce((sum, one) => sum + one.count, 0), changes };
  }
}

function countInstance(
  impact: Omit<SegmentImpact, "flags">,
  { contexts }: SeenInstance,
  { was, is }: { readonly was: boolean; readonly is: boolean },
): void {
  impact.seenCount += 1;
  if (contexts.some(({ redacted }) => redacted.length > 0)) impact.withPrivateAttributesCount += 1;
  if (was) impact.memberCount.before += 1;
  if (is) impact.memberCount.after += 1;
}

function nothingYet(): Omit<SegmentImpact, "flags"> {
  return {
    seenCount: 0,
    withPrivateAttributesCount: 0,
    memberCount: { before: 0, after: 0 },
    enteringCount: 0,
    leavingCount: 0,
    entering: [],
    leaving: [],
    members: [],
  };
}

function countMove(
  impact: Omit<SegmentImpact, "flags">,
  way: "entering" | "leaving",
  context: Record<string, unknown>,
): void {
  impact[`${way}Count`] += 1;
  if (impact[way].length < examplesShown) impact[way].push(context);
}

function given(flag: Flag, context: Context, store: EvaluationStore): number | null {
  return evaluate(flag, context, store).variationIndex ?? null;
}
