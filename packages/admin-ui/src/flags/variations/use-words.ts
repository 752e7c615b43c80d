import { t } from "./text.ts";
import type { Use } from "./uses.ts";

/** As `25% of rule 2`. */
export function wordsOfUse(use: Use): string {
  switch (use.kind) {
    case "targets":
      return t("use.targets", { count: use.count });
    case "rule": {
      const { number, weight } = use;
      if (weight === undefined) return t("use.rule", { number });
      return t("use.rule.share", { number, percent: weight / 1_000 });
    }
    case "everyone": {
      const { isElse, weight } = use;
      if (weight === undefined) return isElse ? t("use.else") : t("use.everyone");
      const percent = weight / 1_000;
      return isElse ? t("use.else.share", { percent }) : t("use.everyone.share", { percent });
    }
    case "off":
      return t("use.off");
    default:
      return use satisfies never;
  }
}
