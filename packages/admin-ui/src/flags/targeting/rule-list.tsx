import { Plus } from "lucide-react";
import { useState } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { KeyHint } from "../../ui/key-hint.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { usePath } from "../try-it/use-path.ts";
import { moveOf, newRule } from "./edits.ts";
import { RuleCard } from "./rule-card.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";
import { useReorder } from "./use-reorder.ts";

/** The rules in the order they are asked: the first that fits decides. */
export function RuleList({ editor }: { readonly editor: Editor }) {
  const { configuration, saved, flag, instruct, isReadOnly } = editor;
  const { rules } = configuration;
  const path = usePath();
  const [added, setAdded] = useState<string>();
  const move = (id: string, place: number) => {
    const instruction = moveOf(rules, id, place);
    if (instruction !== undefined) instruct(instruction);
  };
  const reorder = useReorder(
    rules.map(({ id }) => id),
    move,
  );
  function add() {
    const ids = { ruleId: crypto.randomUUID(), clauseId: crypto.randomUUID() };
    setAdded(ids.clauseId);
    instruct(newRule(flag, ids));
  }
  useShortcut("r", t("rules.add"), add, !isReadOnly);
  return (
    <section aria-labelledby="rules-title">
      <h3 id="rules-title" className="sr-only">
        {t("rules.title")}
      </h3>
      <ConflictsAt place="rules" />
      <ol ref={reorder.list} className="space-y-3 empty:hidden">
        {rules.map((rule, at) => (
          <RuleCard
            key={rule.id}
            editor={editor}
            rule={rule}
            at={at}
            saved={saved?.rules.find(({ id }) => id === rule.id)}
            step={path?.rules.get(rule.id)}
            newClauseId={added}
            onNewClause={setAdded}
            onMove={(place) => move(rule.id, place)}
            handle={reorder.handleOf(rule.id, at)}
            style={reorder.styleOf(at)}
            isLifted={reorder.lifted === rule.id}
          />
        ))}
      </ol>
      {!isReadOnly && (
        <button
          type="button"
          onClick={add}
          aria-keyshortcuts="R"
          className="mt-3 flex min-h-10 w-full items-center justify-center gap-2 rounded-lg border border-dashed border-line2 font-medium text-ink2 hover:bg-chosen hover:text-ink pointer-coarse:min-h-11"
        >
          <Plus size={16} aria-hidden /> {t("rules.add")} <KeyHint keys="r" />
        </button>
      )}
      <p role="status" className="sr-only">
        {reorder.said}
      </p>
    </section>
  );
}
