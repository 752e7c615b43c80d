import type { FlagRepresentation } from "../flags/state/flag-representation.ts";
import { sdkNamed } from "../sdks/connected-sdk.ts";
import type { TailLine } from "../tail/tail.ts";
import { valueInWords } from "../tail/tail-words.ts";
import { formatSecond } from "../text/format.ts";
import { Swatch } from "../ui/swatch.tsx";
import { t } from "./text.ts";

const shown = 6;

/** The newest evaluations, as they come in. */
export function EvaluationLines(props: {
  readonly evaluations: readonly TailLine[];
  readonly flag: FlagRepresentation;
}) {
  const { evaluations, flag } = props;
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-ink3">{t("signs.log")}</h3>
      <ul className="space-y-0.5 rounded-md bg-sunken p-2 text-xs">
        {evaluations.slice(0, shown).map((one) => (
          <li
            key={one.id}
            className="flex min-w-0 animate-glow items-center gap-2 rounded px-1 leading-5"
          >
            <time translate="no" className="font-mono text-ink3 tabular-nums">
              {formatSecond(one.at)}
            </time>
            <Swatch index={one.variation ?? undefined} />
            <span translate="no" className="min-w-0 truncate font-mono">
              {valueInWords(one, flag.variations)}
            </span>
            <span className="ml-auto whitespace-nowrap text-ink2">
              {one.n === 1 && one.sdk !== undefined
                ? t.rich("signs.sdk", {
                    sdk: (
                      <span key="sdk" translate="no">
                        {sdkNamed(one.sdk)}
                      </span>
                    ),
                  })
                : t("signs.times", { count: one.n })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
