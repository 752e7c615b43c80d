import { queryOptions } from "@tanstack/react-query";
import { request } from "../api/request.ts";

interface Caller {
  readonly authKind: "token" | "session";
  readonly memberId?: string;
  readonly tokenName?: string;
  readonly scopes: readonly string[];
}

interface Session {
  readonly member: { readonly name: string; readonly email: string };
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
    // Asked for at once, though who comes with a token has no session.
    const asked = request<Session>("GET", "/api/session");
    asked.catch(() => undefined);
    const caller = await request<Caller>("GET", "/api/v2/caller-identity");
    const { memberId = "", scopes, tokenName = "" } = caller;
    if (caller.authKind === "token") return { id: memberId, name: tokenName, email: "", scopes };
    const { name, email } = (await asked).member;
    return { id: memberId, name, email, scopes };
  },
});
