import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-01-01");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const segments = "/api/v2/segments/default/test";
let count = 0;
let url: string;

beforeAll(() => server.ask("POST", segments, { key: "small", name: "Small" }));

async function newBigSegment(): Promise<string> {
  count += 1;
  const key = `big-${count}`;
  await server.ask("POST", segments, { key, name: "Big", unbounded: true });
  url = `${segments}/${key}`;
  return key;
}

interface Upload {
  /** No file where it is absent. */
  readonly content?: string;
  readonly name?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly isFileFirst?: boolean;
}

/** Uploads as clients do; gives the answer. */
async function upload({ content, name = "members.csv", fields = {}, isFileFirst }: Upload) {
  const form = new FormData();
  const addFile = () => {
    if (content !== undefined) form.append("file", new File([content], name));
  };
  if (isFileFirst === true) addFile();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (isFileFirst !== true) addFile();
  return fetch(`${server.url}${url}/imports`, {
    method: "POST",
    headers: { authorization: TemporaryServer.ownerToken },
    body: form,
  });
}

/** The import after all that is due has been done. */
async function imported(what: Upload) {
  const answer = await upload(what);
  expect(answer.status).toBe(204);
  await server.running.runDueWork();
  return (await server.ask("GET", answer.headers.get("location") ?? "")).json();
}

async function membershipOf(key: string): Promise<string> {
  const { included, excluded } = (
    await server.ask("GET", `${url}/contexts/${encodeURIComponent(key)}`)
  ).json();
  return `${included === true ? "in" : ""}${excluded === true ? "out" : ""}`;
}

async function counts() {
  const { includedCount, excludedCount } = (await server.ask("GET", url)).json()._unboundedMetadata;
  return [includedCount, excludedCount];
}

async function exported(): Promise<string> {
  const asked = await server.ask("POST", `${url}/exports`);
  await server.running.runDueWork();
  const shown = (await server.ask("GET", String(asked.headers.location))).json();
  expect(shown.status).toBe("complete");
  const answer = await fetch(server.url + shown._links.download.href, {
    headers: { authorization: TemporaryServer.ownerToken },
  });
  const text = await answer.text();
  expect(shown.sizeBytes).toBe(Buffer.byteLength(text));
  return text;
}

