import type { Right, Row } from "./row.ts";

/** The keys of the two projects that everything is asked about in. */
export const ownProject = "own";
export const otherProject = "other";

/** Whoever brings nothing that is known, in the words that a report has for them. */
const strangers = [
  "nobody",
  "an SDK key",
  "a mobile key",
  "an expired token",
  "a revoked token",
] as const;
const known = [
  "a reader",
  "a writer",
  "an admin",
  "a role that allows this alone",
  "a role that denies this alone",
  "a role that sees another project alone",
] as const;

/** Whoever may ask. */
export const principals = [...strangers, ...known] as const;
export type Principal = (typeof principals)[number];
export type KnownPrincipal = (typeof known)[number];

export function isKnown(principal: Principal): principal is KnownPrincipal {
  return known.some((one) => one === principal);
}

interface Statement {
  readonly effect: "allow" | "deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What the three custom roles have to say for a route. */
export function policiesFor(row: Row): Readonly<Record<string, readonly Statement[]>> {
  const rights = row.needs === "being known" ? [] : [row, ...(row.besides ?? [])];
  const seeing = { action: "viewProject", resource: "proj/{projectKey}" };
  const needed = rights.some(({ resource }) => resource.includes("{projectKey}"))
    ? [seeing, ...rights]
    : rights;
  return {
    allowing: needed.map(({ action, resource }) =>
      statement("allow", action, [within(ownProject, resource)]),
    ),
    denying: [
      statement("allow", "*", ["*"]),
      ...rights
        .slice(0, 1)
        .map(({ action, resource }) => statement("deny", action, [within(ownProject, resource)])),
    ],
    elsewhere: [
      statement("allow", "*", [
        `proj/${otherProject}`,
        `proj/${otherProject}:env/*`,
        ...rights.filter(isInProject).map(({ resource }) => within(otherProject, resource)),
      ]),
    ],
  };
}

export function isInProject({ resource }: Pick<Right, "resource">): boolean {
  return resource.includes("{projectKey}");
}

function within(projectKey: string, resource: string): string {
  return resource.replace("{projectKey}", projectKey);
}

function statement(
  effect: "allow" | "deny",
  action: string,
  resources: readonly string[],
): Statement {
  return { effect, actions: [action], resources };
}
