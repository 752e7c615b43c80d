import { TriangleAlert } from "lucide-react";
import { useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t, warning as w } from "./text.ts";
import { useSurroundings } from "./use-surroundings.ts";
import { type Warning, warningsOf } from "./warnings.ts";

/** What is probably not meant; nothing stands in the way of saving. */
export function WarningList() {
  const { saved, drafted, environment } = useDraftDesk();
  const { flag } = useFlagPage();
  const warnings = warningsOf({ saved, drafted, environment }, useSurroundings());
  const nameOf = (variationId: string) => {
    const index = flag.variations.findIndex(({ _id }) => _id === variationId);
    return nameAt(flag, index === -1 ? undefined : index);
  };
  return (
    <div role="status" className="empty:hidden">
      {warnings.length > 0 && (
        <section className="rounded-lg border border-prod/40 bg-prodbg p-3">
          <h3 className="flex items-center gap-2 font-semibold text-prod">
            <TriangleAlert size={16} aria-hidden />
            {t("review.warnings")}
          </h3>
          <ul className="mt-1 list-disc space-y-0.5 pl-6">
            {warnings.map((one) => (
              <li key={JSON.stringify(one)}>{warningInWords(one, nameOf)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function warningInWords(warning: Warning, nameOf: (variationId: string) => string): string {
  switch (warning.kind) {
    case "off":
      return w("warning.off");
    case "unreachable": {
      const places = { rule: warning.rule + 1, by: warning.by + 1 };
      return warning.isSame
        ? w("warning.unreachable.same", places)
        : w("warning.unreachable", places);
    }
    case "noConditions":
      return w("warning.noConditions", { rule: warning.rule + 1 });
    case "attribute": {
      const { attribute, nearest } = warning;
      return nearest === undefined
        ? w("warning.attribute", { attribute })
        : w("warning.attribute.nearest", { attribute, nearest });
    }
    case "type":
      return w("warning.type", warning);
    case "moves": {
      const [moved, needed] = [warning.moved / 1_000, warning.needed / 1_000];
      return w("warning.moves", { where: whereOf(warning.rule), moved, needed });
    }
    case "dealtAnew":
      return w("warning.dealtAnew", { where: whereOf(warning.rule) });
    case "prerequisite":
      return w("warning.prerequisite", { key: warning.key });
    case "twice": {
      const { contextKind: kind, key, firstId } = warning;
      return w("warning.twice", { kind, key, first: nameOf(firstId) });
    }
    case "unserved":
      return w("warning.unserved", { variation: nameOf(warning.variationId) });
    case "notAsked":
      return w("warning.notAsked");
    default:
      return warning satisfies never;
  }
}

function whereOf(rule: number | undefined): string {
  return rule === undefined ? w("warning.ofEveryone") : w("warning.inRule", { rule: rule + 1 });
}
