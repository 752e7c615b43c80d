import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const flags = "/api/v2/flags/default";
const segments = "/api/v2/segments/default/test";
const project = "/api/v2/projects/default";
/** Whose ids tests can name. */
const variations = [
  { _id: "yes", value: true },
  { _id: "no", value: false },
];
const letters = [
  { _id: "yes", value: "a" },
  { _id: "no", value: "b" },
];
const rule = {
  kind: "addRule",
  rolloutWeights: { yes: 30_000, no: 70_000 },
  clauses: [{ attribute: "plan", op: "in", values: ["pro"], contextKind: "user" }],
};

async function made(url: string, body: object): Promise<void> {
  expect((await server.ask("POST", url, body)).statusCode).toBe(201);
}

async function patched(
  url: string,
  instructions: object[],
  environmentKey = "test",
): Promise<void> {
  const answer = await server.ask("PATCH", url, { environmentKey, instructions });
  expect(answer.statusCode, answer.body).toBe(200);
}

/** The time of what was done last; what comes next is later. */
function moment(): number {
  now += 1_000;
  return now - 1_000;
}

async function restored(
  url: string,
  body: object,
): Promise<{ changes: object[]; notRestored: string[] }> {
  const answer = await server.ask("POST", `${url}/restore`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

/** What people decided about a flag, without what every change moves. */
async function shown(url: string): Promise<object> {
  const { _version, environments, ...flag } = (await server.ask("GET", url)).json();
  const entries = Object.entries<{ lastModified: number; version: number }>(environments);
  return {
    ...flag,
    environments: entries.map(([key, { lastModified: _at, version: _, ...rest }]) => [key, rest]),
  };
}

async function served(): Promise<{ flags: object; segments: object }> {
  const { apiKey } = (await server.ask("GET", `${project}/environments/test`)).json();
  const answer = await fetch(`${server.url}/sdk/latest-all`, {
    headers: { authorization: apiKey },
  });
  const all: { flags: Record<string, object>; segments: Record<string, object> } = JSON.parse(
    await answer.text(),
  );
  const bare = (items: Record<string, object>) =>
    Object.fromEntries(Object.entries(items).map(([key, one]) => [key, { ...one, version: 0 }]));
  return { flags: bare(all.flags), segments: bare(all.segments) };
}

describe("a flag", () => {
  it("becomes what it was in every environment, by changes like any other", async () => {
    await made(flags, { key: "whole", name: "Whole", variations: letters });
    await patched(`${flags}/whole`, [rule, { kind: "turnFlagOn" }]);
    const before = await shown(`${flags}/whole`);
    const at = moment();
    await patched(`${flags}/whole`, [{ kind: "addVariation", value: "three", _id: "three" }]);
    const third = { kind: "updateFallthroughVariationOrRollout", variationId: "three" };
    await patched(`${flags}/whole`, [{ kind: "replaceRules", rules: [] }, third]);
    await patched(`${flags}/whole`, [third, { kind: "updateName", value: "Other" }], "production");

    const { changes, notRestored } = await restored(`${project}/flags/whole`, { at });

    expect(await shown(`${flags}/whole`)).toEqual(before);
    expect(notRestored).toEqual([]);
    const { items } = (await server.ask("GET", "/api/v2/auditlog?q=whole&limit=3")).json();
    expect(changes).toHaveLength(3);
    expect(items).toMatchObject(
      Array.from({ length: 3 }, () => ({
        comment: "Back to how it was at 2023-11-14T22:13:20.000Z",
      })),
    );
  });

  it("comes back with its salts where it has been deleted", async () => {
    await made(flags, { key: "gone", name: "Gone", variations });
    await patched(`${flags}/gone`, [rule, { kind: "turnFlagOn" }]);
    const before = await served();
    const at = moment();
    await server.ask("DELETE", `${flags}/gone`);

    await restored(`${project}/flags/gone`, { at });

    expect(await served()).toEqual(before);
  });

  it("is led back before one entry of the audit log, in one environment", async () => {
    await made(flags, { key: "one", name: "One" });
    moment();
    await patched(`${flags}/one`, [{ kind: "turnFlagOn" }]);
    await patched(`${flags}/one`, [{ kind: "turnFlagOn" }], "production");
    const on = "spec=proj/default:env/test:flag/one&limit=1";
    const [{ _id }] = (await server.ask("GET", `/api/v2/auditlog?${on}`)).json().items;

    const body = { auditId: _id, environmentKey: "test" };
    const { changes } = await restored(`${project}/flags/one`, body);

    expect(changes).toMatchObject([
      { instructions: [{ kind: "turnFlagOff" }], words: ["Turn the flag off"] },
    ]);
    const { environments } = (await server.ask("GET", `${flags}/one`)).json();
    expect([environments.test.on, environments.production.on]).toEqual([false, true]);
  });

  it("stays as it is by a dry run, which says what would be done", async () => {
    await made(flags, { key: "dry", name: "Dry" });
    const at = moment();
    await patched(`${flags}/dry`, [{ kind: "turnFlagOn" }]);
    const before = await shown(`${flags}/dry`);

    const { changes } = await restored(`${project}/flags/dry`, { at, dryRun: true });

    expect(changes).toMatchObject([{ instructions: [{ kind: "turnFlagOff" }] }]);
    expect(await shown(`${flags}/dry`)).toEqual(before);
  });

  it("asks for the permission of each instruction", async () => {
    await made(flags, { key: "mine", name: "Mine", variations });
    const at = moment();
    await patched(`${flags}/mine`, [{ kind: "turnFlagOn" }, rule]);
    const resources = ["proj/default:env/*:flag/*"];
    const inlineRole = [{ effect: "allow", actions: ["updateOn"], resources }];
    const { token } = await newToken(server, { inlineRole });

    const refused = await server.ask("POST", `${project}/flags/mine/restore`, { at }, token);

    expect(refused.statusCode).toBe(403);
    expect(refused.json().message).toContain("updateRules");
    const unchanged = (await server.ask("GET", `${flags}/mine`)).json();
    expect(unchanged.environments.test.on).toBe(true);
  });

  it("says that it was not there", async () => {
    const answer = await server.ask("POST", `${project}/flags/mine/restore`, { at: 1 });

    expect(answer.statusCode).toBe(404);
    expect(answer.json().message).toContain("was not there at that time");
    expect((await server.ask("POST", `${project}/flags/mine/restore`, {})).statusCode).toBe(400);
  });
});

describe("a segment", () => {
  it("becomes what it was, also after it was deleted", async () => {
    await made(segments, { key: "beta", name: "Beta" });
    await patched(`${segments}/beta`, [{ kind: "addIncludedUsers", values: ["ada"] }]);
    const before = await served();
    const at = moment();
    await patched(`${segments}/beta`, [{ kind: "removeIncludedUsers", values: ["ada"] }]);

    await restored(`${project}/environments/test/segments/beta`, { at });
    expect(await served()).toEqual(before);
    await server.ask("DELETE", `${segments}/beta`);
    await restored(`${project}/environments/test/segments/beta`, { at });

    expect(await served()).toEqual(before);
  });
});

describe("segments", () => {
  it("are not made to ask for each other in a ring", async () => {
    for (const key of ["a", "b"]) await made(segments, { key, name: key });
    const naming = (key: string) => ({
      kind: "addRule",
      ruleId: "only",
      clauses: [{ attribute: "segmentMatch", op: "segmentMatch", values: [key] }],
    });
    await patched(`${segments}/a`, [naming("b")]);
    const at = moment();
    await patched(`${segments}/a`, [{ kind: "removeRule", ruleId: "only" }]);
    await patched(`${segments}/b`, [naming("a")]);

    const url = `${project}/environments/test/segments/a/restore`;
    const refused = await server.ask("POST", url, { at });

    expect(refused.statusCode).toBe(400);
    expect(refused.json().message).toContain("would be asked for itself");
    await patched(`${segments}/b`, [{ kind: "removeRule", ruleId: "only" }]);
    for (const key of ["a", "b"]) await server.ask("DELETE", `${segments}/${key}`);
  });
});

describe("an environment", () => {
  let before: object;
  let at = 0;

  beforeAll(async () => {
    await made(segments, { key: "vips", name: "VIPs" });
    for (const key of ["a", "b", "c"]) await made(flags, { key, name: key, variations });
    await requires("a", "b");
    await requires("c", "a");
    await patched(`${flags}/c`, [
      {
        kind: "addRule",
        variationId: "yes",
        clauses: [{ attribute: "segmentMatch", op: "segmentMatch", values: ["vips"] }],
      },
    ]);
    before = await served();
    at = moment();
  });

  async function requires(key: string, other: string): Promise<void> {
    const instruction = { kind: "addPrerequisite", key: other, variationId: "yes" };
    await patched(`${flags}/${key}`, [instruction]);
  }

  it("becomes what it was, prerequisites that were turned around included", async () => {
    await patched(`${flags}/a`, [{ kind: "removePrerequisite", key: "b" }]);
    await requires("b", "a");
    await patched(`${flags}/c`, [{ kind: "replaceRules", rules: [] }]);
    await server.ask("DELETE", `${flags}/c`);
    await server.ask("DELETE", `${segments}/vips`);
    await made(segments, { key: "newer", name: "Newer" });

    const { notRestored } = await restored(`${project}/environments/test`, { at });

    expect(await served()).toEqual(before);
    expect(notRestored).toEqual(["the environment's name, colour, settings and keys"]);
  });

  it("says what it cannot take away", async () => {
    await made(flags, { key: "latest", name: "Latest" });

    const { notRestored } = await restored(`${project}/environments/test`, { at, dryRun: true });

    expect(notRestored[0]).toBe('flag "latest", which is newer; delete it, or turn it off');
  });

  it("leaves what all environments share, and says so", async () => {
    await patched(`${flags}/b`, [{ kind: "updateName", value: "Other" }]);

    const { notRestored } = await restored(`${project}/environments/test`, { at, dryRun: true });

    expect(notRestored[0]).toBe(
      'flag "b": what all environments share; restore the flag itself for: Call the flag "b"',
    );
  });
});
