import { once } from "node:events";
import { afterAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { z } from "zod";
import { newMember, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const Message = z.object({ t: z.string(), resources: z.array(z.string()).optional() });

async function listen({ cookie }: SignedIn) {
  const url = `${server.url.replace("http", "ws")}/api/live`;
  const socket = new WebSocket(url, { headers: { cookie, "sec-fetch-site": "same-origin" } });
  const heard: string[] = [];
  socket.on("message", (data) => {
    const { t, resources } = Message.parse(JSON.parse(String(data)));
    if (t === "change") heard.push(...(resources ?? []));
  });
  await once(socket, "message");
  return { socket, heard };
}

it("shows what one may see, and closes when one is nobody any more", async () => {
  await server.ask("POST", "/api/v2/projects", { key: "hidden", name: "Hidden" });
  await server.ask("POST", "/api/v2/roles", {
    key: "narrow",
    name: "Narrow",
    basePermissions: "no_access",
    policy: [{ effect: "allow", actions: ["viewProject"], resources: ["proj/default"] }],
  });
  const narrow = await newMember(server, { email: "narrow@example.com", customRoles: ["narrow"] });
  const { socket, heard } = await listen(narrow);

  const environment = { key: "extra", name: "Extra" };
  await server.ask("POST", "/api/v2/projects/hidden/environments", environment);
  await server.ask("POST", "/api/v2/projects/default/environments", environment);
  const closed = once(socket, "close");
  await server.ask("DELETE", `/api/v2/members/${narrow.id}`);
  const [code] = await closed;

  expect(heard).toEqual(["proj/default:env/extra"]);
  expect(code).toBe(4401);
});
