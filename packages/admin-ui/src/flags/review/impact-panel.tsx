import type { JsonObject } from "@halyard/evaluation";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { impactInWords } from "../draft/impact-words.ts";
import { type Given, type Impact, useImpact } from "../draft/use-impact.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { t } from "./text.ts";

/** For how many of those that were seen the value changes, with examples. */
export function ImpactPanel() {
  const { data, error } = useImpact();
  if (error !== null)
    return <p className="text-ink2">{t("review.impact.failed", { why: error.message })}</p>;
  if (data === undefined)
    return (
      <Skeleton>
        <Bone className="h-5 w-72" />
      </Skeleton>
    );
  return <Shown impact={data} />;
}

function Shown({ impact }: { readonly impact: Impact }) {
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
                  before: <GivenName key="before" given={example.before} />,
                  after: <GivenName key="after" given={example.after} />,
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function GivenName({ given }: { readonly given: Given }) {
  const { flag } = useFlagPage();
  const index = given.variationIndex ?? undefined;
  return (
    <span translate="no" className="inline-flex items-center gap-1.5 font-medium">
      <Swatch index={index} /> {nameAt(flag, index)}
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
