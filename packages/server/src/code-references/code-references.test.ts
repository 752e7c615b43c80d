import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const repositories = "/api/v2/code-refs/repositories";
const hunk = (flagKey: string, startingLineNumber = 1, projKey = "default") => ({
  startingLineNumber,
  lines: `if (flag("${flagKey}")) {`,
  projKey,
  flagKey,
  aliases: [flagKey.toUpperCase()],
});
const scan = (name: string, extra: object = {}) => ({
  name,
  head: "c0ffee",
  syncTime: 1_700_000_000_000,
  ...extra,
});

async function newRepository(name: string, extra: object = {}): Promise<string> {
  const made = await server.ask("POST", repositories, { name, defaultBranch: "main", ...extra });
  expect(made.statusCode).toBe(200);
  return `${repositories}/${name}`;
}

const upload = (self: string, name: string, extra: object = {}) =>
  server.ask("PUT", `${self}/branches/${encodeURIComponent(name)}`, scan(name, extra));

describe("a repository", () => {
  it("is made, changed as scanners do it, and deleted with what is in it", async () => {
    const self = await newRepository("shop", {
      type: "github",
      sourceLink: "https://github.com/acme/shop",
    });
    await upload(self, "main", { references: [{ path: "a.ts", hunks: [hunk("gone")] }] });

    const shown = await server.ask("GET", self);
    const taken = await server.ask("POST", repositories, { name: "shop" });
    const merged = await server.ask("PATCH", self, { defaultBranch: "trunk" });
    const patched = await server.ask("PATCH", self, [
      { op: "replace", path: "/enabled", value: false },
    ]);
    const disabled = await upload(self, "main");
    const gone = await server.ask("DELETE", self);

    expect(shown.json()).toMatchObject({
      name: "shop",
      enabled: true,
      version: 1,
      commitUrlTemplate: "https://github.com/acme/shop/commit/$\u007bsha}",
      hunkUrlTemplate:
        "https://github.com/acme/shop/blob/$\u007bsha}/$\u007bfilePath}#L$\u007blineNumber}",
    });
    expect(taken.statusCode).toBe(409);
    expect(merged.json()).toMatchObject({ defaultBranch: "trunk", version: 2 });
    expect(patched.json()).toMatchObject({ enabled: false, version: 3 });
    expect(disabled.statusCode).toBe(400);
    expect(gone.statusCode).toBe(204);
    expect((await server.ask("GET", self)).statusCode).toBe(404);
    for (const table of ["code_branch", "code_hunk"] as const) {
      expect(await server.running.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
  });

  it("is changed and uploaded to by those only who may", async () => {
    const self = await newRepository("guarded");
    const reader = await newMember(server, { email: "reader@example.com", role: "reader" });
    const inlineRole = [
      {
        effect: "allow",
        actions: ["updateCodeRefsRepositoryBranches"],
        resources: ["code-reference-repository/guarded"],
      },
    ];
    const { token } = await newToken(server, { serviceToken: true, inlineRole });
    const ask = (method: "PUT" | "PATCH", url: string, body: object) =>
      server.ask(method, url, body, token);

    expect((await ask("PUT", `${self}/branches/main`, scan("main"))).statusCode).toBe(200);
    expect((await ask("PATCH", self, { enabled: false })).statusCode).toBe(403);
    expect((await ask("PUT", `${repositories}/other/branches/a`, scan("a"))).statusCode).toBe(403);
    expect((await server.askAs(reader, "GET", self)).statusCode).toBe(200);
    expect((await server.askAs(reader, "DELETE", self)).statusCode).toBe(403);
  });
});

describe("a branch", () => {
  it("has what was uploaded last, under a name with a slash too", async () => {
    const self = await newRepository("branches");
    const references = [
      { path: "b.ts", hint: "ts", hunks: [hunk("one"), hunk("two", 9)] },
      { path: "a.ts", hunks: [{ ...hunk("one"), contentHash: "abc" }] },
    ];
    const name = "feature/dark-mode";

    await upload(self, name, { references: [{ path: "old.ts", hunks: [hunk("old")] }] });
    await upload(self, name, { references, commitTime: "2026-01-02T03:04:05Z" });
    const shown = await server.ask("GET", `${self}/branches/feature%2Fdark-mode`);
    const ofFlag = await server.ask("GET", `${self}/branches/feature%2Fdark-mode?flagKey=two`);
    const listed = await server.ask("GET", `${self}/branches`);

    expect(shown.json()).toMatchObject({ name, head: "c0ffee" });
    expect(shown.json().references).toEqual(
      references.map((file) => ({ ...file, hunks: file.hunks })),
    );
    expect(ofFlag.json().references).toEqual([
      { path: "b.ts", hint: "ts", hunks: [hunk("two", 9)] },
    ]);
    expect(listed.json().items).toHaveLength(1);
    expect(listed.json().items[0].references).toBeUndefined();
  });

  it("takes no scan that is older than the one it has", async () => {
    const self = await newRepository("ordered");

    expect((await upload(self, "main", { updateSequenceId: 5 })).statusCode).toBe(200);
    for (const updateSequenceId of [4, 5]) {
      const late = await upload(self, "main", { updateSequenceId });
      expect(late.statusCode).toBe(409);
      expect(late.json().code).toBe("updateSequenceId_conflict");
    }
    expect((await upload(self, "main", { updateSequenceId: 6 })).statusCode).toBe(200);
    expect((await upload(self, "main")).statusCode).toBe(200);
  });

  it("takes a large scan whole, and refuses one that is too large", async () => {
    const self = await newRepository("large");
    const hunks = Array.from({ length: 25_000 }, (_, at) => hunk("everywhere", at));

    const whole = await upload(self, "main", { references: [{ path: "a.ts", hunks }] });
    const more = { references: [{ path: "a.ts", hunks: [...hunks, hunk("one-more")] }] };
    const tooLarge = await upload(self, "main", more);
    const { references } = (await server.ask("GET", `${self}/branches/main`)).json();

    expect(whole.statusCode).toBe(200);
    expect(tooLarge.statusCode).toBe(400);
    expect(tooLarge.json().message).toContain("at most 25000 pieces");
    expect(
      references[0].hunks.map((one: { startingLineNumber: number }) => one.startingLineNumber),
    ).toEqual(hunks.map((one) => one.startingLineNumber));
    await server.ask("DELETE", self);
  });

  it("is refused where the body speaks of another", async () => {
    const self = await newRepository("other");

    const answer = await server.ask("PUT", `${self}/branches/main`, scan("trunk"));

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain('"trunk"');
  });

  it("is deleted by a task that names it", async () => {
    const self = await newRepository("cleaned");
    for (const name of ["main", "a", "b"]) await upload(self, name);

    const answer = await server.ask("POST", `${self}/branch-delete-tasks`, ["a", "unknown"]);

    expect(answer.statusCode).toBe(200);
    const { items } = (await server.ask("GET", `${self}/branches`)).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["b", "main"]);
  });
});

describe("references to flags", () => {
  beforeAll(async () => {
    await server.ask("POST", "/api/v2/projects", { key: "counted", name: "Counted" });
    for (const key of ["used", "unused"]) {
      await server.ask("POST", "/api/v2/flags/counted", { key, name: key });
    }
    const self = await newRepository("counted");
    const of = (line: number) => hunk("used", line, "counted");
    const references = [
      { path: "a.ts", hunks: [of(1), of(20)] },
      { path: "b.ts", hunks: [of(3), hunk("elsewhere")] },
    ];
    await upload(self, "main", { references, commitTime: 1_700_000_000_001 });
    await upload(self, "side", { references });
    const extinction = {
      revision: "abc",
      message: "Remove it",
      time: 1_700_000_000_000,
      projKey: "counted",
      flagKey: "removed",
    };
    for (let time = 0; time < 2; time += 1)
      await server.ask("POST", `${self}/branches/main/extinction-events`, [extinction]);
  });

  it("are counted on default branches", async () => {
    const { flags } = (await server.ask("GET", "/api/v2/code-refs/statistics/counted")).json();
    const root = (await server.ask("GET", "/api/v2/code-refs/statistics")).json();

    expect(flags).toEqual({
      used: [
        expect.objectContaining({
          name: "counted",
          hunkCount: 3,
          fileCount: 2,
          latestCommitTime: 1_700_000_000_001,
        }),
      ],
    });
    expect(root.projects).toContainEqual({
      href: "/api/v2/code-refs/statistics/counted",
      type: "application/json",
    });
  });

  it("are shown with a list of repositories where that is asked for", async () => {
    const query = "withReferencesForDefaultBranch=true&projKey=counted&flagKey=used";
    const { items } = (await server.ask("GET", `${repositories}?${query}`)).json();
    const refused = await server.ask("GET", `${repositories}?flagKey=used`);

    const counted = items.find(({ name }: { name: string }) => name === "counted");
    expect(counted.branches).toMatchObject([
      {
        name: "main",
        references: [{ path: "a.ts" }, { path: "b.ts", hunks: [{ startingLineNumber: 3 }] }],
      },
    ]);
    expect(refused.statusCode).toBe(400);
  });

  it("narrow the list of flags", async () => {
    const keysWith = async (filter: string) =>
      (await server.ask("GET", `/api/v2/flags/counted?filter=${filter}`))
        .json()
        .items.map(({ key }: { key: string }) => key);

    expect(await keysWith("codeReferences.min:1")).toEqual(["used"]);
    expect(await keysWith("codeReferences.min:3")).toEqual([]);
    expect(await keysWith("codeReferences.max:0")).toEqual(["unused"]);
  });

  it("that are gone are listed once, and found by time", async () => {
    const extinctions = "/api/v2/code-refs/extinctions?repoName=counted";
    const of = async (query: string) => (await server.ask("GET", `${extinctions}${query}`)).json();

    expect((await of("")).items).toEqual({
      counted: [expect.objectContaining({ revision: "abc", flagKey: "removed" })],
    });
    expect((await of("&flagKey=used")).items).toEqual({});
    expect((await of("&from=1700000000001")).items).toEqual({});
  });

  it("of a project that one may not see stay hidden", async () => {
    const policy = [
      { effect: "allow", actions: ["viewCodeRefsRepository"], resources: ["*"] },
      { effect: "allow", actions: ["viewProject"], resources: ["proj/default"] },
    ];
    const role = { key: "narrow", name: "Narrow", basePermissions: "no_access", policy };
    await server.ask("POST", "/api/v2/roles", role);
    const settings = { email: "narrow@example.com", role: "no_access", customRoles: ["narrow"] };
    const narrow = await newMember(server, settings);
    const ask = (url: string) => server.askAs(narrow, "GET", url);

    const branch = await ask(`${repositories}/counted/branches/main`);
    const statistics = await ask("/api/v2/code-refs/statistics/counted");
    const extinct = await ask("/api/v2/code-refs/extinctions");

    expect(branch.json().references).toEqual([{ path: "b.ts", hunks: [hunk("elsewhere")] }]);
    expect(statistics.statusCode).toBe(404);
    expect(extinct.json().items).toEqual({});
  });
});
