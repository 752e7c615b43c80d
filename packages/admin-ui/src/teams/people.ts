import { addressIn, type Member } from "../members/member.ts";

/** Those of the account who have the addresses, and the addresses that nobody has. */
export function membersWith(
  addresses: readonly string[],
  members: readonly Member[],
): { readonly known: readonly Member[]; readonly unknown: readonly string[] } {
  const byAddress = new Map(members.map((member) => [member.email.toLowerCase(), member]));
  const found = addresses.map((text) => ({
    text,
    member: byAddress.get(addressIn(text).toLowerCase()),
  }));
  return {
    known: [...new Set(found.flatMap(({ member }) => member ?? []))],
    unknown: found.filter(({ member }) => member === undefined).map(({ text }) => text),
  };
}

export function membersOfTeam(members: readonly Member[], teamKey: string): readonly Member[] {
  return members.filter(({ teams }) => teams.some(({ key }) => key === teamKey));
}
