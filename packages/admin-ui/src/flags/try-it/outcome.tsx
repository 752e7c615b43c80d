import type { Explanation } from "@halyard/evaluation";
import { Swatch } from "../../ui/swatch.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";

/** What the context gets in the page's environment, and what it got before the draft. */
export function Outcome() {
  const { tried } = useTrying();
  const { instructions } = useDraftDesk();
  const { flag } = useFlagPage();
  if (tried === undefined) return null;
  const { now, before, isWhole, error } = tried;
  if (error !== undefined) return <p className="text-danger">{error.message}</p>;
  if (!isWhole) return <p className="text-ink2">{t("try.asking")}</p>;
  const nameOf = ({ result }: Explanation) => nameAt(flag, result.variationIndex ?? undefined);
  const isOther = JSON.stringify(now.result.value) !== JSON.stringify(before.result.value);
  return (
    <div className="rounded-md bg-pathbg p-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <GivenName explanation={now} />
        <span className="ml-auto text-[13px] text-ink2">
          {isOther &&
            t.rich("try.was", {
              name: (
                <b key="name" translate="no" className="font-semibold text-ink">
                  {nameOf(before)}
                </b>
              ),
            })}
          {!isOther && instructions.length > 0 && t("try.same")}
        </span>
      </p>
      <p className="mt-1.5 text-xs text-ink2">
        {t("try.reason")} <code className="font-mono text-ink">{reasonInShort(now)}</code>
      </p>
    </div>
  );
}

/** The variation with its value. */
export function GivenName({ explanation }: { readonly explanation: Explanation }) {
  const { flag } = useFlagPage();
  const { variationIndex, value } = explanation.result;
  const index = variationIndex ?? undefined;
  const name = nameAt(flag, index);
  const shown = JSON.stringify(value);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Swatch index={index} />
      <b translate="no" className="font-semibold">
        {index === undefined ? t("try.code") : name}
      </b>
      {index !== undefined && shown !== name && (
        <code className="min-w-0 truncate font-mono text-[13px] text-ink2">{shown}</code>
      )}
    </span>
  );
}

function reasonInShort({ result }: Explanation): string {
  const { reason } = result;
  switch (reason.kind) {
    case "RULE_MATCH":
      return `RULE_MATCH (ruleIndex ${reason.ruleIndex})`;
    case "PREREQUISITE_FAILED":
      return `PREREQUISITE_FAILED (${reason.prerequisiteKey})`;
    case "ERROR":
      return `ERROR (${reason.errorKind})`;
    case "OFF":
    case "FALLTHROUGH":
    case "TARGET_MATCH":
      return reason.kind;
    default:
      return reason satisfies never;
  }
}
