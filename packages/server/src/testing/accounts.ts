import { z } from "zod";
import type { TemporaryServer } from "./temporary-server.ts";

const Made = z.object({ _id: z.string(), token: z.string() });

/** A service token that may what the settings say; gives its id and secret. */
export async function newToken(
  server: TemporaryServer,
  settings: object,
): Promise<z.infer<typeof Made>> {
  const answer = await server.ask("POST", "/api/v2/tokens", {
    name: "made by a test",
    ...settings,
  });
  return Made.parse(answer.json());
}

export interface SignedIn {
  readonly id: string;
  readonly cookie: string;
}

/** A member who was invited and has accepted. */
export async function newMember(server: TemporaryServer, settings: object): Promise<SignedIn> {
  const invited = await server.ask("POST", "/api/v2/members", [settings]);
  const { items } = z
    .object({ items: z.array(z.object({ _id: z.string(), invitation: z.string() })).length(1) })
    .parse(invited.json());
  const [{ _id: id, invitation } = { _id: "", invitation: "" }] = items;
  const payload = { token: invitation.replace("/invite/", ""), password: "correct horse battery" };
  const accepted = await server.running.app.inject({
    method: "POST",
    url: "/api/invitation",
    payload,
  });
  const cookie = z.string().parse(accepted.headers["set-cookie"]).split(";")[0] ?? "";
  return { id, cookie };
}
