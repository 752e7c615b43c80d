import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/shop";
const monday = 1_700_000_000_000;
const tuesday = monday + 86_400_000;
let server: TemporaryServer;
let now = monday;

beforeAll(async () => {
  server = await TemporaryServer.start({ now: () => now });
  await ask("POST", "/api/v2/projects", { key: "shop", name: "Shop" });
  const segment = { key: "early", name: "Early" };
  await ask("POST", "/api/v2/segments/shop/production", segment);
  const forPages = { usingMobileKey: false, usingEnvironmentId: true };
  await ask("POST", flags, {
    key: "banner",
    name: "Dark banner",
    tags: ["beta", "web"],
    temporary: true,
  });
  await ask("POST", flags, { key: "checkout", name: "Checkout", tags: ["beta"], temporary: false });
  now = tuesday;
  await ask("POST", flags, { key: "adverts", name: "Adverts", clientSideAvailability: forPages });
  await ask("POST", flags, { key: "gone", name: "Gone" });
  await ask("PATCH", `${flags}/gone`, { instructions: [{ kind: "archiveFlag" }] });
  await ask("PATCH", `${flags}/checkout`, { instructions: [{ kind: "deprecateFlag" }] });
  const early = { attribute: "", op: "segmentMatch", values: ["early"] };
  const { variations } = (await ask("GET", `${flags}/banner`)).json();
  await ask("PATCH", `${flags}/banner`, {
    environmentKey: "production",
    instructions: [
      { kind: "turnFlagOn" },
      { kind: "addRule", clauses: [early], variationId: variations[0]._id },
      { kind: "addTargets", values: ["ada", "bert"], variationId: variations[1]._id },
    ],
  });
});
afterAll(() => server[Symbol.asyncDispose]());

async function ask(...request: Parameters<TemporaryServer["ask"]>) {
  const answer = await server.ask(...request);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer;
}

interface Listed {
  readonly key: string;
  readonly environments: Readonly<
    Record<string, { readonly _summary: { readonly likeness: string } }>
  >;
}

async function keysIn(query: string): Promise<string[]> {
  const { items } = (await ask("GET", `${flags}?${query}`)).json();
  return items.map(({ key }: { key: string }) => key);
}

describe("the list of flags", () => {
  it.each([
    ["", ["banner", "checkout", "adverts"]],
    ["filter=query:dark", ["banner"]],
    ["filter=tags:beta", ["banner", "checkout"]],
    ["filter=tags:beta%2Bweb", ["banner"]],
    ["filter=tags:beta+web", ["banner"]],
    ["tag=web", ["banner"]],
    ["filter=key:banner", ["banner"]],
    ["filter=key:bann", []],
    ["filter=keys:checkout%2Bbanner%2Bgone", ["banner", "checkout"]],
    ["filter=keys:nothing", []],
    ["filter=turnedOn:somewhere", ["banner"]],
    ["filter=turnedOn:everywhere", []],
    ["filter=turnedOn:everywhere,filterEnv:production", ["banner"]],
    ["filter=turnedOn:nowhere", ["checkout", "adverts"]],
    ["filter=turnedOn:nowhere,filterEnv:test", ["banner", "checkout", "adverts"]],
    ['filter=notEvaluated:{"after":0}', ["banner", "checkout", "adverts"]],
    ["filter=state:archived", ["gone"]],
    ["archived=true", ["gone"]],
    ["filter=state:deprecated%2Blive", ["banner", "checkout", "adverts"]],
    ["filter=state:deprecated", ["checkout"]],
    ["filter=type:temporary", ["banner", "adverts"]],
    ["filter=type:permanent", ["checkout"]],
    ["filter=maintainerId:nobody", []],
    ["filter=maintainerTeamKey:nobody", []],
    [`filter=creationDate:{"before":${monday + 1}}`, ["banner", "checkout"]],
    [`filter=creationDate:{"after":${monday},"before":${tuesday + 1}}`, ["adverts"]],
    ["filter=sdkAvailability:client", ["adverts"]],
    ["filter=sdkAvailability:mobile", []],
    ["filter=sdkAvailability:server", ["banner", "checkout", "adverts"]],
    ["filter=segmentTargeted:early", ["banner"]],
    ["filter=segmentTargeted:early,filterEnv:test", []],
    ["filter=segmentTargeted:late", []],
    [
      `filter=targetingModifiedDate:{"after":${monday}},filterEnv:production`,
      ["banner", "adverts"],
    ],
    [`filter=targetingModifiedDate:{"after":${monday}},filterEnv:test`, ["adverts"]],
    [`filter=evaluated:{"after":${monday}},filterEnv:production`, []],
    ["filter=contextKindsEvaluated:user", []],
    ["sort=-name", ["banner", "checkout", "adverts"]],
    ["sort=-creationDate,key", ["adverts", "banner", "checkout"]],
    ["limit=1&offset=1&sort=key", ["banner"]],
  ])("with ?%s", async (query, keys) => {
    expect(await keysIn(query)).toEqual(keys);
  });

  it.each([
    ["filter=hasExperiment:true", "there are no experiments"],
    ["filter=codeReferences.min:few", "give a whole number"],
    ["filter=tag:beta", 'did you mean "tags"'],
    ["filter=filterEnv:nowhere", 'no environment "nowhere"'],
    ["sort=age", "use creationDate"],
    ["expand=evaluations", 'did you mean "evaluation"'],
    ["limit=0", "limit"],
  ])("refuses ?%s and says why", async (query, words) => {
    const answer = await server.ask("GET", `${flags}?${query}`);

    expect([400, 404]).toContain(answer.statusCode);
    expect(answer.json().message).toContain(words);
  });

  it("counts rules and targets, unless it is asked for them", async () => {
    const brief = (await ask("GET", `${flags}?env=production&filter=query:banner`)).json();
    const full = (await ask("GET", `${flags}?env=production&filter=query:banner&summary=0`)).json();

    const [summary, whole] = [brief, full].map(({ items }) => items[0].environments.production);
    expect(summary._summary).toEqual({
      variations: {
        0: { rules: 1, nullRules: 0, targets: 0, contextTargets: 0, isFallthrough: true },
        1: { rules: 0, nullRules: 0, targets: 2, contextTargets: 0, isOff: true },
      },
      prerequisites: 0,
      rules: 1,
      likeness: expect.any(String),
    });
    expect([summary.rules, summary.targets]).toEqual([undefined, undefined]);
    expect([whole.rules.length, whole.targets.length, whole._summary]).toEqual([1, 1, undefined]);
  });

  it("tells by a summary whether environments serve a flag alike", async () => {
    const { items } = (await ask("GET", flags)).json();

    const alike = items.map(({ key, environments }: Listed) => {
      const all = Object.values(environments).map(({ _summary }) => _summary.likeness);
      return [key, new Set(all).size];
    });
    expect(alike).toEqual([
      ["banner", 2],
      ["checkout", 1],
      ["adverts", 1],
    ]);
  });

  it("names all flags in one answer", async () => {
    const { items } = (await ask("GET", "/api/v2/projects/shop/flag-names")).json();

    expect(items).toEqual([
      { key: "banner", name: "Dark banner", tags: ["beta", "web"] },
      { key: "checkout", name: "Checkout", tags: ["beta"] },
      { key: "adverts", name: "Adverts", tags: [] },
    ]);
  });

  it("shows the environments that are asked for", async () => {
    const { items } = (await ask("GET", `${flags}?env=production&env=test&limit=1`)).json();
    const [only] = (await ask("GET", `${flags}?env=test&limit=1`)).json().items;

    expect(Object.keys(items[0].environments)).toEqual(["test", "production"]);
    expect(Object.keys(only.environments)).toEqual(["test"]);
  });

  it("leads to the next page with all that was asked for", async () => {
    const first = (await ask("GET", `${flags}?limit=2&sort=key&filter=state:live`)).json();
    const { href } = first._links.last ?? first._links.self;

    expect([first.totalCount, first._links.next]).toEqual([2, undefined]);
    expect(href).toContain("state:live");
  });
});

