import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/default";
let server: TemporaryServer;
let count = 0;

beforeAll(async () => {
  server = await TemporaryServer.start();
  await server.ask("POST", "/api/v2/teams", { key: "web", name: "Web" });
});
afterAll(() => server[Symbol.asyncDispose]());

async function newFlag(): Promise<string> {
  count += 1;
  const body = {
    key: `flag-${count}`,
    name: "Flag",
    tags: ["a"],
    variations: [{ value: "one" }, { value: "two" }, { value: "three" }],
    defaults: { onVariation: 0, offVariation: 2 },
  };
  const { statusCode } = await server.ask("POST", flags, body);
  expect(statusCode).toBe(201);
  return `${flags}/${body.key}`;
}

const clause = { attribute: "plan", op: "in", values: ["pro"] };
const production = "/environments/production";

describe("a JSON Patch of a flag", () => {
  it.each([
    [{ op: "replace", path: "/name", value: "New" }, { name: "New" }],
    [{ op: "replace", path: "/description", value: "Why" }, { description: "Why" }],
    [{ op: "add", path: "/tags/-", value: "b" }, { tags: ["a", "b"] }],
    [{ op: "remove", path: "/tags/0" }, { tags: [] }],
    [{ op: "replace", path: "/temporary", value: false }, { temporary: false }],
    [{ op: "replace", path: "/archived", value: true }, { archived: true }],
    [{ op: "replace", path: "/deprecated", value: true }, { deprecated: true }],
    [
      { op: "replace", path: "/clientSideAvailability/usingMobileKey", value: true },
      { clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false } },
    ],
    [
      { op: "replace", path: "/includeInSnippet", value: true },
      { clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true } },
    ],
    [
      { op: "add", path: "/customProperties/team", value: { name: "Team", value: ["web"] } },
      { customProperties: { team: { name: "Team", value: ["web"] } } },
    ],
    [{ op: "add", path: "/maintainerId", value: "nobody" }, undefined],
    [{ op: "add", path: "/maintainerTeamKey", value: "web" }, { maintainerTeamKey: "web" }],
    [
      { op: "replace", path: "/clientSideAvailability/usingEnvironmentId", value: true },
      { includeInSnippet: true },
    ],
    [{ op: "replace", path: "/tags/0", value: "b" }, { tags: ["b"] }],
    [{ op: "add", path: "/tags/0", value: "b" }, { tags: ["b", "a"] }],
    [
      { op: "replace", path: "/defaults/offVariation", value: 1 },
      { defaults: { offVariation: 1 } },
    ],
    [
      { op: "replace", path: "/variations/1/value", value: "deux" },
      { variations: [{ value: "one" }, { value: "deux" }, { value: "three" }] },
    ],
    [
      { op: "add", path: "/variations/0/description", value: "The first" },
      { variations: [{ description: "The first" }, {}, {}] },
    ],
    [
      { op: "remove", path: "/variations/1" },
      { variations: [{ value: "one" }, { value: "three" }] },
    ],
    // In use: it is what environments serve while the flag is off.
    [{ op: "remove", path: "/variations/2" }, undefined],
    [{ op: "move", from: "/variations/2", path: "/variations/0" }, undefined],
    [{ op: "replace", path: `${production}/salt`, value: "x" }, inProduction({ salt: "x" })],
    [{ op: "remove", path: `${production}/offVariation` }, inProduction({ on: false })],
    [
      { op: "add", path: `${production}/fallthrough/variation`, value: 2 },
      inProduction({ fallthrough: { variation: 2 } }),
    ],
    [
      {
        op: "add",
        path: `${production}/contextTargets/-`,
        value: { contextKind: "org", variation: 1, values: ["acme"] },
      },
      inProduction({ contextTargets: [{ contextKind: "org", variation: 1, values: ["acme"] }] }),
    ],
    [
      { op: "replace", path: `${production}/trackEventsFallthrough`, value: true },
      inProduction({ trackEventsFallthrough: true }),
    ],
    [{ op: "replace", path: "/defaults/onVariation", value: 1 }, { defaults: { onVariation: 1 } }],
    [
      { op: "replace", path: "/variations/1/name", value: "Two" },
      { variations: [{}, { name: "Two" }, {}] }, // It has no name yet, which clients replace all the same.
    ],
    [
      { op: "add", path: "/variations/1/name", value: "Two" },
      { variations: [{}, { name: "Two" }, {}] },
    ],
    [
      { op: "add", path: "/variations/-", value: { value: "four" } },
      { variations: [{}, {}, {}, { value: "four" }] },
    ],
    [{ op: "replace", path: `${production}/on`, value: true }, inProduction({ on: true })],
    [
      { op: "replace", path: `${production}/offVariation`, value: 1 },
      inProduction({ offVariation: 1 }),
    ],
    [
      { op: "replace", path: `${production}/fallthrough/variation`, value: 1 },
      inProduction({ fallthrough: { variation: 1 } }),
    ],
    [
      {
        op: "replace",
        path: `${production}/fallthrough`,
        value: {
          rollout: {
            variations: [
              { variation: 0, weight: 60_000 },
              { variation: 1, weight: 40_000 },
            ],
          },
        },
      },
      inProduction({ fallthrough: { rollout: { variations: [{ weight: 60_000 }, {}] } } }),
    ],
    [
      { op: "add", path: `${production}/rules/-`, value: { clauses: [clause], variation: 1 } },
      inProduction({ rules: [{ clauses: [{ ...clause, negate: false }], variation: 1 }] }),
    ],
    [
      { op: "add", path: `${production}/targets/-`, value: { variation: 1, values: ["ada"] } },
      inProduction({ targets: [{ variation: 1, values: ["ada"], contextKind: "user" }] }),
    ],
    [
      { op: "replace", path: `${production}/trackEvents`, value: true },
      inProduction({ trackEvents: true }),
    ],
  ])("%j", async (operation, expected) => {
    const url = await newFlag();

    const answer = await server.ask("PATCH", url, [operation]);

    if (expected === undefined) expect(answer.statusCode).toBe(400);
    else {
      expect(answer.statusCode, answer.body).toBe(200);
      expect((await server.ask("GET", url)).json()).toMatchObject(expected);
    }
  });

  function inProduction(configuration: object): object {
    return { environments: { production: configuration, test: { on: false, rules: [] } } };
  }

  it("keeps the ids of what it does not touch", async () => {
    const url = await newFlag();
    const rule = { clauses: [clause], variation: 1 };
    const add = { op: "add", path: `${production}/rules/-`, value: rule };
    const before = (await server.ask("PATCH", url, [add])).json().environments.production;
    const values = { op: "add", path: `${production}/rules/0/clauses/0/values/-`, value: "team" };

    const after = (await server.ask("PATCH", url, [values])).json().environments.production;

    expect(after.rules[0].clauses[0].values).toEqual(["pro", "team"]);
    expect(after.rules[0]._id).toBe(before.rules[0]._id);
    expect(after.rules[0].clauses[0]._id).toBe(before.rules[0].clauses[0]._id);
    expect(after.salt).toBe(before.salt);
  });

  it("adds a prerequisite by the index of the other flag's variation", async () => {
    const [url, other] = [await newFlag(), await newFlag()];
    const key = other.split("/").at(-1);
    const path = `${production}/prerequisites/-`;

    await server.ask("PATCH", url, [{ op: "add", path, value: { key, variation: 1 } }]);

    const { environments } = (await server.ask("GET", url)).json();
    expect(environments.production.prerequisites).toEqual([{ key, variation: 1 }]);
  });

  it("changes nothing where one operation fails", async () => {
    const url = await newFlag();
    const patch = [
      { op: "replace", path: "/name", value: "New" },
      { op: "test", path: "/_version", value: 7 },
    ];

    const answer = await server.ask("PATCH", url, { comment: "why", patch });

    expect([answer.statusCode, answer.json().code]).toEqual([409, "optimistic_locking_error"]);
    expect((await server.ask("GET", url)).json().name).toBe("Flag");
  });

  it.each([
    [[{ op: "replace", path: "/key", value: "other" }], "/key, which is not for clients to set"],
    [[{ op: "replace", path: `${production}/version`, value: 9 }], `${production}/version, which`],
    [
      [
        { op: "remove", path: "/variations/1" },
        { op: "replace", path: `${production}/offVariation`, value: 0 },
      ],
      "moves variations and changes",
    ],
    [[{ op: "replace", path: "/name", value: 7 }], "the patch makes /name wrong"],
    [[{ op: "replace", path: "/defaults/onVariation", value: 9 }], "there are 3; count from 0"],
    [[{ op: "remove", path: "/environments/test" }], 'removes the environment "test"'],
    [
      [{ op: "remove", path: `${production}/fallthrough/variation` }],
      "without variation or rollout",
    ],
  ])("%j is refused with the reason", async (patch, words) => {
    const answer = await server.ask("PATCH", await newFlag(), patch);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain(words);
  });
});

