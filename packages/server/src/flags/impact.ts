import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Context,
  type EvaluationStore,
  evaluate,
  type Flag,
  isContextError,
  parseContext,
} from "@halyard/evaluation";
import { z } from "zod";
import { contextOf } from "../contexts/public-context.ts";
import type { SeenInstance } from "../contexts/seen-context-store.ts";
import { reasonRepresentation } from "./evaluation-reason.ts";

const examplesShown = 3;
const evaluatedAtOnce = 200;

const Given = z.object({
  value: z.unknown(),
  variationIndex: z.int().nullable(),
  reason: z.looseObject({ kind: z.string() }),
});
const Counts = z.array(z.object({ variation: z.int().nullable(), count: z.int() }));
/** What a change of a flag would do to the contexts that were seen. */
export const Impact = z
  .object({
    seenCount: z.int().describe("Contexts that were seen within 24 hours; a sample, where many."),
    changedCount: z.int().describe("How many of them get another value."),
    withPrivateAttributesCount: z
      .int()
      .describe("How many keep attributes private, so that they may get something else."),
    examples: z.array(z.object({ context: z.looseObject({}), before: Given, after: Given })),
    distribution: z.object({ before: Counts, after: Counts }),
    evaluationsPerMinute: z.number().describe("Over the last hour."),
  })
  .meta({ id: "FlagImpact" });
type Impact = z.infer<typeof Impact>;
type Given = z.infer<typeof Given>;

/** Evaluates both flags for each context; other work goes on in between. */
export async function impactOf(
  { before, after }: { before: Flag; after: Flag },
  seen: readonly SeenInstance[],
  storeFor: (context: Context) => Promise<EvaluationStore>,
): Promise<Omit<Impact, "evaluationsPerMinute">> {
  const examples: Impact["examples"] = [];
  const was = new Map<number | null, number>();
  const becomes = new Map<number | null, number>();
  let seenCount = 0;
  let changedCount = 0;
  let withPrivateAttributesCount = 0;
  for (const [index, { contexts }] of seen.entries()) {
    if (index % evaluatedAtOnce === evaluatedAtOnce - 1) await nextTurn();
    const shown = contextOf(contexts);
    const context = parseContext(shown);
    if (isContextError(context)) continue;
    seenCount += 1;
    if (contexts.some(({ redacted }) => redacted.length > 0)) withPrivateAttributesCount += 1;
    const store = await storeFor(context);
    const now = givenBy(before, context, store);
    const then = givenBy(after, context, withFlag(store, after));
    was.set(now.variationIndex, (was.get(now.variationIndex) ?? 0) + 1);
    becomes.set(then.variationIndex, (becomes.get(then.variationIndex) ?? 0) + 1);
    if (JSON.stringify(now.value) === JSON.stringify(then.value)) continue;
    changedCount += 1;
    if (examples.length < examplesShown)
      examples.push({ context: { ...shown }, before: now, after: then });
  }
  const distribution = { before: countsIn(was), after: countsIn(becomes) };
  return { seenCount, changedCount, withPrivateAttributesCount, examples, distribution };
}

/** The same store, but for one flag. */
function withFlag(store: EvaluationStore, flag: Flag): EvaluationStore {
  return { ...store, flag: (key) => (key === flag.key ? flag : store.flag(key)) };
}

function givenBy(flag: Flag, context: Context, store: EvaluationStore): Given {
  const { value, variationIndex, reason } = evaluate(flag, context, store);
  return { value, variationIndex: variationIndex ?? null, reason: reasonRepresentation(reason) };
}

function countsIn(counts: ReadonlyMap<number | null, number>): z.infer<typeof Counts> {
  return [...counts]
    .map(([variation, count]) => ({ variation, count }))
    .sort((a, b) => b.count - a.count);
}
