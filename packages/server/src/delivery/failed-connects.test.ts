import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const Keys = z.object({ _id: z.string(), apiKey: z.string(), mobileKey: z.string() });
const list = "/api/v2/projects/default/failed-connects";

async function connect(path: string, authorization?: string): Promise<void> {
  const headers = {
    "user-agent": "NodeJSClient/9.1.0",
    ...(authorization === undefined ? {} : { authorization }),
  };
  const answer = await fetch(server.url + path, { headers });
  expect([401, 404]).toContain(answer.status);
}

it("says what was wrong with the keys of SDKs that were turned away, and shows none of them", async () => {
  const environment = await server.ask("GET", "/api/v2/projects/default/environments/test");
  const { _id, apiKey, mobileKey } = Keys.parse(environment.json());
  await server.ask("POST", "/api/v2/projects", { key: "other", name: "Other" });

  await connect("/all");
  await connect("/all", _id);
  await connect("/sdk/latest-all", mobileKey);
  await connect("/meval/e30", apiKey);
  await connect("/all", `${apiKey.slice(0, -1)}${apiKey.endsWith("0") ? "1" : "0"}`);
  await connect("/all", "sdk-of-somebody-else");
  await connect("/eval/0123456789abcdef01234567/e30");

  const { items } = (await server.ask("GET", list)).json();
  const elsewhere = (await server.ask("GET", "/api/v2/projects/other/failed-connects")).json();
  const { token } = await newToken(server, { inlineRole: seeingDefault });
  const narrow = (await server.ask("GET", list, undefined, token)).json();
  const from = { name: "NodeJSClient", version: "9.1.0", address: "127.0.0.1" };
  const ofTest = { ...from, environment: "test", problem: "wrongKind" };
  expect(items).toMatchObject([
    { ...from, path: "/eval/:env/:context", problem: "unknown" },
    { ...from, path: "/all", problem: "unknown" },
    { ...from, path: "/all", problem: "mistyped" },
    { ...ofTest, message: expect.stringContaining("stays secret") },
    { ...ofTest, path: "/sdk/latest-all" },
    { ...ofTest, message: expect.stringContaining("a client-side ID is for browsers") },
    { ...from, problem: "noKey" },
  ]);
  expect(elsewhere.items).toHaveLength(4);
  expect(narrow.items).toHaveLength(3);
  for (const secret of [apiKey, mobileKey, "somebody-else"])
    expect(JSON.stringify(items)).not.toContain(secret);
});

const seeingDefault = [
  { effect: "deny", actions: ["viewMembers"], resources: ["member/*"] },
  { effect: "allow", actions: ["viewProject"], resources: ["proj/default"] },
];
