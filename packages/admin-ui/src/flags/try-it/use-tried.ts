import {
  type Context,
  type Explanation,
  explain,
  isContextError,
  type JsonObject,
  parseContext,
} from "@halyard/evaluation";
import { deliveredFlag, type FlagState } from "@halyard/instructions";
import { useMemo, useSyncExternalStore } from "react";
import { arePatternsReady, isPatternAwaited, onPatterns } from "../../patterns/pattern.ts";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { readObject, TextProblem } from "./context-text.ts";
import { t } from "./text.ts";
import { type TryStore, useTryStore } from "./use-try-store.ts";

/** A context as it is typed: read, or what is wrong with it. */
export type TypedContext =
  | { readonly json: JsonObject; readonly context: Context; readonly name: string }
  | { readonly problem: string };

export function readContext(text: string): TypedContext {
  try {
    const json = readObject(text);
    const context = parseContext(json);
    if (isContextError(context)) return { problem: t("try.invalid", { why: context.error }) };
    return { json, context, name: nameOf(context) };
  } catch (error) {
    if (!(error instanceof TextProblem)) throw error;
    return { problem: t("try.problem", { line: error.line, what: error.message }) };
  }
}

function nameOf({ individuals }: Context): string {
  const names = individuals.map((one) => {
    const name = one.get("name");
    return typeof name === "string" && name !== "" ? name : one.key;
  });
  return names.join(" · ");
}

/** What a context gets with the draft, and without it. */
export interface Tried {
  readonly now: Explanation;
  readonly before: Explanation;
  /** Something that the result hangs on has not come yet. */
  readonly isWhole: boolean;
  readonly error: Error | undefined;
}

/** Evaluates the flag for what is typed, in this browser. Undefined where there is nothing to evaluate. */
export function useTried(environment: string, typed: TypedContext): Tried | undefined {
  const { place, drafted, saved } = useDraftDesk();
  const isRead = "json" in typed;
  const tryStore = useTryStore(
    { project: place.project, environment },
    drafted,
    isRead ? typed.json : undefined,
  );
  const areRead = useSyncExternalStore(onPatterns, arePatternsReady);
  return useMemo(() => {
    if (!("context" in typed)) return undefined;
    const now = explained(drafted, { environment, tryStore, context: typed.context });
    const before = explained(saved, { environment, tryStore, context: typed.context });
    if (now === undefined || before === undefined) return undefined;
    // The evaluation may have met the first pattern.
    const isWhole = tryStore.isWhole && (areRead || !isPatternAwaited());
    return { now, before, isWhole, error: tryStore.error };
  }, [typed, drafted, saved, environment, tryStore, areRead]);
}

function explained(
  flag: FlagState,
  at: { environment: string; tryStore: TryStore; context: Context },
): Explanation | undefined {
  const { store } = at.tryStore;
  // Prerequisites name a variation by its index in the flag that is required.
  const delivered = deliveredFlag(flag, {
    environmentKey: at.environment,
    version: 1,
    findFlag: at.tryStore.findFlag,
  });
  return delivered && explain(delivered, at.context, store);
}
