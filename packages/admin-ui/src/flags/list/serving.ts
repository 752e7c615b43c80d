import type { Serving } from "../../api/representations.ts";
import { formatShare } from "../../text/format.ts";
import type { ListedConfiguration, ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";

/** A flag as far as its variations are named. */
type Named = Pick<ListedFlag, "variations">;
type Served = Omit<ListedConfiguration, "lastModified">;

function variationName(flag: Named, index: number | undefined): string {
  const variation = index === undefined ? undefined : flag.variations[index];
  if (variation === undefined) return t("list.serves.fallback");
  const { name, value } = variation;
  if (name !== undefined && name !== "") return name;
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

function servingWords(flag: Named, serving: Serving | undefined): string {
  const parts = serving?.rollout?.variations.filter(({ weight }) => weight > 0);
  if (parts === undefined) return variationName(flag, serving?.variation);
  return parts
    .map(({ weight, variation }) =>
      t("list.serves.part", {
        share: formatShare(weight / 100_000),
        variation: variationName(flag, variation),
      }),
    )
    .join(" · ");
}

/** What an environment serves, in so few words that a cell holds them. */
export function servingOf(flag: Named, configuration: Served): string {
  const { on, offVariation, fallthrough, _summary } = configuration;
  if (!on) return t("list.serves.off", { variation: variationName(flag, offVariation) });
  const rest = servingWords(flag, fallthrough);
  const rules = _summary?.rules ?? configuration.rules?.length ?? 0;
  if (rules > 0) return t("list.serves.rules", { count: rules, rest });
  const targets = Object.values(_summary?.variations ?? {}).reduce(
    (sum, { targets: users, contextTargets }) => sum + users + contextTargets,
    0,
  );
  if (targets > 0) return t("list.serves.targets", { count: targets, rest });
  return fallthrough?.rollout === undefined ? t("list.serves.everyone", { variation: rest }) : rest;
}

/** The one variation that everyone gets, for its colour; undefined where there are several. */
export function soleVariation({ on, offVariation, fallthrough, _summary }: ListedConfiguration) {
  if (!on) return offVariation;
  return (_summary?.rules ?? 0) > 0 ? undefined : fallthrough?.variation;
}
