import type { ConfigurationRepresentation } from "../state/flag-representation.ts";
import type { ShownFlag } from "./shown-flag.ts";
import { t } from "./text.ts";

type Variations = Pick<ShownFlag, "variations">;

/** What an environment gives, in a line. */
export function summaryOf(flag: Variations, configuration: ConfigurationRepresentation): string {
  const { on, offVariation, rules, fallthrough } = configuration;
  if (!on) return t("serves.off", { name: nameAt(flag, offVariation) });
  const parts = fallthrough.rollout?.variations.filter(({ weight }) => weight > 0);
  const rest =
    parts === undefined
      ? nameAt(flag, fallthrough.variation)
      : parts
          .map(({ variation, weight }) =>
            t("serves.part", { percent: weight / 1_000, name: nameAt(flag, variation) }),
          )
          .join(" · ");
  if (rules.length > 0) return t("serves.rules", { count: rules.length, rest });
  return parts === undefined ? t("serves.everyone", { name: rest }) : rest;
}

/** A variation's name, or its value where it has none. */
export function nameAt({ variations }: Variations, index: number | undefined): string {
  const variation = index === undefined ? undefined : variations[index];
  if (variation === undefined) return t("serves.codeDefault");
  const { name, value } = variation;
  if (name !== undefined && name !== "") return name;
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}
