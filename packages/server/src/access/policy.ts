import { z } from "zod";
import {
  asksForFacts,
  matchesGlob,
  matchesResource,
  parseSpecifier,
  type Resource,
  type ResourcePattern,
  SpecifierError,
} from "./resource.ts";

const Names = z.array(z.string().min(1)).min(1);

/** One statement of a policy, as REST takes and shows it. */
export const Statement = z
  .object({
    effect: z.enum(["allow", "deny"]),
    actions: Names.optional(),
    notActions: Names.optional(),
    resources: Names.optional(),
    notResources: Names.optional(),
  })
  .check(({ value, issues }) => {
    const problem = problemOf(value);
    if (problem !== undefined) issues.push({ code: "custom", message: problem, input: value });
  });
export type Statement = z.infer<typeof Statement>;

/** What a role or a token may do: denying wins over allowing, and what is not mentioned is denied. */
export interface Policy {
  readonly statements: readonly CompiledStatement[];
  /** Where it comes from, such as "the role deployer"; absent where that is plain. */
  readonly origin?: string;
  /** Whether tags or properties of resources play a part. */
  readonly asksForFacts: boolean;
}

interface CompiledStatement {
  /** As it is written. */
  readonly source: Statement;
  readonly isAllowing: boolean;
  readonly actions: readonly string[];
  readonly isOtherThanActions: boolean;
  readonly resources: readonly ResourcePattern[];
  readonly isOtherThanResources: boolean;
}

/** Values of role attributes by name, which stand for `${roleAttribute/NAME}` in specifiers. */
export type RoleAttributes = Readonly<Record<string, readonly string[]>>;

export function compilePolicy(
  statements: readonly Statement[],
  attributes: RoleAttributes = {},
): Policy {
  const compiled = statements.map((statement) => compileStatement(statement, attributes));
  return {
    statements: compiled,
    asksForFacts: compiled.some(({ resources }) => resources.some(asksForFacts)),
  };
}

export function permits({ statements }: Policy, action: string, resource: Resource): boolean {
  let isAllowed = false;
  for (const statement of statements) {
    if (!applies(statement, action, resource)) continue;
    if (!statement.isAllowing) return false;
    isAllowed = true;
  }
  return isAllowed;
}

/** The statement of a policy that decides: the first that denies, or else the first that allows. */
export function decidingStatement(
  { statements }: Policy,
  action: string,
  resource: Resource,
): Statement | undefined {
  const applying = statements.filter((statement) => applies(statement, action, resource));
  return (applying.find(({ isAllowing }) => !isAllowing) ?? applying[0])?.source;
}

function applies(statement: CompiledStatement, action: string, resource: Resource): boolean {
  const namesAction = statement.actions.some((name) => matchesGlob(name, action));
  if (namesAction === statement.isOtherThanActions) return false;
  const namesResource = statement.resources.some((pattern) => matchesResource(pattern, resource));
  return namesResource !== statement.isOtherThanResources;
}

function compileStatement(statement: Statement, attributes: RoleAttributes): CompiledStatement {
  const { effect, actions, notActions = [], resources, notResources = [] } = statement;
  return {
    source: statement,
    isAllowing: effect === "allow",
    actions: actions ?? notActions,
    isOtherThanActions: actions === undefined,
    resources: (resources ?? notResources)
      .flatMap((specifier) => withAttributes(specifier, attributes))
      .map(parseSpecifier),
    isOtherThanResources: resources === undefined,
  };
}

/** The specifier once for each value of the attributes it names; none where an attribute has no value. */
function withAttributes(specifier: string, attributes: RoleAttributes): string[] {
  const found = /\$\{roleAttribute\/([^}]+)\}/u.exec(specifier);
  if (found?.[1] === undefined) return [specifier];
  const [placeholder, name] = found;
  const values = Object.hasOwn(attributes, name) ? (attributes[name] ?? []) : [];
  return values.flatMap((value) =>
    withAttributes(
      specifier.replace(placeholder, () => value),
      attributes,
    ),
  );
}

function problemOf(statement: z.input<typeof Statement>): string | undefined {
  const { actions, notActions, resources, notResources } = statement;
  if ((actions === undefined) === (notActions === undefined)) {
    return "give either actions or notActions";
  }
  if ((resources === undefined) === (notResources === undefined)) {
    return "give either resources or notResources";
  }
  try {
    for (const specifier of [...(resources ?? []), ...(notResources ?? [])]) {
      parseSpecifier(specifier.replaceAll(/\$\{roleAttribute\/[^}]+\}/gu, "x"));
    }
    return undefined;
  } catch (error) {
    if (error instanceof SpecifierError) return error.message;
    throw error;
  }
}
