import { describeFlagInstruction, type FlagInstruction, inWords } from "@halyard/instructions";
import { useFlagState } from "../flags/state/use-flag-state.ts";
import { t } from "./text.ts";
import type { Stage, Workflow } from "./workflow.ts";

/** What a stage does, a sentence each. */
export function StageChanges(props: {
  readonly project: string;
  readonly workflow: Pick<Workflow, "flagKey">;
  readonly stage: Pick<Stage, "action">;
}) {
  const { project, workflow, stage } = props;
  const { state } = useFlagState(project, workflow.flagKey);
  const { instructions } = stage.action;
  if (instructions.length === 0)
    return <p className="text-[13px] text-ink2">{t("stage.nothing")}</p>;
  return (
    <ul translate="no" className="text-[13px] text-ink2">
      {instructions.map((instruction, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be asked for twice; its place is what it is known by.
        <li key={at} className="wrap-anywhere">
          {state === undefined
            ? inWords(instruction.kind)
            : describeFlagInstruction(instruction as unknown as FlagInstruction, state)}
        </li>
      ))}
    </ul>
  );
}
