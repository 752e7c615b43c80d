import { isInstructionError } from "@halyard/instructions";
import { type ReactNode, useMemo, useState } from "react";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { applied, fitting, named, noSteps, redone, simplified, stepped, undone } from "./steps.ts";
import { DraftContext, type FlagDraft } from "./use-draft.ts";

/** Keeps what is changed about the flag of the page in its chosen environment. */
export function DraftProvider({ children }: { readonly children: ReactNode }) {
  const { flag, environment } = useFlagPage();
  const { key } = environment;
  const [steps, setSteps] = useState(noSteps);
  const saved = useMemo(() => flagStateOf(flag, () => undefined), [flag]);
  const drafted = useMemo(() => fitting(saved, steps.now, key), [saved, steps.now, key]);
  const draft = useMemo<FlagDraft>(
    () => ({
      environment: key,
      saved,
      drafted,
      instructions: simplified(saved, steps.now, key),
      instruct: (...instructions) => {
        const added = named(instructions, () => crypto.randomUUID());
        const outcome = applied(drafted, added, key);
        if (isInstructionError(outcome)) return outcome;
        setSteps((before) => stepped(before, added, Date.now()));
        return undefined;
      },
      undo: () => setSteps(undone),
      redo: () => setSteps(redone),
      discard: () => setSteps(noSteps),
      canUndo: steps.past.length > 0,
      canRedo: steps.future.length > 0,
    }),
    [key, saved, drafted, steps],
  );
  return <DraftContext value={draft}>{children}</DraftContext>;
}
