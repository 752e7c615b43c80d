/** One statement of a policy, as REST has it. */
export interface Statement {
  readonly effect: "allow" | "deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
}
