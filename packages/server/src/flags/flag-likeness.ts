import { createHash } from "node:crypto";
import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  isSame,
} from "@halyard/instructions";

/** Whether a flag does the same in both environments. Salts and the ids of rules and clauses are each environment's own. */
export function isAlike(flag: FlagState, one: string, other: string): boolean {
  const [a, b] = [configurationIn(flag, one), configurationIn(flag, other)];
  if (a === undefined || b === undefined) return a === b;
  // Tells most of those that differ, without a look at everything that they have.
  if (a.on !== b.on || a.rules.length !== b.rules.length) return false;
  return isSame(withoutIds(a), withoutIds(b));
}

/** The same text for configurations of a flag that do the same, so that a summary can be compared. */
export function likenessOf(configuration: FlagConfiguration): string {
  const text = JSON.stringify(withoutIds(configuration), (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
  return createHash("sha256").update(text).digest("base64url").slice(0, 12);
}

function withoutIds({ salt: _, rules, ...rest }: FlagConfiguration): object {
  return {
    ...rest,
    rules: rules.map(({ id: __, clauses, ...rule }) => ({
      ...rule,
      clauses: clauses.map(({ id: ___, ...clause }) => clause),
    })),
  };
}
