import type { Json } from "@halyard/evaluation";
import { t } from "./text.ts";

export type ValueKind = "boolean" | "string" | "number" | "json";

/** Of what type a flag's values are: the server holds them all to that of the first. */
export function kindOfValues(variations: readonly { readonly value: Json }[]): ValueKind {
  const kind = typeof variations[0]?.value;
  return kind === "boolean" || kind === "string" || kind === "number" ? kind : "json";
}

/** The value as it is typed. */
export function textOfValue(value: Json, kind: ValueKind): string {
  if (kind === "string" && typeof value === "string") return value;
  return JSON.stringify(value, null, 2);
}

export type TypedValue = { readonly value: Json } | { readonly problem: string };

/** The value that was typed, or what is wrong with it and where. */
export function valueFrom(text: string, kind: ValueKind): TypedValue {
  if (kind === "string") return { value: text };
  if (kind === "number") return numberFrom(text);
  if (text.trim() === "") return { problem: t("value.empty") };
  try {
    const value: Json = JSON.parse(text);
    return { value };
  } catch (error) {
    return { problem: problemOfJson(text, error instanceof Error ? error.message : "") };
  }
}

function numberFrom(text: string): TypedValue {
  const plain = text.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/iu.test(plain) || !Number.isFinite(Number(plain)))
    return { problem: t("value.noNumber") };
  return { value: Number(plain) };
}

/** Browsers say in their own words what is wrong, but all of them say where; at the end they do not. */
function problemOfJson(text: string, message: string): string {
  const [, line, column] = /line (\d+) column (\d+)/u.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return t("value.noJson", { line, column });
  const position = /position (\d+)/u.exec(message)?.[1];
  const before = position === undefined ? text : text.slice(0, Number(position));
  const lines = before.split("\n");
  return t("value.noJson", { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 });
}
