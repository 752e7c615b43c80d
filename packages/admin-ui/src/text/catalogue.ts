import type { ReactNode } from "react";
import { isPseudo, locale } from "./locale.ts";
import { pseudo } from "./pseudo.ts";

/** A text with `{names}` in it, or one for each plural form that the language has, told by `{count}`. */
export type Message = string | { readonly one: string; readonly other: string };

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type NamesOf<M extends Message> = M extends string
  ? NamesIn<M>
  : M extends { readonly one: infer One; readonly other: infer Other }
    ? "count" | NamesIn<One> | NamesIn<Other>
    : never;
type Values<M extends Message, Value> = {
  readonly [Name in NamesOf<M>]: Name extends "count" ? number : Value;
};
type Given<M extends Message, Value> = [NamesOf<M>] extends [never]
  ? []
  : [values: Values<M, Value>];

export interface Translate<Messages extends Readonly<Record<string, Message>>> {
  <Key extends keyof Messages & string>(
    key: Key,
    ...given: Given<Messages[Key], string | number>
  ): string;
  /** The same with elements in it, such as a key in bold. */
  rich<Key extends keyof Messages & string>(
    key: Key,
    ...given: Given<Messages[Key], ReactNode>
  ): ReactNode[];
}

const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

/**
 * The texts of a concept, and how to say them: `t("flag.off", { name })`. Each concept has its own, so
 * that a page brings only what it says.
 */
export function catalogue<const Messages extends Readonly<Record<string, Message>>>(
  messages: Messages,
): Translate<Messages> {
  const pieces = (key: string, values: Readonly<Record<string, ReactNode>> = {}): ReactNode[] => {
    const message: Message = messages[key] ?? key;
    const text = typeof message === "string" ? message : message[formOf(values["count"])];
    const parts = text.split(/\{(\w+)\}/u);
    const said = parts.map((part, at) => (at % 2 === 0 ? marked(part) : shown(values[part])));
    return isPseudo ? ["⟦", ...said, "⟧"] : said;
  };
  return Object.assign(
    (key: string, values?: Readonly<Record<string, ReactNode>>) => pieces(key, values).join(""),
    { rich: pieces },
  );
}

function formOf(count: ReactNode): "one" | "other" {
  return plurals.select(Number(count)) === "one" ? "one" : "other";
}

function marked(text: string): string {
  return isPseudo ? pseudo(text) : text;
}

function shown(value: ReactNode): ReactNode {
  return typeof value === "number" ? numbers.format(value) : value;
}
