import { Plus } from "lucide-react";
import { Fragment, type ReactNode, useState } from "react";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { KeyHint } from "../ui/key-hint.tsx";
import type { PlacedRule } from "./rule-frame.tsx";
import { t } from "./text.ts";
import { useReorder } from "./use-reorder.ts";

interface OrderedRulesProps<Rule> {
  readonly rules: readonly Rule[];
  readonly isReadOnly: boolean;
  readonly onAdd: (ids: { readonly ruleId: string; readonly clauseId: string }) => void;
  readonly onMove: (id: string, place: number) => void;
  readonly children: (rule: Rule, placed: PlacedRule) => ReactNode;
}

/** Rules in the order they are asked, which can be changed by mouse, finger and keys; and how one is added. */
export function OrderedRules<Rule extends { readonly id: string }>(props: OrderedRulesProps<Rule>) {
  const { rules, isReadOnly, onMove } = props;
  const [added, setAdded] = useState<string>();
  const reorder = useReorder(
    rules.map(({ id }) => id),
    onMove,
  );
  function add() {
    const ids = { ruleId: crypto.randomUUID(), clauseId: crypto.randomUUID() };
    setAdded(ids.clauseId);
    props.onAdd(ids);
  }
  useShortcut("r", t("rules.add"), add, !isReadOnly);
  return (
    <>
      <ol ref={reorder.list} className="space-y-3 empty:hidden">
        {rules.map((rule, at) => (
          <Fragment key={rule.id}>
            {props.children(rule, {
              at,
              handle: reorder.handleOf(rule.id, at),
              style: reorder.styleOf(at),
              isLifted: reorder.lifted === rule.id,
              newClauseId: added,
              onNewClause: setAdded,
              onMove: (place) => onMove(rule.id, place),
            })}
          </Fragment>
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
    </>
  );
}
