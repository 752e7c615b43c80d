import {
  clauseSentence,
  type FlagRule,
  type FlagState,
  type RuleClause,
  ruleSentence,
  type Serve,
  serveSentence,
  variationName,
} from "@halyard/instructions";
import { t } from "./text.ts";

/** A part such as `production/rules/ID/serve`, as a person calls it. */
export function partInWords(name: string, flag: FlagState): string {
  const [environment = "", part = "", id = ""] = name.split("/");
  switch (part) {
    case "on":
      return t("part.on");
    case "rules": {
      if (id === "order") return t("part.order");
      if (id === "") return t("part.rules");
      const at = flag.environments[environment]?.rules.findIndex((rule) => rule.id === id) ?? -1;
      return at === -1 ? t("part.aRule") : t("part.rule", { place: at + 1 });
    }
    case "fallthrough":
      return t("part.fallthrough");
    case "offVariationId":
      return t("part.off");
    case "targets":
    case "expiringTargets":
      return t("part.targets");
    case "prerequisites":
      return t("part.prerequisites");
    default:
      return t("part.other", { name: part === "" ? environment : part });
  }
}

/** What is there, in words; values are what `partsTouchedBy` reads of the part of this name. */
export function valueInWords(name: string, value: unknown, flag: FlagState): string {
  const [, part = "", id = "", member = ""] = name.split("/");
  if (part === "on") return value === true ? t("value.on") : t("value.off");
  if (part === "fallthrough") return serveSentence(value as Serve, flag);
  if (part === "offVariationId")
    return typeof value === "string" ? variationName(value, flag) : t("value.codeFallback");
  if (part === "rules" && id !== "" && id !== "order") return ruleValue(member, value, flag);
  if (part === "targets" && typeof value === "string") return variationName(value, flag);
  return value === undefined ? t("value.nothing") : JSON.stringify(value);
}

function ruleValue(member: string, value: unknown, flag: FlagState): string {
  if (value === undefined) return t("value.gone");
  if (member === "") {
    const { clauses, serve } = value as FlagRule;
    return ruleSentence(clauses, serveSentence(serve, flag));
  }
  const read = Object(value) as { readonly isThere?: boolean; readonly is?: unknown };
  if (read.isThere === false) return t("value.gone");
  // A condition of its own is read as it is; with `has` where one value of it is meant.
  if (read.isThere === undefined) {
    const { has, ...clause } = value as RuleClause & { readonly has?: boolean };
    if (has !== undefined) return has ? t("value.has") : t("value.hasNot");
    return clauseSentence(clause);
  }
  if (member === "serve") return serveSentence(read.is as Serve, flag);
  if (Array.isArray(read.is))
    return (read.is as RuleClause[]).map((one) => clauseSentence(one)).join(", ");
  return read.is === undefined || read.is === "" ? t("value.nothing") : String(read.is);
}
