import { apiPath } from "../api/queries.ts";

/** After how many days a flag comes onto the board, by what it is there for. */
export interface LifecycleRules {
  readonly servedDays: number;
  readonly unaskedDays: number;
  readonly unusedDays: number;
}

export const usualRules = {
  servedDays: 7,
  unaskedDays: 7,
  unusedDays: 14,
} as const satisfies LifecycleRules;
export const ruleNames = ["servedDays", "unaskedDays", "unusedDays"] as const;
export const mostDays = 365;

export function lifecyclePath(project: string): string {
  return apiPath("projects", project, "lifecycle");
}

/** A JSON Patch of what was changed; empty where nothing was. */
export function rulesPatch(before: LifecycleRules, after: LifecycleRules) {
  return ruleNames
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ op: "replace", path: `/${name}`, value: after[name] }));
}

export function areValid(rules: LifecycleRules): boolean {
  return ruleNames.every((name) => {
    const days = rules[name];
    return Number.isInteger(days) && days >= 1 && days <= mostDays;
  });
}
