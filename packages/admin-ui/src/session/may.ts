/** Kinds of resources that a writer changes; what is not within a project is for admins. */
const writable = ["proj", "code-reference-repository", "template"];
const notByWriters = [
  "updateApiKey",
  "updateMobileKey",
  "createSdkKey",
  "deleteSdkKey",
  "bypassRequiredApproval",
];

/**
 * Whether the base role among the scopes allows the action on a resource such as `proj/web-shop:env/*`.
 * A custom role is known by the server alone, so it counts as allowed here.
 */
export function mayByScopes(scopes: readonly string[], action: string, resource: string): boolean {
  const [role] = scopes;
  if (role === undefined || role === "admin" || role === "owner") return true;
  if (action.startsWith("view")) return role !== "no_access";
  if (role !== "writer") return false;
  const kind = resource.split("/")[0] ?? "";
  return writable.includes(kind) && !notByWriters.includes(action);
}
