import { afterAll, beforeAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

beforeAll(async () => {
  for (const [key, name, tags] of [
    ["b", "Dark mode", ["beta", "web"]],
    ["a", "Search", ["beta"]],
    ["c", "Checkout", []],
  ] as const) {
    await server.ask("POST", "/api/v2/flags/default", { key, name, tags });
  }
});

it.each([
  ["sort=key", ["a", "b", "c"]],
  ["sort=-name&limit=2", ["a", "b"]],
  ["sort=key&limit=2&offset=2", ["c"]],
  ['filter=key anyOf ["a","c"]&sort=key', ["a", "c"]],
  ['filter=tags contains ["beta","web"]', ["b"]],
  ["filter=query equals dark", ["b"]],
])("what a context gets is listed by %s", async (query, keys) => {
  const url = `/api/v2/projects/default/environments/test/flags/evaluate?${encodeURI(query)}`;

  const { items, totalCount } = (
    await server.ask("POST", url, { kind: "user", key: "ada" })
  ).json();

  expect(items.map(({ key }: { key: string }) => key)).toEqual(keys);
  expect(totalCount).toBe(query.includes("filter") ? keys.length : 3);
});

it("is not filtered by what is not known", async () => {
  const url = "/api/v2/projects/default/environments/test/flags/evaluate?filter=kex%20equals%20a";

  const answer = await server.ask("POST", url, { kind: "user", key: "ada" });

  expect(answer.statusCode).toBe(400);
  expect(answer.json().message).toContain('did you mean "key"?');
});
