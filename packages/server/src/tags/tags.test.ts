import { afterAll, beforeAll, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const projects = "/api/v2/projects";

beforeAll(async () => {
  await server.ask("POST", projects, {
    key: "shop",
    name: "Shop",
    tags: ["of-project", "both"],
    environments: [{ key: "live", name: "Live", tags: ["of-environment", "both"] }],
  });
  await server.ask("POST", "/api/v2/flags/shop", { key: "a", name: "A", tags: ["of-flag"] });
  await server.ask("POST", "/api/v2/flags/shop", { key: "old", name: "Old", tags: ["of-old"] });
  const archiving = { instructions: [{ kind: "archiveFlag" }] };
  await server.ask("PATCH", "/api/v2/flags/shop/old", archiving);
  const segment = { key: "s", name: "S", tags: ["of-segment"] };
  await server.ask("POST", "/api/v2/segments/shop/live", segment);
  await server.ask("POST", projects, { key: "secret", name: "Secret", tags: ["unseen"] });
});

async function tags(query = "", token?: string): Promise<readonly string[]> {
  const answer = await server.ask("GET", `/api/v2/tags?${query}`, undefined, token);
  expect(answer.statusCode).toBe(200);
  return answer.json().items;
}

it.each([
  ["", ["both", "of-environment", "of-flag", "of-project", "of-segment", "unseen"]],
  ["kind=flag", ["of-flag"]],
  ["kind=flag&kind=segment", ["of-flag", "of-segment"]],
  ["kind=project&pre=of-", ["of-project"]],
  ["kind=flag&archived=true", ["of-flag", "of-old"]],
  ["kind=metric", []],
  ["limit=2&offset=1", ["of-environment", "of-flag"]],
])("are listed once each, as %s asks", async (query, expected) => {
  expect(await tags(query)).toEqual(expected);
});

it("are those of projects that the caller may see", async () => {
  const { token } = await newToken(server, {
    inlineRole: [
      { effect: "allow", actions: ["viewProject"], resources: ["proj/*"] },
      { effect: "deny", actions: ["viewProject"], resources: ["proj/secret"] },
    ],
  });

  expect(await tags("kind=project", token)).toEqual(["both", "of-project"]);
  now += 10;
  expect(await tags(`kind=project&asOf=${now - 10}`, token)).toEqual(["both", "of-project"]);
});

it("are told as of an earlier time, also of what is gone since", async () => {
  await server.ask("POST", projects, { key: "brief", name: "Brief", tags: ["brief-project"] });
  const flag = { key: "f", name: "F", tags: ["brief-flag"] };
  await server.ask("POST", "/api/v2/flags/brief", flag);
  const then = now;
  now += 1000;
  const patch = { instructions: [{ kind: "addTags", values: ["brief-later"] }] };
  await server.ask("PATCH", "/api/v2/flags/brief/f", patch);
  const between = now;
  now += 1000;
  await server.ask("DELETE", `${projects}/brief`);
  const afterwards = now;
  now += 1000;

  expect(await tags(`pre=brief&asOf=${then - 1}`)).toEqual([]);
  expect(await tags(`pre=brief&asOf=${then}`)).toEqual(["brief-flag", "brief-project"]);
  expect(await tags(`pre=brief&asOf=${new Date(between).toISOString()}`)).toEqual([
    "brief-flag",
    "brief-later",
    "brief-project",
  ]);
  expect(await tags(`pre=brief&asOf=${afterwards}`)).toEqual([]);
  expect(await tags("pre=brief")).toEqual([]);
});

it.each(["kind=nonsense", "asOf=yesterday", "limit=0"])("refuses %s", async (query) => {
  expect((await server.ask("GET", `/api/v2/tags?${query}`)).statusCode).toBe(400);
});