describe("an import", () => {
  it.each([
    ["a CSV with a header", { content: "key,membership\nada,included\ngrace,excluded\n" }],
    ["a CSV without one", { content: '"ada"\r\ngrace,excluded\r\n' }],
    [
      "JSON lines",
      { name: "a.jsonl", content: '"ada"\n\n{"key":"grace","membership":"excluded"}\n' },
    ],
    ["a file without a name", { name: "", content: "ada\ngrace,excluded\n" }],
    ["the file before the fields", { content: "ada\ngrace,excluded\n", isFileFirst: true }],
  ])("takes %s in", async (_, what) => {
    await newBigSegment();

    const job = await imported({ fields: { mode: "merge" }, ...what });

    expect(job).toMatchObject({ status: "complete", mode: "merge", problems: [] });
    expect([await membershipOf("ada"), await membershipOf("grace")]).toEqual(["in", "out"]);
    expect(await counts()).toEqual([1, 1]);
  });

  it.each([
    ["text/csv", "ada\ngrace,excluded\n"],
    ["application/x-ndjson", '"ada"\n{"key":"grace","membership":"excluded"}\n'],
  ])("takes a file of %s in that is the whole body, as the UI sends it", async (type, body) => {
    await newBigSegment();

    const answer = await fetch(`${server.url}${url}/imports?mode=replace`, {
      method: "POST",
      headers: { authorization: TemporaryServer.ownerToken, "content-type": type },
      body,
    });
    await server.running.runDueWork();

    const job = (await server.ask("GET", answer.headers.get("location") ?? "")).json();
    expect(job).toMatchObject({ status: "complete", mode: "replace", problems: [] });
    expect([await membershipOf("ada"), await membershipOf("grace")]).toEqual(["in", "out"]);
  });

  it("adds to who is there, or puts others in their place", async () => {
    await newBigSegment();
    await imported({ content: "ada\n" });

    await imported({ content: "grace\n", fields: { mode: "merge" } });
    expect(await counts()).toEqual([2, 0]);

    await imported({ content: "linus\n", fields: { mode: "replace" } });
    expect(await counts()).toEqual([1, 0]);
    expect([await membershipOf("ada"), await membershipOf("linus")]).toEqual(["", "in"]);
  });

  it("that replaces counts with a new generation, and drops the former members later", async () => {
    await newBigSegment();
    await imported({ content: "ada\n" });
    await imported({ content: "linus\n", fields: { mode: "replace" } });
    const rows = () =>
      server.running.db
        .selectFrom("big_segment_member")
        .select(["context_key", "generation"])
        .where("segment_key", "=", `big-${count}`)
        .orderBy("generation")
        .execute();

    expect((await server.ask("GET", url)).json().generation).toBe(2);
    expect(await rows()).toEqual([
      { context_key: "ada", generation: 1 },
      { context_key: "linus", generation: 2 },
    ]);
    now += 60_000;
    await server.running.runDueWork();
    expect(await rows()).toEqual([{ context_key: "linus", generation: 2 }]);
  });

  it("that was cut off in the middle begins anew, and leaves nothing of before", async () => {
    const segment_key = await newBigSegment();
    await upload({ content: "ada\n", fields: { mode: "replace" } });
    const { db } = server.running;
    await db
      .updateTable("big_segment_import")
      .set({ status: "in_progress" })
      .where("segment_key", "=", segment_key)
      .execute();
    const { environment_id } = await db
      .selectFrom("segment")
      .select("environment_id")
      .where("key", "=", segment_key)
      .executeTakeFirstOrThrow();
    const half = { context_key: "half", generation: 2, included: 1, excluded: 0 };
    await db
      .insertInto("big_segment_member")
      .values({ environment_id, segment_key, ...half })
      .execute();

    await server.running.runDueWork();

    expect([await membershipOf("ada"), await membershipOf("half")]).toEqual(["in", ""]);
    expect(await counts()).toEqual([1, 0]);
  });

  it("takes nothing in where a line cannot be read, and names the lines", async () => {
    await newBigSegment();

    const csv = await imported({ content: "ada\n,included\ngrace,perhaps\n" });
    const broken = await imported({ content: 'ada\n"gra"ce\n' });
    const json = await imported({ name: "a.jsonl", content: '"ada"\n{"key":1}\n' });

    expect(csv).toMatchObject({
      status: "stopped",
      problems: [
        { line: 2, message: "the key is empty" },
        { line: 3, message: '"perhaps" is neither "included" nor "excluded"' },
      ],
    });
    expect(broken).toMatchObject({ status: "stopped", problems: [{ line: 2 }] });
    expect(json).toMatchObject({ status: "stopped", problems: [{ line: 2 }] });
    expect(await counts()).toEqual([0, 0]);
  });

  it("that waits is done when an instruction says so", async () => {
    await newBigSegment();
    const job = await imported({ content: "ada\n", fields: { waitOnApprovals: "true" } });
    expect(job.status).toBe("pending_approval");

    const instructions = [{ kind: "processBigSegmentImport", importId: job.id }];
    const answer = await server.ask("PATCH", url, { instructions });
    expect(answer.json()._importInProgress).toBe(true);
    await server.running.runDueWork();

    expect(await membershipOf("ada")).toBe("in");
    expect((await server.ask("PATCH", url, { instructions })).statusCode).toBe(400);
  });

  it("keeps others from changing members while it is under way", async () => {
    await newBigSegment();
    await upload({ content: "ada\n", fields: { mode: "replace" } });

    const second = await upload({ content: "grace\n" });
    const body = { included: { add: ["linus"] } };
    const change = await server.ask("POST", `${url}/contexts`, body);

    expect([second.status, change.statusCode]).toEqual([409, 409]);
    await server.running.runDueWork();
    expect((await server.ask("POST", `${url}/contexts`, body)).statusCode).toBe(204);
  });

  it.each([
    ["an unknown mode", { content: "ada\n", fields: { mode: "append" } }, "mode is merge or rep"],
    ["no file", { fields: { mode: "merge" } }, "file is missing"],
  ])("refuses %s", async (_, what, words) => {
    await newBigSegment();

    const answer = await upload(what);

    expect(answer.status).toBe(400);
    expect(JSON.stringify(await answer.json())).toContain(words);
  });

  it.each([
    ["without a boundary", "multipart/form-data", "x"],
    ["that ends too early", "multipart/form-data; boundary=b", "--b\r\n"],
    [
      "whose file ends too early",
      "multipart/form-data; boundary=b",
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nada',
    ],
  ])("refuses a form %s", async (_, contentType, body) => {
    await newBigSegment();
    const answer = await fetch(`${server.url}${url}/imports`, {
      method: "POST",
      headers: { authorization: TemporaryServer.ownerToken, "content-type": contentType },
      body,
    });

    expect([answer.status, await answer.json()]).toMatchObject([400, { code: "invalid_request" }]);
  });

  it("is for big segments alone", async () => {
    url = `${segments}/small`;

    expect((await upload({ content: "ada\n" })).status).toBe(400);
  });

  it("of 100,000 members gives back what it took, and leaves room for others meanwhile", async () => {
    await newBigSegment();
    const keys = Array.from({ length: 100_000 }, (_, index) => `user-${index}, "the ${index}th"`);
    const lines = keys.map((key) => `"${key.replaceAll('"', '""')}",included`);
    const content = `key,membership\n${lines.sort().join("\n")}\n`;
    const answer = await upload({ content, fields: { mode: "replace" } });

    const work = server.running.runDueWork();
    let answered = 0;
    let isDone = false;
    void work.then(() => {
      isDone = true;
    });
    while (!isDone) {
      expect(
        (await server.ask("PATCH", `${segments}/small`, { name: `S ${answered}` })).statusCode,
      ).toBe(200);
      answered += 1;
    }

    expect((await server.ask("GET", answer.headers.get("location") ?? "")).json().status).toBe(
      "complete",
    );
    // A hundred portions and more: as many times somebody else's write came in between.
    expect(answered).toBeGreaterThan(50);
    expect(await counts()).toEqual([100_000, 0]);
    const digest = (text: string) =>
      createHash("sha256").update(text.split("\n").sort().join("\n")).digest("hex");
    expect(digest(await exported())).toBe(digest(content));
  }, 60_000);
});

