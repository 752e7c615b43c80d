import { OrderedRules } from "../../rules/ordered-rules.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { usePath } from "../try-it/use-path.ts";
import { moveOf, newRule } from "./edits.ts";
import { RuleCard } from "./rule-card.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

/** The rules in the order they are asked: the first that fits decides. */
export function RuleList({ editor }: { readonly editor: Editor }) {
  const { configuration, saved, flag, instruct, isReadOnly } = editor;
  const { rules } = configuration;
  const path = usePath();
  return (
    <section aria-labelledby="rules-title">
      <h3 id="rules-title" className="sr-only">
        {t("rules.title")}
      </h3>
      <ConflictsAt place="rules" />
      <OrderedRules
        rules={rules}
        isReadOnly={isReadOnly}
        onAdd={(ids) => instruct(newRule(flag, ids))}
        onMove={(id, place) => {
          const instruction = moveOf(rules, id, place);
          if (instruction !== undefined) instruct(instruction);
        }}
      >
        {(rule, placed) => (
          <RuleCard
            editor={editor}
            rule={rule}
            placed={placed}
            saved={saved?.rules.find(({ id }) => id === rule.id)}
            step={path?.rules.get(rule.id)}
          />
        )}
      </OrderedRules>
    </section>
  );
}
