import type { JsonObject } from "@halyard/evaluation";
import { t } from "./text.ts";

/** Why an SDK gave what it gave, as it reported it; empty where it did not. */
export function reasonInWords(reason: JsonObject | undefined): string {
  if (reason === undefined) return "";
  switch (String(reason["kind"])) {
    case "OFF":
      return t("reason.off");
    case "FALLTHROUGH":
      return t("reason.fallthrough");
    case "TARGET_MATCH":
      return t("reason.target");
    case "RULE_MATCH":
      return t("reason.rule", { number: Number(reason["ruleIndex"] ?? 0) + 1 });
    case "PREREQUISITE_FAILED":
      return t("reason.prerequisite", { flag: String(reason["prerequisiteKey"] ?? "") });
    case "ERROR":
      return errorInWords(reason["errorKind"]);
    default:
      return "";
  }
}

function errorInWords(kind: unknown): string {
  switch (kind) {
    case "FLAG_NOT_FOUND":
      return t("reason.error.unknown");
    case "WRONG_TYPE":
      return t("reason.error.type");
    case "CLIENT_NOT_READY":
      return t("reason.error.early");
    case "USER_NOT_SPECIFIED":
      return t("reason.error.context");
    default:
      return t("reason.error", { kind: String(kind ?? "") });
  }
}
