import type { RuleClause, SegmentStateRule } from "@halyard/instructions";
import { Conditions } from "../../rules/conditions.tsx";
import { type PlacedRule, RuleFrame } from "../../rules/rule-frame.tsx";
import { RuleMenu } from "../../rules/rule-menu.tsx";
import { newClause, withCopy, withoutRule, withRule } from "./rule-edits.ts";
import { stepAt } from "./rule-path.ts";
import type { Standing } from "./segment-impact.ts";
import { ShareEditor } from "./share-editor.tsx";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

interface RuleCardProps {
  readonly desk: SegmentDesk;
  readonly rule: SegmentStateRule;
  readonly placed: PlacedRule;
  readonly seenIn: { readonly project: string; readonly environment: string };
  readonly isReadOnly: boolean;
  readonly standing: Standing | undefined;
}

/** A rule as a sentence: whom it is about, and how many of them are in the segment. */
export function RuleCard({ desk, rule, placed, seenIn, isReadOnly, standing }: RuleCardProps) {
  const edit = (change: (rule: SegmentStateRule) => SegmentStateRule) =>
    desk.edit((segment) => withRule(segment, rule.id, change));
  const editClauses = (change: (clauses: readonly RuleClause[]) => readonly RuleClause[]) =>
    edit((one) => ({ ...one, clauses: change(one.clauses) }));
  return (
    <RuleFrame
      rule={rule}
      placed={placed}
      isReadOnly={isReadOnly}
      step={stepAt(rule, placed.at, standing)}
      onTitle={(description) => edit((one) => ({ ...one, description }))}
      actions={
        !isReadOnly && (
          <RuleMenu
            at={placed.at}
            count={desk.state.rules.length}
            onDuplicate={() =>
              desk.edit((segment) => withCopy(segment, rule.id, () => crypto.randomUUID()))
            }
            onMove={placed.onMove}
            onDelete={() => desk.edit((segment) => withoutRule(segment, rule.id))}
            more={[]}
          />
        )
      }
      conditions={
        <Conditions
          clauses={rule.clauses}
          everyone={t("edit.rule.everyone")}
          seenIn={seenIn}
          isReadOnly={isReadOnly}
          newClauseId={placed.newClauseId}
          onAdd={(id) => {
            placed.onNewClause(id);
            editClauses((clauses) => [...clauses, newClause(id)]);
          }}
          onChange={(clause, { contextKind = "user", ...wanted }) =>
            editClauses((clauses) =>
              clauses.map((each) =>
                each.id === clause.id ? { id: each.id, contextKind, ...wanted } : each,
              ),
            )
          }
          onRemove={(id) => editClauses((clauses) => clauses.filter((each) => each.id !== id))}
        />
      }
    >
      <ShareEditor rule={rule} isReadOnly={isReadOnly} onChange={edit} />
    </RuleFrame>
  );
}
