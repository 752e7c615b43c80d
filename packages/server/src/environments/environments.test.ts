import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { encoded } from "../testing/delivery-fixture.ts";
import { EventStream } from "../testing/event-stream.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const list = "/api/v2/projects/default/environments";
const flags = "/api/v2/flags/default";

interface Made {
  readonly _id: string;
  readonly apiKey: string;
}

async function made(settings: object): Promise<Made> {
  const answer = await server.ask("POST", list, settings);
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

async function lastChange(key: string) {
  const row = await server.running.db
    .selectFrom("change")
    .selectAll()
    .where("kind", "=", "environment")
    .where("key", "=", key)
    .orderBy("at", "desc")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const read = (json: string | null): unknown => JSON.parse(json ?? "null");
  return { words: read(row.words), before: read(row.before), after: read(row.after) };
}

const everySetting = {
  name: "Everything",
  color: "AABBCC",
  defaultTtl: 5,
  secureMode: true,
  defaultTrackEvents: true,
  requireComments: true,
  confirmChanges: true,
  tags: ["beta", "eu"],
  critical: true,
};

describe("an environment", () => {
  it("is made with every setting, and as the API has it without", async () => {
    const full = await server.ask("POST", list, { key: "full", ...everySetting });
    const bare = await server.ask("POST", list, { key: "bare", name: "Bare" });

    expect(full.json()).toMatchObject(everySetting);
    expect((await server.ask("GET", `${list}/full`)).json()).toEqual(full.json());
    expect(bare.json()).toMatchObject({ secureMode: false, defaultTtl: 0, tags: [] });
  });

  it("refuses settings out of their range", async () => {
    const answer = await server.ask("POST", list, { key: "no", name: "No", defaultTtl: 61 });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("defaultTtl");
  });

  it("is found by text and tags, in order and by pages", async () => {
    await made({ key: "eu-1", name: "Europe one", tags: ["found", "eu"] });
    await made({ key: "eu-2", name: "Europe two", tags: ["found"] });

    const keysOf = async (query: string): Promise<string[]> => {
      const { items } = (await server.ask("GET", `${list}?${query}`)).json();
      return items.map(({ key }: { key: string }) => key);
    };

    expect(await keysOf("filter=query:europe&sort=-name")).toEqual(["eu-2", "eu-1"]);
    expect(await keysOf("filter=tags:found%2Beu")).toEqual(["eu-1"]);
    expect(await keysOf("filter=tags:found&sort=name&limit=1&offset=1")).toEqual(["eu-2"]);
  });

  it("becomes again what it was by the inverse patch, whatever was patched", async () => {
    await made({ key: "patched", name: "Patched" });
    const settings = fc.record(
      {
        name: fc.constantFrom("A", "B"),
        color: fc.constantFrom("000000", "ffffff"),
        defaultTtl: fc.integer({ min: 0, max: 60 }),
        secureMode: fc.boolean(),
        defaultTrackEvents: fc.boolean(),
        requireComments: fc.boolean(),
        confirmChanges: fc.boolean(),
        tags: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
        critical: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const path = `${list}/patched`;

    await fc.assert(
      fc.asyncProperty(settings, fc.boolean(), async (wanted, isMerge) => {
        const before = (await server.ask("GET", path)).json();
        const operations = (values: Record<string, unknown>) =>
          Object.keys(wanted).map((name) => ({
            op: "replace",
            path: `/${name}`,
            value: values[name],
          }));
        if (operations(wanted).length === 0) return;

        const there = await server.ask("PATCH", path, isMerge ? wanted : operations(wanted));
        const back = await server.ask("PATCH", path, operations(before));

        expect(there.json()).toEqual({ ...before, ...wanted });
        expect(back.json()).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it("says in the log in words what was changed, how it was and how it is", async () => {
    await made({ key: "logged", name: "Logged" });

    const patch = [
      { op: "replace", path: "/requireComments", value: true },
      { op: "add", path: "/tags/-", value: "eu" },
    ];
    await server.ask("PATCH", `${list}/logged`, { comment: "for the audit", patch });

    expect(await lastChange("logged")).toMatchObject({
      words: ["Ask for a comment with every change", "Tag the environment with eu"],
      before: { requireComments: false, tags: [] },
      after: { requireComments: true, tags: ["eu"] },
    });
  });

  it("asks for the right to each setting", async () => {
    await made({ key: "guarded", name: "Guarded" });
    const { token } = await newToken(server, {
      inlineRole: [
        { effect: "allow", actions: ["viewProject"], resources: ["proj/*"] },
        { effect: "allow", actions: ["updateTtl"], resources: ["proj/*:env/guarded"] },
        { effect: "deny", actions: ["viewSdkKey"], resources: ["proj/*:env/*"] },
      ],
    });
    const ttl = [{ op: "replace", path: "/defaultTtl", value: 3 }];
    const color = [{ op: "replace", path: "/color", value: "123456" }];

    const permitted = await server.ask("PATCH", `${list}/guarded`, ttl, token);
    const refused = await server.ask("PATCH", `${list}/guarded`, [...ttl, ...color], token);
    const deletion = await server.ask("DELETE", `${list}/guarded`, undefined, token);

    expect([permitted, refused, deletion].map((one) => one.statusCode)).toEqual([200, 403, 403]);
    expect(refused.json().message).toContain("updateColor");
    // Who may not view the key sees only how it ends.
    expect(permitted.json().apiKey).toMatch(/^sdk-…[0-9a-f]{4}$/u);
  });

  it("refuses a write that was decided on an older state", async () => {
    await made({ key: "raced", name: "Raced" });
    const { etag } = (await server.ask("GET", `${list}/raced`)).headers;
    const headers = { "if-match": String(etag) };
    const rename = (value: string) => [{ op: "replace", path: "/name", value }];

    const first = await server.ask("PATCH", `${list}/raced`, rename("First"), headers);
    const second = await server.ask("PATCH", `${list}/raced`, rename("Second"), headers);
    const deletion = await server.ask("DELETE", `${list}/raced`, undefined, headers);

    expect([first, second, deletion].map((one) => one.statusCode)).toEqual([200, 412, 412]);
  });
});

describe("what an environment is told", () => {
  it("lets SDKs that ask for single flags keep the answer", async () => {
    const { apiKey } = await made({ key: "kept", name: "Kept", defaultTtl: 2 });
    await server.ask("POST", flags, { key: "kept-flag", name: "Kept" });
    const headers = { authorization: apiKey };

    const one = await fetch(`${server.url}/sdk/flags/kept-flag`, { headers });
    const all = await fetch(`${server.url}/sdk/latest-all`, { headers });

    expect(one.headers.get("cache-control")).toBe("max-age=120");
    expect(all.headers.get("cache-control")).toBeNull();
  });

  it("tracks events of flags that are made later, and of no other", async () => {
    await server.ask("POST", flags, { key: "earlier", name: "Earlier" });
    await made({ key: "tracking", name: "Tracking", defaultTrackEvents: true });
    await server.ask("POST", flags, { key: "later", name: "Later" });

    const tracks = async (key: string, environment: string): Promise<boolean> =>
      (await server.ask("GET", `${flags}/${key}`)).json().environments[environment].trackEvents;

    expect(await tracks("earlier", "tracking")).toBe(false);
    expect(await tracks("later", "tracking")).toBe(true);
    expect(await tracks("later", "test")).toBe(false);
  });

  it("ends streams of pages that nobody vouched for, once it is in secure mode", async () => {
    const { _id } = await made({ key: "secured", name: "Secured" });
    const url = `${server.url}/eval/${_id}/${encoded({ kind: "user", key: "ada" })}`;
    await using stream = await EventStream.open(url);
    expect((await stream.next())?.event).toBe("put");

    await server.ask("PATCH", `${list}/secured`, { secureMode: true });

    await stream.end();
    expect((await fetch(url)).status).toBe(400);
  });
});

describe("an environment that asks for comments", () => {
  const inEnvironment = { environmentKey: "commented" };
  const turnOn = { ...inEnvironment, instructions: [{ kind: "turnFlagOn" }] };
  const refusal = 'the environment "commented" asks for a comment';

  beforeAll(async () => {
    await server.ask("POST", flags, { key: "discussed", name: "Discussed" });
    await made({ key: "commented", name: "Commented", requireComments: true });
  });

  it("refuses a change of a flag there without one, and takes it with one", async () => {
    const path = `${flags}/discussed`;
    const on = "/environments/commented/on";
    const patch = [{ op: "replace", path: on, value: true }];

    const bare = await server.ask("PATCH", path, turnOn);
    const blank = await server.ask("PATCH", path, { ...turnOn, comment: "  " });
    const byPatch = await server.ask("PATCH", path, patch);
    const commented = await server.ask("PATCH", path, { ...turnOn, comment: "it is time" });

    expect([bare, blank, byPatch].map((one) => one.statusCode)).toEqual([400, 400, 400]);
    expect(bare.json().message).toContain(refusal);
    expect(commented.statusCode).toBe(200);
    expect(commented.json().environments.commented.on).toBe(true);
  });

  it("asks for one, too, where a flag as a whole is served otherwise there", async () => {
    const path = `${flags}/discussed`;
    const rename = { instructions: [{ kind: "updateName", value: "Talked about" }] };
    const phones = {
      instructions: [{ kind: "turnOnClientSideAvailability", value: "usingMobileKey" }],
    };

    expect((await server.ask("PATCH", path, rename)).statusCode).toBe(200);
    expect((await server.ask("PATCH", path, phones)).json().message).toContain(refusal);
  });

  it("asks for one, too, where a flag is told something there that is not served", async () => {
    const path = `${flags}/discussed`;
    const { variations } = (await server.ask("GET", path)).json();
    const rule = { kind: "addRule", clauses: [], variationId: variations[0]._id };
    const added = await server.ask("PATCH", path, {
      ...inEnvironment,
      comment: "a rule",
      instructions: [rule],
    });
    const [{ _id: ruleId }] = added.json().environments.commented.rules;

    const description = "For everyone";
    const answer = await server.ask("PATCH", path, {
      ...inEnvironment,
      instructions: [{ kind: "updateRuleDescription", ruleId, description }],
    });

    expect(answer.json().message).toContain(refusal);
  });

  it("leaves the other environments alone", async () => {
    const elsewhere = { ...turnOn, environmentKey: "test" };

    expect((await server.ask("PATCH", `${flags}/discussed`, elsewhere)).statusCode).toBe(200);
  });

  it("refuses changes of its segments without one, but neither their making nor their end", async () => {
    const segments = "/api/v2/segments/default/commented";
    const instructions = [{ kind: "addIncludedUsers", values: ["ada"] }];

    const creation = await server.ask("POST", segments, { key: "few", name: "Few" });
    const bare = await server.ask("PATCH", `${segments}/few`, { instructions });
    const comment = "she asked for it";
    const commented = await server.ask("PATCH", `${segments}/few`, { instructions, comment });
    const deletion = await server.ask("DELETE", `${segments}/few`);

    expect(creation.statusCode).toBe(201);
    expect(bare.statusCode).toBe(400);
    expect(bare.json().message).toContain(refusal);
    expect(commented.statusCode).toBe(200);
    expect(deletion.statusCode).toBe(204);
  });
});

describe("the further keys of an environment", () => {
  it("are listed by pages, and each is in the log without its secret", async () => {
    await made({ key: "keyed", name: "Keyed" });
    const path = `${list}/keyed/keys`;
    const first = (await server.ask("POST", path, { kind: "sdk", name: "first" })).json();
    await server.ask("POST", path, { kind: "mobile", name: "second" });

    const page = (await server.ask("GET", `${path}?limit=1`)).json();
    expect(page).toMatchObject({ items: [{ name: "first" }], totalCount: 2 });

    await server.ask("DELETE", `${path}/${first.key}`);
    const change = await lastChange("keyed");
    expect(change).toMatchObject({
      before: { furtherKeys: [{ name: "first" }, { name: "second" }] },
      after: { furtherKeys: [{ name: "second" }] },
    });
    expect(JSON.stringify(change)).not.toContain(first.key);
  });

  it("are for those who may make and view them", async () => {
    await made({ key: "locked", name: "Locked" });
    const { token } = await newToken(server, { role: "writer" });
    const path = `${list}/locked/keys`;

    expect((await server.ask("GET", path, undefined, token)).statusCode).toBe(200);
    const making = await server.ask("POST", path, { kind: "sdk", name: "x" }, token);
    expect(making.statusCode).toBe(403);
  });
});
