import { Plus } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { PermissionGrid } from "./permission-grid.tsx";
import { actionsOf, emptyStatement, resourcesOf, type Statement } from "./statement.ts";
import { StatementEditor } from "./statement-editor.tsx";
import { t } from "./text.ts";

interface PolicyEditorProps extends StatementsProps {
  readonly isDisabled: boolean;
}

/** A policy, as a table and as the statements it is made of. */
export function PolicyEditor({ policy, isChecked, isDisabled, onChange }: PolicyEditorProps) {
  return (
    <div className="space-y-4">
      <PermissionGrid
        policy={policy}
        isDisabled={isDisabled}
        onChange={(changed) => onChange(changed.filter(isBegun))}
      />
      <Statements policy={policy} isChecked={isChecked} onChange={onChange} />
    </div>
  );
}

/** The empty statement that a new role begins with is gone once the table says something. */
function isBegun(statement: Statement): boolean {
  return actionsOf(statement).names.length > 0 || resourcesOf(statement).names.length > 0;
}

interface StatementsProps {
  readonly policy: readonly Statement[];
  readonly isChecked: boolean;
  readonly onChange: (policy: readonly Statement[]) => void;
}

function Statements({ policy, isChecked, onChange }: StatementsProps) {
  return (
    <Card
      title={t("role.policy")}
      actions={
        <Button
          icon={<Plus size={16} aria-hidden />}
          onPress={() => onChange([...policy, emptyStatement])}
        >
          {t("role.statement.add")}
        </Button>
      }
    >
      <p className="mb-3 text-[13px] text-ink3">{t("role.policy.words")}</p>
      <div className="space-y-3">
        {policy.map((statement, at) => (
          <StatementEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is all that a statement is known by.
            key={at}
            number={at + 1}
            statement={statement}
            isChecked={isChecked}
            onChange={(changed) => onChange(policy.with(at, changed))}
            onRemove={() => onChange(policy.filter((_, other) => other !== at))}
          />
        ))}
      </div>
    </Card>
  );
}
