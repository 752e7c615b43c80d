import { OrderedRules } from "../../rules/ordered-rules.tsx";
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
  return (
    <section aria-labelledby="segment-rules">
      <h2 id="segment-rules" className="font-semibold">
        {t("edit.rules")}
      </h2>
      <p className="mb-3 text-[13px] text-ink2">{t("edit.rules.words")}</p>
      <OrderedRules
        rules={desk.state.rules}
        isReadOnly={isReadOnly}
        onAdd={(ids) =>
          desk.edit((segment) => ({ ...segment, rules: [...segment.rules, newRule(ids)] }))
        }
        onMove={(id, place) => desk.edit((segment) => withRuleAt(segment, id, place))}
      >
        {(rule, placed) => (
          <RuleCard
            desk={desk}
            rule={rule}
            placed={placed}
            seenIn={seenIn}
            isReadOnly={isReadOnly}
            standing={standing}
          />
        )}
      </OrderedRules>
      <p className="mt-3 rounded-lg border border-line bg-surface p-3 text-ink2">
        {t("edit.else")}
      </p>
    </section>
  );
}
