import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { bootstrapToken, ServerProcess } from "@halyard/test";
import { describe, expect, it, onTestFinished } from "vitest";
import { runProgram } from "./program.ts";

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
}

async function halyard(url: string, ...args: string[]): Promise<Answer> {
  const out: string[] = [];
  const talk: string[] = [];
  const code = await runProgram(args, {
    out: (text) => void out.push(`${text}\n`),
    talk: (text) => void talk.push(text),
    isJson: false,
    environment: {
      HALYARD_URL: url,
      HALYARD_TOKEN: bootstrapToken,
      HALYARD_PROJECT: "web-shop",
    },
  });
  return { code, out: out.join(""), talk: talk.join("") };
}

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "content.json");
  await writeFile(file, content);
  return file;
}

/** The id of the newest entry. */
async function newest(url: string): Promise<string> {
  const { out } = await halyard(url, "audit", "list", "--limit", "1");
  return out.split(" ")[0] ?? "";
}

describe("halyard revert", () => {
  it("takes a change back, and asks before it takes later ones along", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    const { url } = server;
    await halyard(url, "flags", "off", "checkout", "-e", "development");
    const off = await newest(url);
    await halyard(url, "flags", "on", "checkout", "-e", "development");
    await halyard(url, "flags", "off", "checkout", "-e", "development");

    const last = await halyard(url, "revert", await newest(url), "--dry-run");
    const refused = await halyard(url, "revert", off);
    const taken = await halyard(url, "revert", off, "--yes");

    expect(last).toMatchObject({ code: 0, out: "Turn the flag on\n" });
    expect(refused).toMatchObject({
      code: 2,
      talk: expect.stringMatching(/changed since.*turned Checkout redesign on in Development/su),
    });
    expect(taken).toMatchObject({ code: 0, out: "Turn the flag on\n" });
    expect((await halyard(url, "flags", "list")).out).toMatch(
      /checkout +multivariate +on +on +on/u,
    );
  });
});

describe("halyard audit", () => {
  it("prints the whole log, one entry a line", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    await halyard(server.url, "flags", "off", "checkout", "-e", "development");

    const { out } = await halyard(server.url, "audit", "export");

    const entries = out
      .trimEnd()
      .split("\n")
      .map((line): { titleVerb: string } => JSON.parse(line));
    expect(entries.at(-1)?.titleVerb).toContain("turned Checkout redesign off in Development");
  });

  it("finds the log whole, by the server and in its folder", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    const forged = await fileWith(JSON.stringify({ statement: "{}", signature: "" }));

    const asked = await halyard(server.url, "audit", "verify");
    const read = await halyard(server.url, "audit", "verify", "--data", server.dataFolder);
    const against = await halyard(server.url, "audit", "verify", "--against", forged);

    expect(asked).toMatchObject({ code: 0, out: expect.stringMatching(/^whole: \d+ histories/u) });
    expect(read.out).toMatch(/^whole: \d+ histories/u);
    expect(against).toMatchObject({
      code: 1,
      out: expect.stringContaining("not signed by the key"),
    });
  });

  it("names what was changed behind the server's back", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    const database = new DatabaseSync(path.join(server.dataFolder, "halyard.sqlite"));
    database.exec("drop trigger change_is_not_updated");
    database.exec("update change set comment = 'never' where version = 2");
    database.close();

    const found = await halyard("", "audit", "verify", "--data", server.dataFolder);

    expect(found).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^version 2 of \w+ is missing/u),
    });
  });

  it("says of a folder without a log that there is none", async () => {
    expect(await halyard("", "audit", "verify", "--data", "/nowhere")).toMatchObject({
      code: 1,
      talk: expect.stringContaining("cannot check the log in /nowhere"),
    });
  });
});

it("exports a project to a file that the import takes", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const { out } = await halyard(server.url, "export");
  const file = await fileWith(out);

  const report = await halyard(server.url, "import", "--from", "halyard", file, "--dry-run");

  expect(report).toMatchObject({ code: 2, out: expect.stringContaining("has a flag of this key") });
});
