import type { FeatureFlag } from "../api/representations.ts";
import { Swatch } from "../ui/swatch.tsx";
import type { FlagEvaluation } from "./context-representation.ts";
import { shownJson } from "./individual.ts";
import { variationName } from "./use-pin.ts";

/** The variation that a context gets, with its value where the name does not say it. */
export function GivenValue({
  flag,
  answer,
}: {
  readonly flag: FeatureFlag;
  readonly answer: FlagEvaluation;
}) {
  const index = answer.variationIndex ?? undefined;
  const name = variationName(index === undefined ? undefined : flag.variations[index]);
  const value = shownJson(answer._value);
  return (
    <span translate="no" className="inline-flex max-w-full min-w-0 items-center gap-2">
      <Swatch index={index} />
      <span className="truncate font-medium">{name}</span>
      {index !== undefined && value !== name && (
        <code className="max-w-40 truncate font-mono text-[12.5px] text-ink2">{value}</code>
      )}
    </span>
  );
}
