import { emptyStatement, isComplete, type Statement } from "../roles/statement.ts";
import { t } from "./text.ts";
import { expiryOf, type Lifetime, type TokenKind } from "./token.ts";

/** How the choice is called that the token has statements of its own. */
export const inline = "inline";

/** What is typed of a token that is to be made. */
export interface NewToken {
  readonly name: string;
  readonly kind: TokenKind;
  /** A base role, the id of a custom role, or `inline` for statements of its own. */
  readonly access: string;
  readonly policy: readonly Statement[];
  readonly lifetime: Lifetime;
  /** The last day, as `2026-03-01`, where the lifetime is told by it. */
  readonly day: string;
}

export const emptyToken: NewToken = {
  name: "",
  kind: "personal",
  access: "reader",
  policy: [emptyStatement],
  lifetime: "90",
  day: "",
};

/** What is wrong, by field. */
export function problemsOf({ name, lifetime, day, access, policy }: NewToken): {
  readonly name?: string;
  readonly day?: string;
  readonly policy?: true;
} {
  const isWhole = access !== inline || (policy.length > 0 && policy.every(isComplete));
  return {
    ...(name.trim() === "" ? { name: t("token.create.name.missing") } : {}),
    ...(lifetime === "day" && day === "" ? { day: t("token.create.day.missing") } : {}),
    ...(isWhole ? {} : { policy: true }),
  };
}

/** What the server is asked for. */
export function bodyOf(
  { name, kind, access, policy, lifetime, day }: NewToken,
  now: number,
): object {
  const expiresAt = expiryOf(lifetime, day, now);
  return {
    name: name.trim(),
    serviceToken: kind === "service",
    ...accessOf(access, policy),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function accessOf(access: string, policy: readonly Statement[]): object {
  if (access === inline) return { inlineRole: policy };
  return ["reader", "writer", "admin"].includes(access)
    ? { role: access }
    : { customRoleIds: [access] };
}
