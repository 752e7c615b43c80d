import { t } from "./text.ts";
import { expiryOf, type Lifetime, type TokenKind } from "./token.ts";

/** What is typed of a token that is to be made. */
export interface NewToken {
  readonly name: string;
  readonly kind: TokenKind;
  /** A base role, or the id of a custom role. */
  readonly access: string;
  readonly lifetime: Lifetime;
  /** The last day, as `2026-03-01`, where the lifetime is told by it. */
  readonly day: string;
}

export const emptyToken: NewToken = {
  name: "",
  kind: "personal",
  access: "reader",
  lifetime: "90",
  day: "",
};

/** What is wrong, by field. */
export function problemsOf({ name, lifetime, day }: NewToken): {
  readonly name?: string;
  readonly day?: string;
} {
  return {
    ...(name.trim() === "" ? { name: t("token.create.name.missing") } : {}),
    ...(lifetime === "day" && day === "" ? { day: t("token.create.day.missing") } : {}),
  };
}

/** What the server is asked for. */
export function bodyOf({ name, kind, access, lifetime, day }: NewToken, now: number): object {
  const expiresAt = expiryOf(lifetime, day, now);
  return {
    name: name.trim(),
    serviceToken: kind === "service",
    ...(["reader", "writer", "admin"].includes(access)
      ? { role: access }
      : { customRoleIds: [access] }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
