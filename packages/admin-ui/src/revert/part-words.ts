import { t } from "./text.ts";

const known = [
  "rules",
  "targets",
  "on",
  "fallthrough",
  "offVariationId",
  "prerequisites",
  "salt",
  "expiringTargets",
  "name",
  "description",
  "variations",
  "maintainer",
  "defaults",
  "archived",
  "clientSideAvailability",
  "customProperties",
] as const;

/** A part such as `production/rules` as a person calls it. */
export function partInWords(part: string, nameOf: (environmentKey: string) => string): string {
  const at = part.indexOf("/");
  const name = known.find((one) => one === part.slice(at + 1));
  const words = name === undefined ? t("part.other") : t(`part.${name}`);
  return at === -1 ? words : t("part.in", { part: words, environment: nameOf(part.slice(0, at)) });
}

/** The list as the beginning of a sentence. */
export function atBeginning(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