it("finds the flags that differ between environments among more than are read at once", async () => {
  await ask("POST", "/api/v2/projects", { key: "wide", name: "Wide" });
  const wide = "/api/v2/flags/wide";
  const keys = Array.from({ length: 60 }, (_, index) => `flag-${index}`);
  for (const key of keys) await ask("POST", wide, { key, name: key });
  const differing = ["flag-3", "flag-49", "flag-50", "flag-59"];
  const [off = "", ...onInTest] = differing;
  for (const key of onInTest) {
    const instructions = [{ kind: "turnFlagOn" }];
    await ask("PATCH", `${wide}/${key}`, { environmentKey: "test", instructions });
  }
  const { variations } = (await ask("GET", `${wide}/${off}`)).json();
  const variationId = variations[0]._id;
  await ask("PATCH", `${wide}/${off}`, {
    environmentKey: "test",
    instructions: [{ kind: "updateOffVariation", variationId }],
  });

  const query = "compare=true&env=test&env=production";
  const found = (await ask("GET", `${wide}?${query}`)).json();
  const second = (await ask("GET", `${wide}?${query}&limit=1&offset=1`)).json();

  expect(found.items.map(({ key }: { key: string }) => key)).toEqual(differing);
  expect(second.items.map(({ key }: { key: string }) => key)).toEqual(["flag-49"]);
  expect(second.totalCountWithDifferences).toBe(4);
});

describe("how flags are evaluated", () => {
  beforeAll(async () => {
    const { apiKey } = (await ask("GET", "/api/v2/projects/shop/environments/production")).json();
    const counters = [{ variation: 0, version: 1, value: true, count: 3 }];
    const event = {
      kind: "summary",
      startDate: tuesday,
      endDate: tuesday,
      features: { checkout: { default: false, counters, contextKinds: ["user", "device"] } },
    };
    const answer = await server.running.app.inject({
      method: "POST",
      url: "/bulk",
      headers: { authorization: apiKey, "content-type": "application/json" },
      payload: [event],
    });
    expect(answer.statusCode, answer.body).toBeLessThan(300);
  });

  it.each([
    [`evaluated:{"after":${tuesday}},filterEnv:production`, ["checkout"]],
    [`evaluated:{"after":${tuesday}},filterEnv:test`, []],
    [`evaluated:{"after":${tuesday + 86_400_000}}`, []],
    ["contextKindsEvaluated:device", ["checkout"]],
    ["contextKindsEvaluated:device+robot", []],
  ])("narrows the list by %s", async (filter, keys) => {
    expect(await keysIn(`filter=${filter}`)).toEqual(keys);
  });

  it("is shown where it is asked for", async () => {
    const shown = (await ask("GET", `${flags}/checkout?expand=evaluation`)).json();
    const [plain] = (await ask("GET", `${flags}?filter=query:checkout`)).json().items;

    expect(shown.environments.production.evaluation).toEqual({ contextKinds: ["device", "user"] });
    expect(shown.environments.test.evaluation).toEqual({ contextKinds: [] });
    expect(plain.environments.production.evaluation).toBeUndefined();
  });
});
