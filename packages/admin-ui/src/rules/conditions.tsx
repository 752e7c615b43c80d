import type { RuleClause } from "@halyard/instructions";
import { Plus } from "lucide-react";
import { ConditionRow } from "../flags/sentence/condition-row.tsx";
import type { SeenIn } from "../flags/sentence/seen.ts";
import { t as sentence } from "../flags/sentence/text.ts";
import type { Condition } from "../flags/sentence/tokens.ts";

interface ConditionsProps {
  readonly clauses: readonly RuleClause[];
  /** What is said where there is none. */
  readonly everyone: string;
  readonly seenIn: SeenIn;
  readonly isReadOnly: boolean;
  /** The condition that has just been added. */
  readonly newClauseId: string | undefined;
  readonly onAdd: (clauseId: string) => void;
  readonly onChange: (clause: RuleClause, wanted: Condition) => void;
  readonly onRemove: (clauseId: string) => void;
}

/** Whom a rule is about, as parts of a sentence. */
export function Conditions(props: ConditionsProps) {
  const { clauses, isReadOnly } = props;
  return (
    <div className="space-y-1.5">
      {clauses.length === 0 && <p className="text-ink2">{props.everyone}</p>}
      {clauses.map((clause, at) => (
        <ConditionRow
          key={clause.id}
          condition={clause}
          at={at}
          seenIn={props.seenIn}
          isReadOnly={isReadOnly}
          isNew={clause.id === props.newClauseId}
          onChange={(wanted) => props.onChange(clause, wanted)}
          onRemove={() => props.onRemove(clause.id)}
        />
      ))}
      {!isReadOnly && (
        <button
          type="button"
          onClick={() => props.onAdd(crypto.randomUUID())}
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
