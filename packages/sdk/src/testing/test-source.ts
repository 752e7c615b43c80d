import type { Flag, Json, TargetingRule } from "@halyard/evaluation";
import type { Item } from "../source/first-generation-message.ts";
import type { FlagSource, SourceListener } from "../source/flag-source.ts";

/** A context that a test names: each attribute that is given has to be so. */
export type Match = Readonly<Record<string, Json>>;

interface Given {
  value: Json;
  /** The last that matches counts. */
  readonly cases: { readonly match: Match; readonly value: Json }[];
}

/** Flags that a test gives, as real flags: a value for everyone, and others for whom a test names. */
export class TestSource implements FlagSource {
  readonly #given = new Map<string, Given>();
  #listener: SourceListener | undefined;
  #version = 1;

  constructor(values: Readonly<Record<string, Json>>) {
    for (const [key, value] of Object.entries(values)) this.#given.set(key, { value, cases: [] });
  }

  start(listener: SourceListener): void {
    this.#listener = listener;
    const items = [...this.#given.keys()].map((key) => this.#itemOf(key));
    listener.onChange({ kind: "whole", items, state: this.#state }, "test");
  }

  close(): void {
    this.#listener = undefined;
  }

  has(key: string): boolean {
    return this.#given.has(key);
  }

  set(key: string, value: Json): void {
    this.#alter(key, (given) => {
      given.value = value;
    });
  }

  when(key: string, match: Match, value: Json): void {
    this.#alter(key, ({ cases }) => {
      cases.unshift({ match, value });
    });
  }

  #alter(key: string, change: (given: Given) => void): void {
    const given = this.#given.get(key) ?? { value: null, cases: [] };
    change(given);
    this.#given.set(key, given);
    this.#version += 1;
    const change_ = { kind: "next", items: [this.#itemOf(key)], state: this.#state } as const;
    this.#listener?.onChange(change_, "test");
  }

  get #state(): string {
    return `test:${this.#version}`;
  }

  #itemOf(key: string): Item {
    const given = this.#given.get(key) ?? { value: null, cases: [] };
    return { kind: "flag", key, body: flagOf(key, this.#version, given) };
  }
}

function flagOf(key: string, version: number, { value, cases }: Given): Flag {
  const variations = [value, ...cases.map((one) => one.value)];
  return {
    key,
    version,
    on: true,
    variations,
    rules: cases.map(({ match }, index) => ruleOf(match, index)),
    fallthrough: { variation: 0 },
    clientSideAvailability: { usingEnvironmentId: true, usingMobileKey: true },
  };
}

function ruleOf({ kind = "user", ...attributes }: Match, index: number): TargetingRule {
  const contextKind = String(kind);
  return {
    id: `case ${index + 1}`,
    variation: index + 1,
    clauses: Object.entries(attributes).map(([attribute, value]) => ({
      contextKind,
      attribute,
      op: "in",
      values: Array.isArray(value) ? value : [value],
    })),
  };
}
