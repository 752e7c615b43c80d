import { Plus } from "lucide-react";
import { useState } from "react";
import { useReorder } from "../../flags/targeting/use-reorder.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { KeyHint } from "../../ui/key-hint.tsx";
import { RuleCard } from "./rule-card.tsx";
import { newRule, withRuleAt } from "./rule-edits.ts";
import type { Standing } from "./segment-impact.ts";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

interface RuleListProps {
  readonly desk: SegmentDesk;
  readonly seenIn: { readonly project: string; readonly environment: string };
  readonly isReadOnly: boolean;
  /** How the context that is tried stands to the segment. */
  readonly standing: Standing | undefined;
}

/** Who is in the segment without being listed: whoever any rule matches. */
export function RuleList({ desk, seenIn, isReadOnly, standing }: RuleListProps) {
  const { rules } = desk.state;
  const [added, setAdded] = useState<string>();
  const move = (id: string, place: number) =>
    desk.edit((segment) => withRuleAt(segment, id, place));
  const reorder = useReorder(
    rules.map(({ id }) => id),
    move,
  );
  function add() {
    const ids = { ruleId: crypto.randomUUID(), clauseId: crypto.randomUUID() };
    setAdded(ids.clauseId);
    desk.edit((segment) => ({ ...segment, rules: [...segment.rules, newRule(ids)] }));
  }
  useShortcut("r", t("edit.rule.add"), add, !isReadOnly);
  return (
    <section aria-labelledby="segment-rules">
      <h2 id="segment-rules" className="font-semibold">
        {t("edit.rules")}
      </h2>
      <p className="mb-3 text-[13px] text-ink2">{t("edit.rules.words")}</p>
      <ol ref={reorder.list} className="space-y-3 empty:hidden">
        {rules.map((rule, at) => (
          <RuleCard
            key={rule.id}
            desk={desk}
            rule={rule}
            at={at}
            seenIn={seenIn}
            isReadOnly={isReadOnly}
            standing={standing}
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
          <Plus size={16} aria-hidden /> {t("edit.rule.add")} <KeyHint keys="r" />
        </button>
      )}
      <p className="mt-3 rounded-lg border border-line bg-surface p-3 text-ink2">
        {t("edit.else")}
      </p>
      <p role="status" className="sr-only">
        {reorder.said}
      </p>
    </section>
  );
}
