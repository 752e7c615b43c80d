import { afterAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { TemporaryServer } from "../testing/temporary-server.ts";
import { nameAndVersion } from "./connected-sdks.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const Keys = z.object({ apiKey: z.string() });

async function keyOf(environment: string): Promise<string> {
  const path = `/api/v2/projects/default/environments/${environment}`;
  return Keys.parse((await server.ask("GET", path)).json()).apiKey;
}

it("lists who is connected to which environment, and when they last reported", async () => {
  const streams = new AbortController();
  const [test, production] = [await keyOf("test"), await keyOf("production")];
  const from = (authorization: string, instance: string) => ({
    authorization,
    "user-agent": "NodeJSClient/9.1.0",
    "x-launchdarkly-instance-id": instance,
  });
  const { signal } = streams;
  await fetch(`${server.url}/all`, { headers: from(test, "one"), signal });
  await fetch(`${server.url}/all`, { headers: from(production, "two"), signal });
  await fetch(`${server.url}/bulk`, { method: "POST", body: "[]", headers: from(test, "one") });
  const list = "/api/v2/projects/default/sdks";

  const { items, totalCount } = (await server.ask("GET", list)).json();
  const filtered = (await server.ask("GET", `${list}?env=production`)).json();
  streams.abort();

  expect(totalCount).toBe(2);
  expect(items).toMatchObject([
    {
      environment: "test",
      instance: "one",
      name: "NodeJSClient",
      version: "9.1.0",
      lagMs: 0,
      servedVersion: 0,
    },
    { environment: "production", instance: "two", address: "127.0.0.1" },
  ]);
  expect(items[0].lastEventAt).toBeGreaterThanOrEqual(items[0].since);
  expect(items[1]).not.toHaveProperty("lastEventAt");
  expect(JSON.stringify(items)).not.toContain(test);
  expect(filtered.items).toMatchObject([{ instance: "two" }]);
  await vi.waitFor(async () =>
    expect((await server.ask("GET", list)).json()).toMatchObject({ items: [], totalCount: 0 }),
  );
});

it.each([
  ["NodeJSClient/9.1.0", { name: "NodeJSClient", version: "9.1.0" }],
  ["curl", { name: "curl" }],
  ["Mozilla/5.0 (X11; Linux x86_64)", { name: "browser" }],
  ["python-requests/2.1 extra/1", { name: "python-requests", version: "2.1" }],
])("reads the name and version in %s", (said, expected) => {
  expect(nameAndVersion(said)).toEqual(expected);
});
