import type { SeenContextObject } from "./segment-impact.ts";
import { t } from "./text.ts";

export type ReadContext =
  | { readonly context: SeenContextObject; readonly problem?: undefined }
  | { readonly context?: undefined; readonly problem: string | undefined };

/** The context that was typed, or what is wrong with it; nothing at all is nothing wrong. */
export function readContext(typed: string): ReadContext {
  if (typed.trim() === "") return { problem: undefined };
  try {
    const read: unknown = JSON.parse(typed);
    if (typeof read === "object" && read !== null && !Array.isArray(read))
      return { context: read as SeenContextObject }; // What JSON has in braces.
    return { problem: t("try.notObject", { example: '{ "kind": "user", "key": "ada" }' }) };
  } catch {
    return { problem: t("try.notJson") };
  }
}

/** `ada`, or `user ada · org acme` where there are several kinds. */
export function nameOf(context: SeenContextObject): string {
  if (context["kind"] !== "multi") return String(context["key"] ?? "");
  return Object.entries(context)
    .flatMap(([kind, one]) =>
      typeof one === "object" && one !== null && "key" in one
        ? [`${kind} ${String(one["key"])}`]
        : [],
    )
    .join(" · ");
}