describe("a patch of several environments", () => {
  const both = ["production", "test"].map((key) => ({
    op: "replace",
    path: `/environments/${key}/on`,
    value: true,
  }));

  it("is one change, which says of each instruction where it belongs", async () => {
    const url = await newFlag();
    const rename = { op: "replace", path: "/name", value: "New" };

    const { environments } = (await server.ask("PATCH", url, [...both, rename])).json();

    const { instructions, words } = await lastChangeOf(url);
    expect([environments.production.on, environments.test.on]).toEqual([true, true]);
    expect(JSON.parse(instructions)).toEqual([
      { kind: "updateName", value: "New" },
      { kind: "turnFlagOn", environmentKey: "test" },
      { kind: "turnFlagOn", environmentKey: "production" },
    ]);
    expect(JSON.parse(words ?? "[]")).toContain("Turn the flag on, in test");
  });

  it("is refused whole where one of the environments is not for the one who asks", async () => {
    const url = await newFlag();
    const policy = [{ effect: "allow", actions: ["*"], resources: ["proj/*:env/test:flag/*"] }];
    const seeing = { effect: "allow", actions: ["viewProject"], resources: ["proj/*"] };
    const { token } = await newToken(server, { inlineRole: [...policy, seeing] });

    const refused = await server.ask("PATCH", url, both, token);
    const allowed = await server.ask("PATCH", url, [both[1]], token);

    expect([refused.statusCode, allowed.statusCode]).toEqual([403, 200]);
    expect(refused.json().message).toContain("env/production");
  });

  it("can be said by instructions too", async () => {
    const url = await newFlag();
    const instructions = [
      { kind: "turnFlagOn" },
      { kind: "updateTrackEvents", trackEvents: true, environmentKey: "test" },
    ];

    await server.ask("PATCH", url, { environmentKey: "production", instructions });

    expect((await server.ask("GET", url)).json().environments).toMatchObject({
      production: { on: true, trackEvents: false },
      test: { on: false, trackEvents: true },
    });
  });

  function lastChangeOf(url: string) {
    return server.running.db
      .selectFrom("change")
      .selectAll()
      .where("key", "=", url.split("/").at(-1) ?? "")
      .where("is_first", "=", 1)
      .orderBy("at", "desc")
      .orderBy("version", "desc")
      .executeTakeFirstOrThrow();
  }
});

