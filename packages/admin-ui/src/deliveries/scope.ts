/** Which changes somebody is told of. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "project" }
  /** Flags and segments of one environment of the project. */
  | { readonly kind: "environment"; readonly environment: string }
  /** JSON, as it is typed. */
  | { readonly kind: "policy"; readonly text: string };

type Statements = readonly object[];

/** What was chosen to get these statements, seen from a project. */
export function scopeOf(statements: Statements, project: string): Scope {
  if (statements.length === 0) return { kind: "all" };
  const text = JSON.stringify(statements);
  if (text === JSON.stringify(ofProject(project))) return { kind: "project" };
  const environment = /:env\/([^*:"]+):/u.exec(text)?.[1];
  if (environment !== undefined && text === JSON.stringify(ofEnvironment(project, environment)))
    return { kind: "environment", environment };
  return { kind: "policy", text: JSON.stringify(statements, null, 2) };
}

/** The statements of a choice, or what is wrong with those that were typed. */
export function statementsOf(
  scope: Scope,
  project: string,
): { readonly statements: Statements } | { readonly problem: string } {
  switch (scope.kind) {
    case "all":
      return { statements: [] };
    case "project":
      return { statements: ofProject(project) };
    case "environment":
      return { statements: ofEnvironment(project, scope.environment) };
    case "policy":
      return typedStatements(scope.text);
    default:
      return scope satisfies never;
  }
}

function ofProject(project: string): Statements {
  const within = [
    "env/*",
    "env/*:flag/*",
    "env/*:segment/*",
    "context-kind/*",
    "release-pipeline/*",
  ];
  return allowing([`proj/${project}`, ...within.map((one) => `proj/${project}:${one}`)]);
}

function ofEnvironment(project: string, environment: string): Statements {
  const place = `proj/${project}:env/${environment}`;
  return allowing([`${place}:flag/*`, `${place}:segment/*`]);
}

function allowing(resources: readonly string[]): Statements {
  return [{ effect: "allow", actions: ["*"], resources }];
}

function typedStatements(
  text: string,
): { readonly statements: Statements } | { readonly problem: string } {
  if (text.trim() === "") return { statements: [] };
  try {
    const read: unknown = JSON.parse(text);
    const isList =
      Array.isArray(read) && read.every((one: unknown) => typeof one === "object" && one !== null);
    return isList ? { statements: read as object[] } : { problem: "write [{…}, {…}]" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
