import { type Member, nameOf } from "../members/member-queries.ts";
import type { Session } from "./session-queries.ts";

/** A member as the session shows it. */
export function sessionMember(member: Member) {
  const { id, email, role } = member;
  return { _id: id, email, name: nameOf(member), role };
}

export function sessionRepresentation(session: Session, own: Session) {
  return {
    _id: session.id,
    isCurrent: session.id === own.id,
    creationDate: session.created_at,
    lastSeen: session.last_seen_at,
    expiresAt: session.expires_at,
    address: session.address,
    userAgent: session.user_agent,
    isBySso: session.is_by_sso === 1,
  };
}
