import { type MemberFilter, memberStates } from "./member.ts";

export interface MembersSearch extends MemberFilter {
  /** The id of the member that is shown beside the list. */
  readonly member?: string | undefined;
  readonly invite?: true | undefined;
}

/** What the address of the members' page holds. */
export function membersSearch(search: Readonly<Record<string, unknown>>): MembersSearch {
  const { q, role, state, member, invite } = search;
  const known = memberStates.find((one) => one === state);
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(typeof role === "string" ? { role } : {}),
    ...(known === undefined ? {} : { state: known }),
    ...(typeof member === "string" ? { member } : {}),
    ...(invite === true ? { invite } : {}),
  };
}
