import type { FlagKind, NewFlag } from "./new-flag.ts";

export const templates = [
  "release",
  "killSwitch",
  "experiment",
  "migration",
  "permission",
] as const;
export type Template = (typeof templates)[number];

type Shape = Pick<NewFlag, "kind" | "variations" | "on" | "off" | "isTemporary" | "isMigration">;

/** The first is what off gives, unless it is said otherwise. */
export const migrationStages = ["off", "dualwrite", "shadow", "live", "rampdown", "complete"];

const strings = (...values: readonly string[]) =>
  values.map((value, id) => ({ id, value, name: "" }));
const booleans = [
  { id: 0, value: "true", name: "" },
  { id: 1, value: "false", name: "" },
];
const usual = { on: 1, off: 0, isTemporary: true, isMigration: false } as const;
const boolean = { ...usual, kind: "boolean", variations: booleans, on: 0, off: 1 } as const;

/** What flags of a purpose mostly are. */
export const templateShapes: Readonly<Record<Template, Shape>> = {
  release: { ...usual, kind: "string", variations: strings("old", "new") },
  killSwitch: { ...boolean, isTemporary: false },
  experiment: { ...usual, kind: "string", variations: strings("control", "treatment") },
  migration: {
    ...usual,
    kind: "string",
    isMigration: true,
    variations: strings(...migrationStages),
    on: 0,
    off: 0,
  },
  permission: { ...boolean, isTemporary: false },
};

const values: Readonly<Record<FlagKind, readonly [string, string]>> = {
  string: ["old", "new"],
  boolean: ["true", "false"],
  number: ["0", "1"],
  json: ["{}", '{"enabled":true}'],
};

/** What a flag of another kind begins with. */
export function shapeOfKind(kind: FlagKind): Pick<NewFlag, "kind" | "variations" | "on" | "off"> {
  if (kind === "boolean") return { kind, variations: booleans, on: 0, off: 1 };
  return { kind, variations: strings(...values[kind]), on: 1, off: 0 };
}