it("takes a merge patch, and a wrapped one with its comment", async () => {
  const url = await newFlag();

  await server.ask("PATCH", url, { name: "New", environments: { production: { on: true } } });
  await server.ask("PATCH", url, { comment: "why", merge: { description: "Why" } });

  expect((await server.ask("GET", url)).json()).toMatchObject({
    name: "New",
    description: "Why",
    environments: { production: { on: true }, test: { on: false } },
  });
});

it("says what would come of a patch without writing it", async () => {
  const url = await newFlag();

  const answer = await server.ask("PATCH", `${url}?dryRun=true`, { name: "New" });

  expect(answer.json().name).toBe("New");
  expect((await server.ask("GET", url)).json().name).toBe("Flag");
});

it("takes ignoreConflicts, and refuses a write by a stale If-Match", async () => {
  const url = await newFlag();
  const etag = String((await server.ask("GET", url)).headers["etag"]);

  const first = await server.ask("PATCH", `${url}?ignoreConflicts=true`, { name: "New" });
  const second = await server.ask("PATCH", url, { name: "Newer" }, { "if-match": etag });

  expect([first.statusCode, second.statusCode]).toEqual([200, 412]);
  expect((await server.ask("GET", url)).json().name).toBe("New");
});

it("takes a rollout that is put beside a variation for what is meant, and the other way round", async () => {
  const url = await newFlag();
  const variations = [0, 1].map((variation) => ({ variation, weight: 50_000 }));
  const fallthrough = async (wanted: object) => {
    const merge = { environments: { production: { fallthrough: wanted } } };
    const { environments } = (await server.ask("PATCH", url, { merge })).json();
    return environments.production.fallthrough;
  };

  expect(await fallthrough({ rollout: { variations } })).toEqual({ rollout: { variations } });
  expect(await fallthrough({ variation: 2 })).toEqual({ variation: 2 });
});
