import type { Flag, Segment } from "@halyard/evaluation";
import type { ArrivedFlags } from "./answer.ts";

/** The flags of a set as a REST export has them, so that a server can take them in. */
export function exportOf(
  set: ArrivedFlags,
  environmentKey: string,
): { flags: object[]; segments: object[] } {
  return {
    flags: Object.values(set.flags).map((flag) => exportedFlag(flag, environmentKey)),
    segments: Object.values(set.segments).map(exportedSegment),
  };
}

function exportedFlag(flag: Flag, environmentKey: string): object {
  const { key, version: _, variations, rules, ...configuration } = flag;
  return {
    key,
    name: key,
    clientSideAvailability: { usingEnvironmentId: true, usingMobileKey: true },
    variations: (variations ?? []).map((value, at) => ({ _id: `${key}-at-${at}`, value })),
    environments: {
      [environmentKey]: {
        ...withoutNulls(configuration),
        rules: (rules ?? []).map(({ id, clauses, ...rule }) => ({
          ...withoutNulls(rule),
          _id: id ?? "",
          clauses: (clauses ?? []).map(exportedClause),
        })),
      },
    },
  };
}

function exportedSegment({ key, version: _, rules, ...segment }: Segment): object {
  return {
    ...withoutNulls(segment),
    key,
    salt: segment.salt ?? "",
    rules: (rules ?? []).map(({ clauses, ...rule }, at) => ({
      ...withoutNulls(rule),
      _id: `rule-${at}`,
      clauses: (clauses ?? []).map(exportedClause),
    })),
  };
}

/** An export names an attribute and values in every clause, also where none are asked. */
function exportedClause(clause: object): object {
  return { attribute: "", values: [], ...withoutNulls(clause) };
}

function withoutNulls(from: object): object {
  const entries: (readonly [string, unknown])[] = Object.entries(from);
  const kept = entries.filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(kept.map(([name, member]) => [name, cleaned(name, member)]));
}

function cleaned(name: string, member: unknown): unknown {
  // The values of a clause may well hold null.
  if (name === "values" || typeof member !== "object" || member === null) return member;
  if (Array.isArray(member)) return member.map((one: unknown) => cleaned("", one));
  return withoutNulls(member);
}
