import type { Actor } from "../changes/feed.ts";
import { DomainError } from "../errors.ts";
import { findMember } from "../members/member-queries.ts";
import type { Db } from "../storage/database.ts";
import { findTokenById } from "./access-queries.ts";
import { principalOfMember, principalOfToken } from "./authentication.ts";
import type { Principal } from "./principal.ts";

/**
 * What somebody may now who set something up that is done later. Throws where there is nobody any
 * more: what they began ends with them.
 */
export async function principalOfAuthor(db: Db, author: Actor, now: number): Promise<Principal> {
  if (author.kind === "member") {
    const member = await findMember(db, author.id);
    if (member !== undefined) return principalOfMember(db, member);
  }
  if (author.kind === "token") {
    const token = await findTokenById(db, author.id);
    if (token !== undefined && (token.expires_at === null || token.expires_at > now)) {
      return principalOfToken(db, token);
    }
  }
  throw new DomainError(
    "forbidden",
    `it was set up by ${author.name}, who is not here any more; let somebody else set it up anew`,
  );
}
