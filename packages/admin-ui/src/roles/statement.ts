/** One statement of a policy, as REST has it. */
export interface Statement {
  readonly effect: "allow" | "deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
}

/** What a statement names, and whether it means those or all others. */
interface Named {
  readonly names: readonly string[];
  readonly isAllBut: boolean;
}

export const emptyStatement: Statement = { effect: "allow", actions: [], resources: [] };

export function actionsOf({ actions, notActions = [] }: Statement): Named {
  return actions === undefined
    ? { names: notActions, isAllBut: true }
    : { names: actions, isAllBut: false };
}

export function resourcesOf({ resources, notResources = [] }: Statement): Named {
  return resources === undefined
    ? { names: notResources, isAllBut: true }
    : { names: resources, isAllBut: false };
}

export function withActions(statement: Statement, { names, isAllBut }: Named): Statement {
  const { actions: _, notActions: __, ...rest } = statement;
  return isAllBut ? { ...rest, notActions: names } : { ...rest, actions: names };
}

export function withResources(statement: Statement, { names, isAllBut }: Named): Statement {
  const { resources: _, notResources: __, ...rest } = statement;
  return isAllBut ? { ...rest, notResources: names } : { ...rest, resources: names };
}

/** Whether the server would take it; it asks for one name each. */
export function isComplete(statement: Statement): boolean {
  return actionsOf(statement).names.length > 0 && resourcesOf(statement).names.length > 0;
}
