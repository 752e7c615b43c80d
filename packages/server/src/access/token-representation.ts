import { z } from "zod";
import { Link, linkTo } from "../http/paging.ts";
import { findMember } from "../members/member-queries.ts";
import { MemberSummary, memberSummary } from "../members/member-representation.ts";
import type { Db } from "../storage/database.ts";
import type { Token } from "./access-queries.ts";
import { TokenSettings } from "./token.ts";
import { settingsOf } from "./token-changes.ts";

export const tokensPath = "/api/v2/tokens";
/** Stands for the owner where no person made the token. */
const nobody = "0".repeat(24);

export const TokenRepresentation = TokenSettings.extend({
  _id: z.string(),
  ownerId: z.string(),
  memberId: z.string(),
  _member: MemberSummary.optional(),
  token: z.string().describe("The secret where it was just made, else its end."),
  serviceToken: z.boolean(),
  creationDate: z.int(),
  lastModified: z.int(),
  lastUsed: z.int().describe("Unix milliseconds, by the minute; 0 for never."),
  expiresAt: z.int().optional(),
  _links: z.record(z.string(), Link),
}).meta({ id: "Token" });

/** The secret is shown once, when it is made; later only its end. */
export async function tokenRepresentation(
  db: Db,
  token: Token,
  secret?: string,
): Promise<z.infer<typeof TokenRepresentation>> {
  const owner = token.member_id ?? nobody;
  const member = token.member_id === null ? undefined : await findMember(db, token.member_id);
  return {
    _id: token.id,
    ownerId: owner,
    memberId: owner,
    ...(member === undefined ? {} : { _member: memberSummary(member) }),
    ...settingsOf(token),
    token: secret ?? `${"*".repeat(8)}${token.ending}`,
    serviceToken: token.service === 1,
    creationDate: token.created_at,
    lastModified: token.updated_at,
    lastUsed: token.last_used_at,
    ...(token.expires_at === null ? {} : { expiresAt: token.expires_at }),
    _links: { parent: linkTo(tokensPath), self: linkTo(`${tokensPath}/${token.id}`) },
  };
}
