import {
  type FlagConfiguration,
  type FlagState,
  type FlagTarget,
  type FlagVariation,
  ruleSentence,
  serveSentence,
  variationName,
} from "@halyard/instructions";
import { formatList, formatMoment } from "../text/format.ts";
import { t } from "./text.ts";

const valuesShown = 30;

/** What is true of the flag everywhere, a line each. */
export function settingLines(flag: FlagState): readonly string[] {
  const { clientSideAvailability: readers } = flag;
  return [
    t("words.name", { name: flag.name }),
    ...optional(flag.description, (text) => t("words.description", { text })),
    ...flag.variations.map(variationLine),
    flag.temporary ? t("words.temporary") : t("words.permanent"),
    ...optional(formatList(flag.tags), (tags) => t("words.tags", { tags })),
    ...optional(flag.maintainerTeamKey ?? "", (team) => t("words.team", { team })),
    ...optional(flag.maintainerId ?? "", (id) => t("words.maintainer", { id })),
    ...(readers.usingMobileKey ? [t("words.mobile")] : []),
    ...(readers.usingEnvironmentId ? [t("words.browsers")] : []),
    ...Object.values(flag.customProperties).map(({ name, values }) =>
      t("words.property", { name, values: formatList(values) }),
    ),
    t("words.defaults", {
      on: variationName(flag.defaults.onVariationId, flag),
      off: variationName(flag.defaults.offVariationId, flag),
    }),
    ...(flag.archived ? [t("words.archived")] : []),
    ...(flag.deprecated ? [t("words.deprecated")] : []),
  ];
}

/** What the flag does in an environment, a line each, whether it is on or not. */
export function configurationLines(
  flag: FlagState,
  configuration: FlagConfiguration,
): readonly string[] {
  const { offVariationId, rules, expiringTargets = [] } = configuration;
  return [
    configuration.on ? t("words.on") : t("words.off"),
    ...configuration.prerequisites.map(({ key }) => t("words.requires", { flag: key })),
    ...configuration.targets.flatMap((target) => targetLines(flag, target)),
    ...expiringTargets.map(({ contextKind, contextKey, expiresAt }) =>
      t("words.until", { context: `${contextKind} ${contextKey}`, time: formatMoment(expiresAt) }),
    ),
    ...rules.map(({ description = "", clauses, serve, trackEvents }) => {
      const title = description === "" ? "" : `${description}: `;
      const tracked = trackEvents ? ` (${t("words.tracked")})` : "";
      return `${title}${ruleSentence(clauses, serveSentence(serve, flag), valuesShown)}${tracked}`;
    }),
    t("words.else", { serves: serveSentence(configuration.fallthrough, flag) }),
    offVariationId === undefined
      ? t("words.offFallback")
      : t("words.offServes", { variation: variationName(offVariationId, flag) }),
    ...(configuration.trackEvents ? [t("words.trackEvents")] : []),
    ...(configuration.trackEventsFallthrough ? [t("words.trackFallthrough")] : []),
    ...(configuration.checkRatio === undefined
      ? []
      : [t("words.checkRatio", { ratio: configuration.checkRatio })]),
  ];
}

function variationLine({ value, name = "", description = "" }: FlagVariation): string {
  const words = [name, JSON.stringify(value), description].filter((word) => word !== "");
  return t("words.variation", { words: words.join(" · ") });
}

/** A line for each context, so that one of a thousand shows. */
function targetLines(flag: FlagState, { contextKind, values, variationId }: FlagTarget) {
  const variation = variationName(variationId, flag);
  return values.map((key) => t("words.target", { context: `${contextKind} ${key}`, variation }));
}

function optional(text: string, line: (text: string) => string): readonly string[] {
  return text === "" ? [] : [line(text)];
}
