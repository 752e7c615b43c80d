import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/default";
const day = 86_400_000;
const start = 1_700_000_000_000;
let server: TemporaryServer;
let now = start;

beforeAll(async () => {
  server = await TemporaryServer.start({ now: () => now });
});
afterAll(() => server[Symbol.asyncDispose]());

async function ask(...request: Parameters<TemporaryServer["ask"]>) {
  const answer = await server.ask(...request);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.body === "" ? undefined : answer.json();
}

async function made(key: string): Promise<{ id: (index: number) => string; url: string }> {
  const body = { key, name: key, variations: [{ value: 1 }, { value: 2 }, { value: 3 }] };
  const { variations } = await ask("POST", flags, body);
  return { id: (index) => variations[index]._id, url: `${flags}/${key}` };
}

describe("a copy of a flag's configuration", () => {
  async function configured(key: string) {
    const flag = await made(key);
    await ask("PATCH", flag.url, {
      environmentKey: "test",
      instructions: [
        { kind: "turnFlagOn" },
        { kind: "addTargets", variationId: flag.id(1), values: ["ada"] },
        {
          kind: "addRule",
          clauses: [{ attribute: "plan", op: "in", values: ["pro"] }],
          variationId: flag.id(1),
        },
        { kind: "updateFallthroughVariationOrRollout", variationId: flag.id(1) },
        { kind: "updateOffVariation", variationId: flag.id(1) },
      ],
    });
    return flag;
  }
  const ends = { source: { key: "test" }, target: { key: "production" } };

  it("brings everything but the salt, once", async () => {
    const { url } = await configured("whole");
    const before = await ask("GET", url);

    const { environments, _version } = await ask("POST", `${url}/copy`, ends);
    const again = await ask("POST", `${url}/copy`, ends);

    const { test, production } = environments;
    const members = ["on", "targets", "rules", "fallthrough", "offVariation"];
    for (const member of members) expect(production[member]).toEqual(test[member]);
    expect(production.salt).toBe(before.environments.production.salt);
    expect(again._version).toBe(_version);
  });

  it.each([
    [{ includedActions: ["updateOn"] }, [true, 0, 0]],
    [{ excludedActions: ["updateOn", "updateTargets"] }, [false, 0, 1]],
  ])("brings what is asked for by %j", async (choice, expected) => {
    const { url } = await configured(`part-${JSON.stringify(choice).length}`);

    const { environments } = await ask("POST", `${url}/copy`, { ...ends, ...choice });

    const { on, targets, rules } = environments.production;
    expect([on, targets.length, rules.length]).toEqual(expected);
  });

  it("is refused where an end has changed since it was read, and writes nothing in a dry run", async () => {
    const { url } = await configured("versioned");
    const { environments } = await ask("GET", url);
    const { version } = environments.test;
    const copy = (currentVersion: number) =>
      server.ask("POST", `${url}/copy?dryRun=true`, {
        ...ends,
        source: { key: "test", currentVersion },
      });

    const [stale, current] = [await copy(version - 1), await copy(version)];

    expect([stale.statusCode, stale.json().code]).toEqual([409, "optimistic_locking_error"]);
    expect(current.json().environments.production.on).toBe(true);
    expect((await ask("GET", url)).environments.production.on).toBe(false);
  });

  it("needs the right to each thing that it changes", async () => {
    const { url } = await configured("guarded");
    const view = { effect: "allow", actions: ["viewProject", "copy*"], resources: ["*"] };
    const some = { effect: "allow", actions: ["updateOn"], resources: ["proj/*:env/*:flag/*"] };
    const { token } = await newToken(server, {
      inlineRole: [view, { ...view, resources: ["proj/*:env/*:flag/*"] }, some],
    });

    const all = await server.ask("POST", `${url}/copy`, ends, token);
    const one = { ...ends, includedActions: ["updateOn"] };
    const allowed = await server.ask("POST", `${url}/copy`, one, token);

    expect([all.statusCode, allowed.statusCode]).toEqual([403, 201]);
  });
});

describe("the flags that depend on a flag", () => {
  it("are listed for all environments and for one", async () => {
    const base = await made("base");
    const needs = await made("needs");
    await ask("PATCH", needs.url, {
      environmentKey: "test",
      instructions: [{ kind: "addPrerequisite", key: "base", variationId: base.id(0) }],
    });

    const all = await ask("GET", `${base.url}/dependent-flags`);
    const inTest = await ask("GET", `${flags}/test/base/dependent-flags`);
    const inProduction = await ask("GET", `${flags}/production/base/dependent-flags`);

    expect(all.items).toMatchObject([{ key: "needs", environments: [{ key: "test" }] }]);
    expect(inTest.items).toMatchObject([{ key: "needs", name: "needs" }]);
    expect(inProduction.items).toEqual([]);
  });
});

