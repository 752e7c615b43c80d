import type { JsonObject } from "@halyard/evaluation";
import { Swatch } from "../../ui/swatch.tsx";
import { impactInWords } from "../draft/impact-words.ts";
import type { Given, Impact } from "../draft/use-impact.ts";
import { t } from "./text.ts";

interface ImpactShownProps {
  readonly impact: Impact;
  /** What the variation at a place is called; without a place it is the code's own value. */
  readonly nameOf: (index: number | undefined) => string;
}

/** In a sentence, with examples. */
export function ImpactShown({ impact, nameOf }: ImpactShownProps) {
  const { withPrivateAttributesCount: count, evaluationsPerMinute, examples } = impact;
  const sentence = impactInWords(impact);
  return (
    <div className="space-y-2">
      <p role="status">
        {sentence.charAt(0).toUpperCase() + sentence.slice(1)}.{" "}
        <span className="text-ink2">
          {evaluationsPerMinute >= 1 &&
            t("review.impact.rate", { count: Math.round(evaluationsPerMinute) })}{" "}
          {count > 0 && t("review.impact.private", { count })}
        </span>
      </p>
      {examples.length > 0 && (
        <ul aria-label={t("review.impact.examples")} className="space-y-1">
          {examples.map((example) => (
            <li
              key={JSON.stringify(example.context)}
              className="flex flex-wrap items-center gap-x-3 gap-y-0.5 rounded-md bg-sunken px-2 py-1.5"
            >
              <code translate="no" className="font-mono text-[12.5px]">
                {nameOfContext(example.context)}
              </code>
              <span className="flex flex-wrap items-center gap-1.5 text-[13px]">
                {t.rich("review.impact.becomes", {
                  before: <GivenName key="before" given={example.before} nameOf={nameOf} />,
                  after: <GivenName key="after" given={example.after} nameOf={nameOf} />,
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function GivenName({
  given,
  nameOf,
}: Pick<ImpactShownProps, "nameOf"> & { readonly given: Given }) {
  const index = given.variationIndex ?? undefined;
  return (
    <span translate="no" className="inline-flex items-center gap-1.5 font-medium">
      <Swatch index={index} /> {nameOf(index)}
    </span>
  );
}

/** `ada`, or `user:ada org:acme` where there are several kinds. */
export function nameOfContext(context: JsonObject): string {
  const { kind, key } = context;
  if (kind !== "multi") return String(key);
  return Object.entries(context)
    .flatMap(([name, one]) =>
      typeof one === "object" && one !== null && "key" in one
        ? [`${name}:${String(one["key"])}`]
        : [],
    )
    .join(" ");
}
