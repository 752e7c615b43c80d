import type { ProviderOptions } from "@halyard/sdk/openfeature";
import type { JsonValue } from "@openfeature/core";

/** A flag that the scenarios speak of. */
export interface SpecFlag {
  readonly key: string;
  readonly variants: Readonly<Record<string, JsonValue>>;
  /** The name of the variant that everybody gets, or all but those of the rule. */
  readonly serves: string;
  /** Off, and without a value for that. */
  readonly isDisabled?: true;
  /** Attributes and what they have to be, each one of a list, for the variant. */
  readonly rule?: {
    readonly when: Readonly<Record<string, readonly JsonValue[]>>;
    readonly serves: string;
  };
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
}

const pictures = { showImages: true, title: "Check out these pics!", imagesPerPage: 100 };
const audience = { internal: "INTERNAL", external: "EXTERNAL" };
/** A name in a text field may have been read as text, too. */
const isNoCustomer: readonly JsonValue[] = [false, "false"];

/** By type: the variants, the one that is served, and the one that counts as nothing. */
const types = {
  boolean: { variants: { on: true, off: false }, serves: "on", zero: "off" },
  string: {
    variants: { greeting: "hi", parting: "bye", empty: "" },
    serves: "greeting",
    zero: "empty",
  },
  integer: { variants: { one: 1, ten: 10, none: 0 }, serves: "ten", zero: "none" },
  float: { variants: { tenth: 0.1, half: 0.5, none: 0 }, serves: "half", zero: "none" },
  object: { variants: { template: pictures, empty: {} }, serves: "template", zero: "empty" },
} as const;

const ofEachType = Object.entries(types).flatMap(
  ([type, { variants, serves, zero }]): SpecFlag[] => [
    { key: `${type}-flag`, variants, serves },
    { key: `${type}-zero-flag`, variants, serves: zero },
    {
      key: `${type}-targeted-zero-flag`,
      variants,
      serves: zero,
      rule: { when: { email: ["ballmer@macrosoft.com"] }, serves: zero },
    },
    { key: `${type}-disabled-flag`, variants, serves, isDisabled: true },
  ],
);

export const specFlags: readonly SpecFlag[] = [
  ...ofEachType,
  { key: "wrong-flag", variants: { one: "uno", two: "dos" }, serves: "one" },
  {
    key: "context-aware",
    variants: audience,
    serves: "external",
    rule: {
      when: { fn: ["Sulisław"], ln: ["Świętopełk"], age: [29], customer: isNoCustomer },
      serves: "internal",
    },
  },
  {
    key: "complex-targeted",
    variants: audience,
    serves: "external",
    rule: {
      when: {
        email: ["ballmer@macrosoft.com"],
        role: ["admin"],
        age: [65],
        customer: isNoCustomer,
      },
      serves: "internal",
    },
  },
  {
    key: "metadata-flag",
    variants: { on: true, off: false },
    serves: "on",
    metadata: { string: "1.0.2", integer: 2, float: 0.1, boolean: true },
  },
];

/** What the flags' definitions do not carry. */
export const descriptions: NonNullable<ProviderOptions["flags"]> = Object.fromEntries(
  specFlags.map(({ key, variants, metadata }) => [
    key,
    { variants: Object.keys(variants), ...(metadata && { metadata }) },
  ]),
);
