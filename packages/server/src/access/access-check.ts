import { decidingStatement, type Policy, permits, type Statement } from "./policy.ts";
import type { Resource } from "./resource.ts";

/** Whether something is allowed, and what decides it. */
export interface AccessDecision {
  readonly isAllowed: boolean;
  /** Absent where nothing speaks of it, which denies. */
  readonly decidedBy?: { readonly origin: string; readonly statement: Statement };
}

/**
 * What policies say together: one that allows is enough, and each is for itself. Where none allows,
 * a statement that denies explains more than silence.
 */
export function decideAccess(
  policies: readonly Policy[],
  action: string,
  resource: Resource,
): AccessDecision {
  const allowing = policies.find((policy) => permits(policy, action, resource));
  const deciding =
    allowing ??
    policies.find((policy) => decidingStatement(policy, action, resource) !== undefined);
  const statement = deciding && decidingStatement(deciding, action, resource);
  return {
    isAllowed: allowing !== undefined,
    ...(statement === undefined
      ? {}
      : { decidedBy: { origin: deciding?.origin ?? "the policy", statement } }),
  };
}
