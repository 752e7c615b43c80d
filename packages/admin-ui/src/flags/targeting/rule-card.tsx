import type { FlagRule } from "@halyard/instructions";
import { Radio } from "lucide-react";
import { Conditions } from "../../rules/conditions.tsx";
import { type PlacedRule, RuleFrame } from "../../rules/rule-frame.tsx";
import { RuleMenu } from "../../rules/rule-menu.tsx";
import { Badge } from "../../ui/badge.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import type { TriedStep } from "../try-it/use-path.ts";
import { conditionEdits, duplicateOf, newCondition, servingOf } from "./edits.ts";
import { ServeEditor } from "./serve-editor.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface RuleCardProps {
  readonly editor: Editor;
  readonly rule: FlagRule;
  readonly placed: PlacedRule;
  readonly saved: FlagRule | undefined;
  readonly step: TriedStep | undefined;
}

/** A rule as a sentence: whom it is about, and what they get. */
export function RuleCard(props: RuleCardProps) {
  const { editor, rule, placed, saved, step } = props;
  const { instruct, isReadOnly } = editor;
  const ruleId = rule.id;
  return (
    <RuleFrame
      rule={rule}
      placed={placed}
      isReadOnly={isReadOnly}
      step={step}
      onTitle={(description) => instruct({ kind: "updateRuleDescription", ruleId, description })}
      actions={
        <>
          {rule.trackEvents && <Badge tone="outline">{t("rule.tracked")}</Badge>}
          {!isReadOnly && <Actions {...props} />}
        </>
      }
      notice={<ConflictsAt place={`rules/${ruleId}`} />}
      conditions={
        <Conditions
          clauses={rule.clauses}
          everyone={t("rule.everyone")}
          seenIn={editor.seenIn}
          isReadOnly={isReadOnly}
          newClauseId={placed.newClauseId}
          onAdd={(clauseId) => {
            placed.onNewClause(clauseId);
            instruct(newCondition(ruleId, clauseId));
          }}
          onChange={(clause, wanted) => instruct(...conditionEdits(ruleId, clause, wanted))}
          onRemove={(clauseId) =>
            instruct({ kind: "removeClauses", ruleId, clauseIds: [clauseId] })
          }
        />
      }
    >
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
          ruleId,
          ...servingOf(serve),
        })}
      />
    </RuleFrame>
  );
}

function Actions({ editor, rule, placed }: RuleCardProps) {
  const { configuration, instruct } = editor;
  const { rules } = configuration;
  const ruleId = rule.id;
  const naming = {
    newId: () => crypto.randomUUID(),
    titleOf: (title: string) => t("rule.copyOf", { title }),
  };
  const track = {
    id: "track",
    label: rule.trackEvents ? t("rule.untrack") : t("rule.track"),
    icon: <Radio size={14} aria-hidden />,
    onPress: () =>
      instruct({ kind: "updateRuleTrackEvents", ruleId, trackEvents: !rule.trackEvents }),
  };
  return (
    <RuleMenu
      at={placed.at}
      count={rules.length}
      onDuplicate={() => instruct(duplicateOf(rules, rule, naming))}
      onMove={placed.onMove}
      onDelete={() => instruct({ kind: "removeRule", ruleId })}
      more={[track]}
    />
  );
}
