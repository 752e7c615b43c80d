import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/default";
const start = 1_700_000_000_000;
let server: TemporaryServer;
let now = start;
let ada = "";

beforeAll(async () => {
  server = await TemporaryServer.start({ now: () => now });
  ada = (await newMember(server, { email: "ada@example.com", role: "writer" })).id;
  await server.ask("POST", "/api/v2/teams", { key: "web", name: "Web" });
  await made({ key: "base", name: "Base" });
});
afterAll(() => server[Symbol.asyncDispose]());

async function made(body: object, query = "") {
  const answer = await server.ask("POST", `${flags}${query}`, body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

describe("a new flag", () => {
  it("is for the clients that its body names alone", async () => {
    const clientSideAvailability = { usingMobileKey: true };
    const flag = await made({ key: "mobile", name: "Mobile", clientSideAvailability });

    expect(flag.clientSideAvailability).toEqual({
      usingMobileKey: true,
      usingEnvironmentId: false,
    });
  });

  it("is true or false where the list of its variations is empty", async () => {
    const { variations } = await made({ key: "boolean", name: "Boolean", variations: [] });

    expect(variations.map(({ value }: { value: unknown }) => value)).toEqual([true, false]);
  });

  it("is all that its body says", async () => {
    const base = (await server.ask("GET", `${flags}/base`)).json();
    const required = { key: "base", variationId: base.variations[0]._id };

    const flag = await made({
      key: "full",
      name: "Full",
      description: "Why",
      includeInSnippet: true,
      isFlagOn: true,
      temporary: false,
      tags: ["a", "a"],
      maintainerId: ada,
      customProperties: { team: { name: "Team", value: ["web"] } },
      variations: [{ value: 1, name: "One" }, { value: 2 }, { value: 3 }],
      defaults: { onVariation: 2, offVariation: 1 },
      initialPrerequisites: [required],
    });

    expect(flag).toMatchObject({
      description: "Why",
      includeInSnippet: true,
      clientSideAvailability: { usingEnvironmentId: true, usingMobileKey: false },
      temporary: false,
      tags: ["a"],
      maintainerId: ada,
      _maintainer: { _id: ada, email: "ada@example.com" },
      customProperties: { team: { name: "Team", value: ["web"] } },
      defaults: { onVariation: 2, offVariation: 1 },
      environments: {
        production: { on: true, prerequisites: [{ key: "base", variation: 0 }], offVariation: 1 },
      },
    });
  });

  it("steers a migration by the stages of its purpose", async () => {
    const flag = await made({
      key: "move",
      name: "Move",
      purpose: "migration",
      migrationSettings: { contextKind: "org", stageCount: 4 },
    });
    const path = "/environments/production/migrationSettings/checkRatio";

    const patched = await server.ask("PATCH", `${flags}/move`, [
      { op: "replace", path, value: 10 },
    ]);

    expect(flag._purpose).toBe("migration");
    expect(flag.migrationSettings).toEqual({ contextKind: "org", stageCount: 4 });
    const values = flag.variations.map(({ value }: { value: string }) => value);
    expect(values).toEqual(["off", "shadow", "live", "complete"]);
    expect(flag.environments.test).toMatchObject({
      fallthrough: { variation: 0 },
      migrationSettings: { checkRatio: 1 },
    });
    expect(patched.json().environments.production.migrationSettings).toEqual({ checkRatio: 10 });
  });

  it("can begin as another one is, under salts of its own", async () => {
    await made({ key: "first", name: "First", tags: ["a"], maintainerTeamKey: "web" });
    const on = [{ op: "replace", path: "/environments/production/on", value: true }];
    const first = (await server.ask("PATCH", `${flags}/first`, on)).json();

    const second = await made({ key: "second", name: "Second" }, "?clone=first");

    expect(first._maintainerTeam).toMatchObject({ key: "web", name: "Web" });
    expect(second).toMatchObject({ key: "second", name: "Second", tags: ["a"] });
    expect(second.maintainerTeamKey).toBeUndefined();
    const configuration = second.environments.production;
    expect(configuration.on).toBe(true);
    expect(configuration.salt).not.toBe(first.environments.production.salt);
  });

  it.each([
    ["?clone=nothing", {}, 404, 'no flag "nothing"'],
    ["?clone=base", { variations: [{ value: 1 }, { value: 2 }] }, 400, "leave it out"],
    ["", { maintainerId: "nobody" }, 400, "is no member"],
    ["", { maintainerTeamKey: "nobody" }, 400, "is no team"],
    ["", { purpose: "migration" }, 400, "stageCount"],
    ["", { purpose: "holdout" }, 400, "there are none here"],
    ["", { key: "base" }, 409, "choose another key"],
    ["", { initialPrerequisites: [{ key: "nothing", variationId: "x" }] }, 400, "no flag"],
  ])("by %s and %j is refused", async (query, body, status, words) => {
    const answer = await server.ask("POST", flags + query, { key: "no", name: "No", ...body });

    expect([answer.statusCode, answer.json().message]).toEqual([
      status,
      expect.stringContaining(words),
    ]);
  });

  it("is only shown where it is a dry run", async () => {
    const tried = await server.ask("POST", `${flags}?dryRun=true`, { key: "dry", name: "Dry" });

    const wrong = { key: "dry", name: "Dry", maintainerId: "nobody" };
    const refused = await server.ask("POST", `${flags}?dryRun=true`, wrong);

    expect([tried.statusCode, tried.json().key]).toEqual([201, "dry"]);
    expect(refused.statusCode).toBe(400);
    expect((await server.ask("GET", `${flags}/dry`)).statusCode).toBe(404);
  });
});

it("says since when a flag is archived and deprecated, however often it changes", async () => {
  await made({ key: "past", name: "Past" });
  const kinds = ["archiveFlag", "deprecateFlag"];
  now = start + 1000;
  const instructions = kinds.map((kind) => ({ kind }));
  const tried = await server.ask("PATCH", `${flags}/past?dryRun=true`, { instructions });
  await server.ask("PATCH", `${flags}/past`, { instructions });
  now = start + 2000;
  await server.ask("PATCH", `${flags}/past`, { name: "Older" });

  const past = (await server.ask("GET", `${flags}/past`)).json();
  const back = { instructions: [{ kind: "restoreFlag" }, { kind: "restoreDeprecatedFlag" }] };
  const restored = (await server.ask("PATCH", `${flags}/past`, back)).json();

  expect(past).toMatchObject({
    archived: true,
    archivedDate: start + 1000,
    deprecated: true,
    deprecatedDate: start + 1000,
  });
  expect(tried.json()).toMatchObject({ archivedDate: start + 1000, deprecatedDate: start + 1000 });
  expect([restored.archivedDate, restored.deprecatedDate]).toEqual([undefined, undefined]);
});

it("does not delete in a dry run, nor what has changed since it was read", async () => {
  await made({ key: "doomed", name: "Doomed" });
  const url = `${flags}/doomed`;
  const etag = String((await server.ask("GET", url)).headers["etag"]);
  await server.ask("PATCH", url, { name: "Doomed still" });

  const dry = await server.ask("DELETE", `${url}?dryRun=true`);
  const stale = await server.ask("DELETE", url, undefined, { "if-match": etag });
  const done = await server.ask("DELETE", url);

  expect([dry, stale, done].map(({ statusCode }) => statusCode)).toEqual([204, 412, 204]);
  expect((await server.ask("GET", url)).statusCode).toBe(404);
});

it("keeps a variation that another flag requires", async () => {
  const three = await made({
    key: "three",
    name: "Three",
    variations: [{ value: 1 }, { value: 2 }, { value: 3 }],
  });
  const variationId = three.variations[1]._id;
  await made({
    key: "needs",
    name: "Needs",
    initialPrerequisites: [{ key: "three", variationId }],
  });

  const instructions = [{ kind: "removeVariation", variationId }];
  const refused = await server.ask("PATCH", `${flags}/three`, { instructions });

  expect(refused.statusCode).toBe(409);
  expect(refused.json().message).toContain('flag "needs" requires a variation');
});

it("lists the flags that differ between environments", async () => {
  const query = "compare=true&env=test&env=production&filter=query:first";
  const both = (await server.ask("GET", `${flags}?${query}`)).json();
  const alone = await server.ask("GET", `${flags}?compare=true&env=test`);

  expect(both.items.map(({ key }: { key: string }) => key)).toEqual(["first"]);
  expect(both.totalCountWithDifferences).toBe(1);
  expect(alone.statusCode).toBe(400);
});
