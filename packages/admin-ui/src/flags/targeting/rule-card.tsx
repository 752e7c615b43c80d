import type { FlagRule } from "@halyard/instructions";
import { GripVertical, Plus } from "lucide-react";
import type { ComponentProps, CSSProperties } from "react";
import { Focusable } from "react-aria-components";
import { Badge } from "../../ui/badge.tsx";
import { Hint } from "../../ui/tooltip.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { ConditionRow } from "../sentence/condition-row.tsx";
import { t as sentence } from "../sentence/text.ts";
import type { TriedStep } from "../try-it/use-path.ts";
import { conditionEdits, newCondition, servingOf } from "./edits.ts";
import { PathMark, pathClass } from "./path-mark.tsx";
import { RuleMenu } from "./rule-menu.tsx";
import { RuleTitle } from "./rule-title.tsx";
import { ServeEditor } from "./serve-editor.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface RuleCardProps {
  readonly editor: Editor;
  readonly rule: FlagRule;
  /** From 0. */
  readonly at: number;
  readonly saved: FlagRule | undefined;
  readonly step: TriedStep | undefined;
  /** The condition that has just been added. */
  readonly newClauseId: string | undefined;
  readonly onNewClause: (id: string) => void;
  readonly onMove: (place: number) => void;
  readonly handle: ComponentProps<"button">;
  readonly style: CSSProperties;
  readonly isLifted: boolean;
}

/** A rule as a sentence: whom it is about, and what they get. */
export function RuleCard(props: RuleCardProps) {
  const { editor, rule, at, saved, step, isLifted } = props;
  const { instruct, isReadOnly } = editor;
  return (
    <li
      data-rule={rule.id}
      style={props.style}
      className={`relative rounded-lg border bg-surface p-3 transition-[transform,opacity] duration-100 ${pathClass(step)} ${isLifted ? "z-3 shadow-float transition-none" : ""}`}
    >
      <PathMark step={step} />
      <div className="flex items-start gap-2">
        {!isReadOnly && <DragHandle at={at} {...props.handle} />}
        <span className="grid size-6 shrink-0 place-items-center rounded-md bg-sunken text-xs font-semibold text-ink2 tabular-nums">
          <span className="sr-only">{t("rule.words", { at: at + 1 })}</span>
          <span aria-hidden="true">{at + 1}</span>
        </span>
        <div className="min-w-0 flex-1">
          <RuleTitle
            title={rule.description ?? ""}
            at={at}
            isReadOnly={isReadOnly}
            onChange={(description) =>
              instruct({ kind: "updateRuleDescription", ruleId: rule.id, description })
            }
          />
        </div>
        {rule.trackEvents && <Badge tone="outline">{t("rule.tracked")}</Badge>}
        {!isReadOnly && <RuleMenu editor={editor} rule={rule} at={at} onMove={props.onMove} />}
      </div>
      <ConflictsAt place={`rules/${rule.id}`} />
      <div className="mt-1.5 ml-16 space-y-2 max-md:ml-0">
        <Conditions {...props} />
        <div className="border-t border-line pt-2.5">
          <ServeEditor
            editor={editor}
            serve={rule.serve}
            saved={saved?.serve}
            gets={t("rule.get")}
            split={t("rule.split")}
            they={t("rule.they")}
            marker={step?.state === "matched" ? step.place : undefined}
            instructionOf={(serve) => ({
              kind: "updateRuleVariationOrRollout",
              ruleId: rule.id,
              ...servingOf(serve),
            })}
          />
        </div>
      </div>
    </li>
  );
}

function Conditions({ editor, rule, newClauseId, onNewClause }: RuleCardProps) {
  const { instruct, isReadOnly, seenIn } = editor;
  function add() {
    const clauseId = crypto.randomUUID();
    onNewClause(clauseId);
    instruct(newCondition(rule.id, clauseId));
  }
  return (
    <div className="space-y-1.5">
      {rule.clauses.length === 0 && <p className="text-ink2">{t("rule.everyone")}</p>}
      {rule.clauses.map((clause, at) => (
        <ConditionRow
          key={clause.id}
          condition={clause}
          at={at}
          seenIn={seenIn}
          isReadOnly={isReadOnly}
          isNew={clause.id === newClauseId}
          onChange={(wanted) => instruct(...conditionEdits(rule.id, clause, wanted))}
          onRemove={() =>
            instruct({ kind: "removeClauses", ruleId: rule.id, clauseIds: [clause.id] })
          }
        />
      ))}
      {!isReadOnly && (
        <button
          type="button"
          onClick={add}
          className="-ml-1 inline-flex h-7 items-center gap-1 rounded-md px-1 font-medium text-link hover:bg-chosen pointer-coarse:h-11"
        >
          <Plus size={14} aria-hidden />
          {sentence("sentence.condition.add")}
          <span className="sr-only">{sentence("sentence.condition.addWords")}</span>
        </button>
      )}
    </div>
  );
}

function DragHandle({ at, ...handle }: { readonly at: number } & ComponentProps<"button">) {
  return (
    <Hint words={t("rule.drag.how")}>
      <Focusable>
        <button
          type="button"
          {...handle}
          aria-label={t("rule.drag", { at: at + 1 })}
          className="grid size-6 shrink-0 cursor-grab touch-none place-items-center rounded text-ink3 hover:bg-chosen hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
        >
          <GripVertical size={16} aria-hidden />
        </button>
      </Focusable>
    </Hint>
  );
}