describe("the status of a flag", () => {
  const url = "/api/v2/flag-statuses/default/production";

  async function report(key: string): Promise<void> {
    const { apiKey } = await ask("GET", "/api/v2/projects/default/environments/production");
    const counters = [{ variation: 0, version: 1, value: 1, count: 3 }];
    const features = { [key]: { default: 7, counters, contextKinds: ["user"] } };
    const answer = await server.running.app.inject({
      method: "POST",
      url: "/bulk",
      headers: { authorization: apiKey, "content-type": "application/json" },
      payload: [{ kind: "summary", startDate: now, endDate: now, features }],
    });
    expect(answer.statusCode).toBe(202);
  }

  it("is told of some flags alone", async () => {
    await made("one-of-many");
    await made("another");

    const { items } = await ask("GET", `${url}?flags=another,unknown`);

    expect(items).toMatchObject([{ name: "new" }]);
    expect(items[0]._links.parent.href).toBe("/api/v2/flags/default/another");
  });

  it("goes from new to active, launched and inactive", async () => {
    const flag = await made("living");
    const status = async () => (await ask("GET", `${url}/living`)).name;
    const seen = [await status()];
    await ask("PATCH", flag.url, {
      environmentKey: "production",
      instructions: [{ kind: "turnFlagOn" }],
    });
    await report("living");
    seen.push(await status());
    now += 8 * day;
    seen.push(await status());
    await report("living");
    seen.push(await status());

    const { lastRequested, default: fallback } = await ask("GET", `${url}/living`);

    expect(seen).toEqual(["new", "active", "inactive", "launched"]);
    expect([lastRequested, fallback]).toEqual([new Date(now).toISOString(), 7]);
    const across = await ask("GET", "/api/v2/flag-status/default/living?env=test&env=production");
    expect(across.environments).toMatchObject({
      test: { name: "inactive" },
      production: { name: "launched", default: 7 },
    });
    const { items } = await ask("GET", url);
    expect(items).toContainEqual(await ask("GET", `${url}/living`));
  });

  it("is not launched while some get another variation", async () => {
    const flag = await made("split");
    await ask("PATCH", flag.url, {
      environmentKey: "production",
      instructions: [
        { kind: "turnFlagOn" },
        { kind: "addTargets", variationId: flag.id(2), values: ["ada"] },
      ],
    });
    now += 8 * day;
    await report("split");

    expect((await ask("GET", `${url}/split`)).name).toBe("active");
  });
});

describe("followers", () => {
  it("are members, and leave with the flag", async () => {
    const { url } = await made("followed");
    const { id } = await newMember(server, { email: "ada@example.com", role: "reader" });
    const path = "/api/v2/projects/default/flags/followed/environments/test/followers";
    const all = "/api/v2/projects/default/environments/test/followers";

    await ask("PUT", `${path}/${id}`);
    await ask("PUT", `${path}/${id}`);

    expect((await ask("GET", path)).items).toMatchObject([{ _id: id, email: "ada@example.com" }]);
    expect((await ask("GET", all)).items).toMatchObject([
      { flagKey: "followed", followers: [{ _id: id }] },
    ]);
    expect((await server.ask("PUT", `${path}/nobody`)).statusCode).toBe(404);
    await ask("DELETE", url);
    expect((await ask("GET", all)).items).toEqual([]);
  });

  it("may be readers who follow by themselves, and not another", async () => {
    await made("watched");
    const bert = await newMember(server, { email: "bert@example.com", role: "reader" });
    const cleo = await newMember(server, { email: "cleo@example.com", role: "reader" });
    const path = "/api/v2/projects/default/flags/watched/environments/test/followers";

    const own = await server.askAs(bert, "PUT", `${path}/${bert.id}`);
    const other = await server.askAs(bert, "PUT", `${path}/${cleo.id}`);
    const gone = await server.askAs(bert, "DELETE", `${path}/${bert.id}`);

    expect([own, other, gone].map(({ statusCode }) => statusCode)).toEqual([204, 403, 204]);
    expect((await ask("GET", path)).items).toEqual([]);
  });
});

describe("the safety of a migration's next step", () => {
  const path = "/api/v2/projects/default/flags/move/environments/test/migration-safety-issues";
  const instructionsTo = (variationId: string | undefined) => [
    { kind: "turnFlagOn" },
    { kind: "updateFallthroughVariationOrRollout", variationId },
  ];
  let ids: Map<string, string>;

  beforeAll(async () => {
    const body = { purpose: "migration", migrationSettings: { stageCount: 6 } };
    const { variations } = await ask("POST", flags, { key: "move", name: "Move", ...body });
    ids = new Map(variations.map(({ _id, value }: Record<string, string>) => [value, _id]));
  });

  async function begin(stage: string): Promise<void> {
    const instructions = instructionsTo(ids.get(stage));
    await ask("PATCH", `${flags}/move`, { environmentKey: "test", instructions });
  }

  it.each([
    ["off", "dualwrite", undefined],
    ["off", "shadow", false],
    ["dualwrite", "live", undefined],
    ["rampdown", "complete", undefined],
    ["complete", "rampdown", undefined],
    ["complete", "live", true],
    ["complete", "off", true],
  ])("from %s to %s", async (from, to, oldSystemAffected) => {
    await begin(from);
    const before = await ask("GET", `${flags}/move`);

    const answer = await server.ask("POST", path, { instructions: instructionsTo(ids.get(to)) });

    if (oldSystemAffected === undefined) expect(answer.statusCode).toBe(204);
    else expect(answer.json()).toMatchObject([{ oldSystemAffected }]);
    expect(await ask("GET", `${flags}/move`)).toEqual(before);
  });

  it("names the rule by which somebody would get there", async () => {
    await begin("off");
    const rule = {
      kind: "addRule",
      ruleId: "early",
      clauses: [],
      variationId: ids.get("complete"),
    };

    const [issue] = await ask("POST", path, { instructions: [rule] });

    expect(issue).toMatchObject({ causingRuleId: "early", affectedRuleIds: ["early"] });
  });
});
