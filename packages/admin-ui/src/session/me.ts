import { queryOptions } from "@tanstack/react-query";
import { request } from "../api/request.ts";

interface Caller {
  readonly authKind: "token" | "session";
  readonly memberId?: string;
  readonly tokenName?: string;
  readonly scopes: readonly string[];
}

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly scopes: readonly string[];
}

/** Who is asking. Its 401 is how a page learns that nobody is signed in. */
export const me = queryOptions({
  queryKey: ["/api/session", "me"],
  staleTime: 60_000,
  queryFn: async (): Promise<Me> => {
    const caller = await request<Caller>("GET", "/api/v2/caller-identity");
    const { memberId = "", scopes, tokenName = "" } = caller;
    if (caller.authKind === "token") return { id: memberId, name: tokenName, email: "", scopes };
    const { member } = await request<{
      readonly member: { readonly name: string; readonly email: string };
    }>("GET", "/api/session");
    return { id: memberId, name: member.name, email: member.email, scopes };
  },
});