it("an export imported elsewhere makes the same members", async () => {
  await newBigSegment();
  await imported({ content: '"a ""b"", c"\n"two\nlines"\nboth\nboth,excluded\nout,excluded\n' });
  const first = await exported();

  await newBigSegment();
  await imported({ content: first, fields: { mode: "replace" } });

  expect(await exported()).toBe(first);
  expect(await counts()).toEqual([3, 2]);
  expect(await membershipOf("two\nlines")).toBe("in");
});

const anyKey = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  fc.constantFrom('"', ",", 'a "b"', "two\nlines", "excluded", "__proto__", "\u00e9\u0301"),
);
const anyMembers = fc.dictionary(anyKey, fc.constantFrom("included", "excluded"), { maxKeys: 6 });
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
const files = {
  "members.csv": ([key, membership]: readonly [string, string]) => `${cell(key)},${membership}\n`,
  "members.jsonl": ([key, membership]: readonly [string, string]) =>
    `${JSON.stringify({ key, membership })}\n`,
};

it.each(Object.entries(files))(
  "any members from %s are those of the export, which makes the same anew",
  async (name, line) => {
    await fc.assert(
      fc.asyncProperty(anyMembers, async (members) => {
        fc.pre(Object.keys(members).every((key) => key.trim() !== ""));
        await newBigSegment();
        const replace = { fields: { mode: "replace" } };
        const content = Object.entries(members).map(line).join("");
        await imported({ content, name, ...replace });
        const first = await exported();
        for (const [key, membership] of Object.entries(members)) {
          expect(await membershipOf(key)).toBe(membership === "included" ? "in" : "out");
        }

        await newBigSegment();
        await imported({ content: first, ...replace });

        expect(await exported()).toBe(first);
        const wanted = Object.values(members);
        const excluded = wanted.filter((membership) => membership === "excluded").length;
        expect(await counts()).toEqual([wanted.length - excluded, excluded]);
      }),
      { numRuns: 15 },
    );
  },
);
