import { Trash2 } from "lucide-react";
import { IconButton } from "../ui/button.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox, RadioGroup } from "../ui/choice.tsx";
import { knownActions } from "./actions.ts";
import { resourceExamples } from "./resource-examples.ts";
import type { Statement } from "./statement.ts";
import { actionsOf, isComplete, resourcesOf, withActions, withResources } from "./statement.ts";
import { statementWords } from "./statement-words.ts";
import { t } from "./text.ts";

interface StatementEditorProps {
  readonly number: number;
  readonly statement: Statement;
  readonly onChange: (statement: Statement) => void;
  readonly onRemove: () => void;
  /** Whether what is missing is said. */
  readonly isChecked: boolean;
}

/** One statement, with what it says in words above its parts. */
export function StatementEditor(props: StatementEditorProps) {
  const { number, statement, onChange, onRemove, isChecked } = props;
  const actions = actionsOf(statement);
  const resources = resourcesOf(statement);
  return (
    <fieldset
      aria-label={t("role.statement", { number })}
      className="min-w-0 rounded-lg border border-line p-3"
    >
      <div className="mb-3 flex items-start gap-2">
        <p
          className={`min-w-0 flex-1 font-medium break-words ${statement.effect === "deny" ? "text-danger" : ""}`}
        >
          {statementWords(statement)}
        </p>
        <IconButton label={t("role.statement.remove", { number })} onPress={onRemove}>
          <Trash2 size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="space-y-3">
        <RadioGroup
          label={t("role.statement.effect")}
          isHorizontal
          choices={[
            { id: "allow", label: t("role.statement.allow") },
            { id: "deny", label: t("role.statement.deny") },
          ]}
          value={statement.effect}
          onChange={(effect) => onChange({ ...statement, effect })}
        />
        <ChipsField
          label={t("role.statement.actions")}
          values={actions.names}
          suggestions={knownActions}
          onChange={(names) => onChange(withActions(statement, { ...actions, names }))}
        />
        <Checkbox
          isSelected={actions.isAllBut}
          onChange={(isAllBut) => onChange(withActions(statement, { ...actions, isAllBut }))}
        >
          {t("role.statement.allBut")}
        </Checkbox>
        <ChipsField
          label={t("role.statement.resources")}
          description={t("role.statement.resources.words", { example: "{critical:true}" })}
          values={resources.names}
          suggestions={resourceExamples}
          onChange={(names) => onChange(withResources(statement, { ...resources, names }))}
        />
        <Checkbox
          isSelected={resources.isAllBut}
          onChange={(isAllBut) => onChange(withResources(statement, { ...resources, isAllBut }))}
        >
          {t("role.statement.allBut")}
        </Checkbox>
        {isChecked && !isComplete(statement) && (
          <p role="alert" className="text-xs text-danger">
            {t("role.statement.incomplete")}
          </p>
        )}
      </div>
    </fieldset>
  );
}
