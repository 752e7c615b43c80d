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
  "a role that denies what this takes besides",
] as const;

/** Whoever may ask. */
const principals = [...strangers, ...known] as const;
export type Principal = (typeof principals)[number];
export type KnownPrincipal = (typeof known)[number];

export function isKnown(principal: Principal): principal is KnownPrincipal {
  return known.some((one) => one === principal);
}

/** Who is asked as about a route. */
export function principalsFor(row: Row): readonly Principal[] {
  const takesMore = row.needs !== "being known" && row.besides !== undefined;
  return principals.filter(
    (one) => takesMore || one !== "a role that denies what this takes besides",
  );
}

interface Statement {
  readonly effect: "allow" | "deny";
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What the custom roles have to say for a route. */
export function policiesFor(row: Row): Readonly<Record<string, readonly Statement[]>> {
  const rights = row.needs === "being known" ? [] : [row, ...(row.besides ?? [])];
  const seeing = { action: "viewProject", resource: "proj/{projectKey}" };
  const needed = rights.some(({ resource }) => resource.includes("{projectKey}"))
    ? [seeing, ...rights]
    : rights;
  const denied = ({ action, resource }: Right) =>
    statement("deny", action, [within(ownProject, resource)]);
  return {
    allowing: needed.map(({ action, resource }) =>
      statement("allow", action, [within(ownProject, resource)]),
    ),
    denying: [statement("allow", "*", ["*"]), ...rights.slice(0, 1).map(denied)],
    lacking: [statement("allow", "*", ["*"]), ...rights.slice(1).map(denied)],
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
