import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const list = "/api/v2/projects";

async function makeProject(settings: object): Promise<void> {
  expect((await server.ask("POST", list, settings)).statusCode).toBe(201);
}

describe("a project", () => {
  it("becomes again what it was by the inverse patch, whatever was patched", async () => {
    await makeProject({ key: "patched", name: "Patched" });
    const availability = fc.record({
      usingMobileKey: fc.boolean(),
      usingEnvironmentId: fc.boolean(),
    });
    const settings = fc.record(
      {
        name: fc.constantFrom("A", "B"),
        tags: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
        defaultClientSideAvailability: availability,
        defaultReleasePipelineKey: fc.constantFrom("slow", "fast"),
        namingConvention: fc.record({ case: fc.constantFrom("camelCase", "kebabCase") }),
      },
      { requiredKeys: [] },
    );
    const path = `${list}/patched`;

    await fc.assert(
      fc.asyncProperty(settings, async (wanted) => {
        const before = (await server.ask("GET", path)).json();
        const names = Object.keys(wanted);
        if (names.length === 0) return;
        // What was not there before is taken away by null.
        const inverse = Object.fromEntries(names.map((name) => [name, before[name] ?? null]));

        const there = (await server.ask("PATCH", path, wanted)).json();
        await server.ask("PATCH", path, inverse);

        expect(there).toMatchObject(wanted);
        expect((await server.ask("GET", path)).json()).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });

  it("takes the older name of what browsers may use", async () => {
    await makeProject({ key: "older", name: "Older" });
    const patch = [{ op: "replace", path: "/includeInSnippetByDefault", value: true }];

    const answer = (await server.ask("PATCH", `${list}/older`, patch)).json();

    expect(answer).toMatchObject({
      includeInSnippetByDefault: true,
      defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
    });
    expect(answer.environments.map(({ key }: { key: string }) => key)).toEqual([
      "test",
      "production",
    ]);
  });

  it("says what is not for clients to set, and changes nothing then", async () => {
    await makeProject({ key: "fixed", name: "Fixed" });
    const patch = [
      { op: "replace", path: "/name", value: "Moved" },
      { op: "replace", path: "/key", value: "moved" },
    ];

    const answer = await server.ask("PATCH", `${list}/fixed`, patch);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("/key");
    expect((await server.ask("GET", `${list}/fixed`)).json().name).toBe("Fixed");
  });

  it("is in the log with words, before and after, once for each change", async () => {
    await makeProject({ key: "logged", name: "Logged" });
    const patch = { comment: "a better name", merge: { name: "Better" } };
    await server.ask("PATCH", `${list}/logged`, patch);
    await server.ask("PATCH", `${list}/logged`, patch);

    const rows = await server.running.db
      .selectFrom("change")
      .selectAll()
      .where("kind", "=", "project")
      .where("key", "=", "logged")
      .orderBy("version")
      .execute();
    expect(rows.map(({ words }) => words)).toEqual([
      '["Create the project Logged"]',
      '["Call the project Better"]',
    ]);
    expect(rows[1]?.comment).toBe("a better name");
    expect(JSON.parse(rows[1]?.before ?? "")).toMatchObject({ name: "Logged" });
    expect(JSON.parse(rows[1]?.after ?? "")).toMatchObject({ name: "Better" });
  });

  it("asks for the right to each setting, and to be deleted", async () => {
    await makeProject({ key: "guarded", name: "Guarded" });
    const { token } = await newToken(server, {
      inlineRole: [
        { effect: "allow", actions: ["viewProject", "updateTags"], resources: ["proj/guarded"] },
      ],
    });
    const path = `${list}/guarded`;

    const answers = [
      await server.ask("PATCH", path, { tags: ["a"] }, token),
      await server.ask("PATCH", path, { tags: ["b"], name: "Mine" }, token),
      await server.ask("DELETE", path, undefined, token),
    ];

    expect(answers.map((one) => one.statusCode)).toEqual([200, 403, 403]);
    expect((await server.ask("GET", path)).json()).toMatchObject({ name: "Guarded", tags: ["a"] });
  });

  it("refuses a write that was decided on an older state", async () => {
    await makeProject({ key: "raced", name: "Raced" });
    const path = `${list}/raced`;
    const headers = { "if-match": String((await server.ask("GET", path)).headers["etag"]) };

    const answers = [
      await server.ask("PATCH", path, { name: "First" }, headers),
      await server.ask("PATCH", path, { name: "Second" }, headers),
      await server.ask("DELETE", path, undefined, headers),
    ];

    expect(answers.map((one) => one.statusCode)).toEqual([200, 412, 412]);
  });
});

describe("the naming convention of a project", () => {
  const cases = [
    ["camelCase", "darkMode2", "dark-mode"],
    ["upperCamelCase", "DarkMode", "darkMode"],
    ["snakeCase", "dark_mode", "dark__mode"],
    ["kebabCase", "dark-mode", "darkMode"],
    ["constantCase", "DARK_MODE", "dark_mode"],
  ] as const;

  it.each(cases)("of %s takes %s and refuses %s", async (form, fitting, unfit) => {
    const key = `in-${form.toLowerCase()}`;
    const namingConvention = { case: form, prefix: "web-" };
    await makeProject({ key, name: form, namingConvention });
    const create = (flag: string) =>
      server.ask("POST", `/api/v2/flags/${key}`, { key: flag, name: "A flag" });

    const refused = await create(`web-${unfit}`);

    expect((await create(`web-${fitting}`)).statusCode).toBe(201);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().message).toContain(form);
    expect((await create(fitting)).json().message).toContain('begin with "web-"');
  });

  it("is told to imports, too, which take the rest", async () => {
    await makeProject({ key: "strict", name: "S", namingConvention: { case: "kebabCase" } });
    const flag = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" };
    const documents = { flags: { flags: { "well-formed": flag, badlyFormed: flag } } };

    const url = `${list}/strict/import`;
    const body = { format: "flagd", documents, environmentKey: "test" };
    const { taken, refused } = (await server.ask("POST", url, body)).json();

    expect(taken).toMatchObject([{ key: "well-formed" }]);
    expect(refused).toMatchObject([{ key: "badlyFormed" }]);
  });
});

describe("the flag defaults of a project", () => {
  const defaults = {
    tags: ["web"],
    temporary: false,
    defaultClientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
    booleanDefaults: {
      trueDisplayName: "Shown",
      falseDisplayName: "Hidden",
      trueDescription: "The new page",
      falseDescription: "",
      onVariation: 1,
      offVariation: 0,
    },
  };

  it("are what a flag gets that is made without saying", async () => {
    await makeProject({ key: "defaults", name: "Defaults" });
    const path = `${list}/defaults/flag-defaults`;
    const put = await server.ask("PUT", path, defaults);

    const bare = { key: "bare", name: "Bare" };
    const flag = (await server.ask("POST", "/api/v2/flags/defaults", bare)).json();

    expect(put.json()).toMatchObject(defaults);
    expect(flag).toMatchObject({
      tags: ["web"],
      temporary: false,
      clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
      variations: [
        { value: true, name: "Shown", description: "The new page" },
        { value: false, name: "Hidden" },
      ],
      defaults: { onVariation: 1, offVariation: 0 },
    });
  });

  it("give way to what is said", async () => {
    await makeProject({ key: "said", name: "Said" });
    await server.ask("PUT", `${list}/said/flag-defaults`, defaults);
    const said = {
      tags: [],
      temporary: true,
      clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
      variations: [{ value: "a" }, { value: "b" }],
    };

    const body = { key: "told", name: "Told", ...said };
    const flag = (await server.ask("POST", "/api/v2/flags/said", body)).json();

    expect(flag).toMatchObject({ ...said, defaults: { onVariation: 0, offVariation: 1 } });
  });

  it("are one with what the project says of client-side SDKs", async () => {
    await makeProject({ key: "one", name: "One" });
    const path = `${list}/one/flag-defaults`;
    const mobile = "/defaultClientSideAvailability/usingMobileKey";
    await server.ask("PATCH", path, [{ op: "replace", path: mobile, value: true }]);

    const project = (await server.ask("GET", `${list}/one`)).json();
    expect(project.defaultClientSideAvailability.usingMobileKey).toBe(true);
    await server.ask("PATCH", `${list}/one`, [{ op: "replace", path: mobile, value: false }]);
    const { defaultClientSideAvailability } = (await server.ask("GET", path)).json();
    expect(defaultClientSideAvailability.usingMobileKey).toBe(false);
  });

  it("refuse variations that are not there, and a write decided on an older state", async () => {
    await makeProject({ key: "wrong", name: "Wrong" });
    const path = `${list}/wrong/flag-defaults`;
    const headers = { "if-match": String((await server.ask("GET", path)).headers["etag"]) };
    const third = [{ op: "replace", path: "/booleanDefaults/onVariation", value: 2 }];

    expect((await server.ask("PATCH", path, third)).statusCode).toBe(400);
    expect((await server.ask("PUT", path, defaults, headers)).statusCode).toBe(200);
    expect((await server.ask("PUT", path, defaults, headers)).statusCode).toBe(412);
  });

  it("are for those who may change them", async () => {
    await makeProject({ key: "theirs", name: "Theirs" });
    const { token } = await newToken(server, { role: "reader" });
    const path = `${list}/theirs/flag-defaults`;

    expect((await server.ask("GET", path, undefined, token)).statusCode).toBe(200);
    expect((await server.ask("PUT", path, defaults, token)).statusCode).toBe(403);
    expect((await server.ask("PATCH", path, { temporary: false }, token)).statusCode).toBe(403);
  });
});
