import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, RecordChange } from "../changes/changes.ts";
import { newId, newKey } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { idsOfRoles } from "../roles/role-queries.ts";
import type { Tx } from "../storage/database.ts";
import { deleteToken, saveToken, type Token } from "./access-queries.ts";
import { listFrom } from "./member-policies.ts";
import { hashSecret } from "./password.ts";
import type { Statement } from "./policy.ts";
import { may, type Principal } from "./principal.ts";
import { type NewToken, TokenSettings } from "./token.ts";

const ranks = ["no_access", "reader", "writer", "admin", "owner"];

/** The token and its secret, which is shown this once. */
export async function createToken(
  tx: Tx,
  record: RecordChange,
  { input, by, at }: { input: NewToken; by: Principal; at: number },
): Promise<{ token: Token; secret: string }> {
  refuseMoreThanMaker(input, input.serviceToken, by);
  const secret = newKey("api");
  const token = await saveToken(tx, {
    id: newId(),
    hash: hashSecret(secret),
    ending: secret.slice(-4),
    name: input.name,
    description: input.description,
    role: roleColumn(input),
    policy: policyColumn(input.inlineRole),
    custom_roles: JSON.stringify(await idsOfRoles(tx, input.customRoleIds ?? [])),
    member_id: by.memberId ?? null,
    service: input.serviceToken ? 1 : 0,
    created_at: at,
    updated_at: at,
    last_used_at: 0,
    expires_at: input.expiresAt ?? null,
    default_api_version: input.defaultApiVersion ?? 20_240_415,
  });
  const words = `Make the ${input.serviceToken ? "service" : "access"} token ${input.name}`;
  const after = settingsOf(token);
  await record(aboutToken(token, { instruction: "createAccessToken", words, after }));
  return { token, secret };
}

export async function changeToken(
  tx: Tx,
  record: RecordChange,
  { before, after, by, at }: { before: Token; after: TokenSettings; by: Principal; at: number },
): Promise<Token> {
  refuseMoreThanMaker(after, before.service === 1, by);
  const token = await saveToken(tx, {
    ...before,
    name: after.name,
    description: after.description,
    role: roleColumn(after),
    policy: policyColumn(after.inlineRole),
    custom_roles: JSON.stringify(await idsOfRoles(tx, after.customRoleIds ?? [])),
    default_api_version: after.defaultApiVersion ?? before.default_api_version,
    updated_at: at,
  });
  const words = `Change the token ${token.name}`;
  const change = { instruction: "updateAccessToken", words, before: settingsOf(before), after };
  await record(aboutToken(token, change));
  return token;
}

/** A new secret in the place of the former, which may hold on until a time in Unix milliseconds. */
export async function resetToken(
  tx: Tx,
  record: RecordChange,
  { token, expiry, at }: { token: Token; expiry: number | undefined; at: number },
): Promise<{ token: Token; secret: string }> {
  const secret = newKey("api");
  const reset = { ...token, hash: hashSecret(secret), ending: secret.slice(-4), updated_at: at };
  const stored = await saveToken(tx, reset);
  if (expiry !== undefined && expiry > at) {
    const former = { ...token, id: newId(), name: `${token.name} (former)`, expires_at: expiry };
    await saveToken(tx, former);
  }
  const words = `Reset the token ${token.name}`;
  const before = { ...settingsOf(token), ending: token.ending };
  const after = { ...settingsOf(stored), ending: stored.ending };
  await record(aboutToken(token, { instruction: "resetAccessToken", words, before, after }));
  return { token: stored, secret };
}

export async function removeToken(tx: Tx, record: RecordChange, token: Token): Promise<void> {
  await deleteToken(tx, token.id);
  const words = `Delete the token ${token.name}`;
  const before = settingsOf(token);
  await record(aboutToken(token, { instruction: "deleteAccessToken", words, before }));
}

export function settingsOf(token: Token): TokenSettings {
  const customRoleIds = listFrom(token.custom_roles);
  return TokenSettings.parse({
    name: token.name,
    description: token.description,
    ...(token.role === "" ? {} : { role: token.role }),
    ...(customRoleIds.length === 0 ? {} : { customRoleIds }),
    ...(token.policy === null ? {} : { inlineRole: statementsIn(token) }),
    defaultApiVersion: token.default_api_version,
  });
}

/** The token as policies name it. */
export function stepsOf({ id, member_id, service }: Token): readonly [string, string][] {
  return service === 1 || member_id === null
    ? [["service-token", id]]
    : [
        ["member", member_id],
        ["token", id],
      ];
}

export function statementsIn({ policy }: Token): readonly Statement[] {
  // Written by this server from its own types.
  return policy === null ? [] : (JSON.parse(policy) as readonly Statement[]);
}

interface Wanted {
  readonly role?: string | undefined;
  readonly customRoleIds?: readonly string[] | undefined;
  readonly inlineRole?: readonly Statement[] | undefined;
}

/** A personal token may no more than its member anyway; a service token stands for itself. */
function refuseMoreThanMaker(
  { role = "reader", customRoleIds, inlineRole }: Wanted,
  isService: boolean,
  by: Principal,
): void {
  const isRanked = customRoleIds === undefined && inlineRole === undefined;
  const isWithinRank = isRanked && ranks.indexOf(role) <= ranks.indexOf(by.role);
  const mayAll = may(by, "*", [{ kind: "acct", key: "", tags: [], properties: {} }]);
  if (isWithinRank || (role !== "owner" && (!isService || mayAll))) return;
  throw new DomainError(
    "forbidden",
    "a token cannot be given more than you may yourself; ask an admin to make it",
  );
}

function roleColumn({
  role,
  customRoleIds,
  inlineRole,
}: Partial<NewToken | TokenSettings>): string {
  if (role !== undefined) return role;
  return customRoleIds === undefined && inlineRole === undefined ? "reader" : "";
}

function policyColumn(inlineRole: readonly Statement[] | undefined): string | null {
  return inlineRole === undefined ? null : JSON.stringify(inlineRole);
}

function aboutToken(
  token: Token,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  const resource = stepsOf(token)
    .map((step) => step.join("/"))
    .join(":");
  return accountChange({ kind: "token", key: token.id, resource, ...change });
}
