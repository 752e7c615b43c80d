import type { Json } from "@halyard/evaluation";
import type { EvalMessage } from "../live/evaluation-messages.ts";

/** What the SDK says it gave, as JSON; where it does not, the variation's value. */
export function valueInWords(
  { value, variation }: Pick<EvalMessage, "value" | "variation">,
  variations: readonly { readonly value: Json }[] | undefined,
): string {
  return JSON.stringify(value ?? variations?.[variation ?? -1]?.value ?? null);
}

/** The key of a context, with its kind where that is not a user; several kinds joined. */
export function contextInWords(context: EvalMessage["context"]): string {
  if (context === undefined) return "";
  const { kind, key } = context;
  if (typeof key === "string")
    return kind === "user" || kind === undefined ? key : `${kind}:${key}`;
  return Object.entries(context)
    .flatMap(([name, one]) => {
      if (name === "kind") return [];
      if (typeof one === "string") return [name === "user" ? one : `${name}:${one}`];
      const inner =
        typeof one === "object" && one !== null && "key" in one ? one["key"] : undefined;
      return typeof inner === "string" ? [`${name}:${inner}`] : [];
    })
    .join(" + ");
}

/** Whether a line has the text in what is shown of it: value, context, SDK or reason. */
export function hasText(shown: readonly string[], typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return wanted === "" || shown.some((one) => one.toLowerCase().includes(wanted));
}
