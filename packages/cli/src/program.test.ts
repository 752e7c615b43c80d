import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { bootstrapToken, Management, ServerProcess } from "@halyard/test";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.ts";

async function halyard(
  url: string,
  ...args: string[]
): Promise<{ code: number; out: string; talk: string }> {
  const out: string[] = [];
  const talk: string[] = [];
  const environment = {
    HALYARD_URL: url,
    HALYARD_TOKEN: bootstrapToken,
    HALYARD_PROJECT: "web-shop",
  };
  const code = await runProgram(args, {
    out: (text) => void out.push(`${text}\n`),
    talk: (text) => void talk.push(text),
    isJson: false,
    environment,
  });
  return { code, out: out.join(""), talk: talk.join("") };
}

it("reads and switches flags of a running server", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });

  const listed = await halyard(server.url, "flags", "list");
  const off = await halyard(server.url, "flags", "off", "checkout", "-e", "development");
  const critical = await halyard(server.url, "flags", "off", "checkout", "-e", "production");
  const got = await halyard(server.url, "flags", "get", "checkout");

  expect(listed.out).toMatch(/checkout +multivariate +on +on +on/u);
  expect(off).toMatchObject({ code: 0, out: expect.stringContaining("everyone gets old") });
  expect(critical).toMatchObject({ code: 2, talk: expect.stringContaining("add --yes") });
  expect(got.out).toContain("country is DE, they are split by key: 25% new, 70% old, 5% control");
});

it("gives an environment the confirmation and the comment that it asks for", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const asking = { requireComments: true, confirmChanges: true };
  const environment = "/api/v2/projects/web-shop/environments/staging";
  await new Management(server.url).ask("PATCH", environment, asking);
  const turnOff = (...more: readonly string[]) =>
    halyard(server.url, "flags", "off", "checkout", "-e", "staging", ...more);

  expect(await turnOff()).toMatchObject({ code: 2, talk: expect.stringContaining("--yes") });
  expect(await turnOff("--yes")).toMatchObject({ talk: expect.stringContaining("comment") });
  expect((await turnOff("--yes", "-m", "sold out")).code).toBe(0);
});

it("says what a context gets and why, and holds it to what is expected", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });
  const ask = [
    "eval",
    "checkout",
    "-e",
    "production",
    "--context",
    '{"kind":"user","key":"ada","plan":"pro"}',
  ];

  expect(await halyard(server.url, ...ask, "--expect", "new")).toMatchObject({
    code: 0,
    out: expect.stringContaining("rule 1 matched"),
  });
  expect(await halyard(server.url, ...ask, "--expect", "old")).toMatchObject({
    code: 1,
    talk: expect.stringContaining("expected old"),
  });
});

it("names the flag that was meant, and ends with 3", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });

  const answer = await halyard(server.url, "flags", "get", "chekout");

  expect(answer).toMatchObject({
    code: 3,
    talk: 'error: flag "chekout" does not exist in web-shop. Did you mean "checkout"?\n',
  });
});

it("ends with 64 where a command line cannot be understood", async () => {
  expect(await halyard("http://localhost:9", "flags", "explode")).toMatchObject({ code: 64 });
});

it("asks who asks, where nobody is said to", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });

  expect(await halyard(server.url, "eval", "checkout", "-e", "production")).toMatchObject({
    code: 64,
    talk: expect.stringContaining("say who asks: --user ada"),
  });
});

it("makes a flag with the values that are named", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });

  const made = await halyard(server.url, "flags", "create", "banner", "--variations", "a,b,c");

  expect(made).toMatchObject({ code: 0, out: expect.stringContaining('with "a", "b", "c"') });
  expect((await halyard(server.url, "flags", "create", "banner")).code).toBe(5);
});

it("waits until the connected SDKs have a version, and says who has not", async () => {
  await using server = await ServerProcess.start({ seed: "demo" });

  const reached = await halyard(server.url, "wait", "-e", "production");
  const late = ["-e", "production", "--version", "99999", "--timeout", "1ms"];
  const beyond = await halyard(server.url, "wait", ...late);

  expect(reached).toMatchObject({ code: 0, out: expect.stringContaining("0 of 0 connections") });
  expect(beyond).toMatchObject({ code: 1, talk: expect.stringContaining("wanted 99999") });
});

it("says of a server that is another's that it is no Halyard server", async () => {
  await using page = await pageServer();

  expect(await halyard(page.url, "flags", "list")).toMatchObject({
    code: 1,
    talk: expect.stringContaining("is no Halyard server (200, and no JSON)"),
  });
});

describe("an import", () => {
  it("takes several flag files, whichever comes first", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    await using folder = await temporaryFolder();
    const files = [
      await folder.write("project.json", { key: "p", includeInSnippetByDefault: false }),
      await folder.write("one.json", launchDarklyFlag("one")),
      await folder.write("list.json", { items: [launchDarklyFlag("two")] }),
    ];

    const answer = await halyard(server.url, "import", "--from", "launchdarkly", ...files);

    expect(answer).toMatchObject({ code: 0, out: expect.stringContaining("taken: 2") });
  });

  it("refuses two files that cannot be joined, and a file that is no data", async () => {
    await using server = await ServerProcess.start({ seed: "demo" });
    await using folder = await temporaryFolder();
    const flagd = await folder.write("a.json", { flags: {} });
    const cyclic = await folder.write("cyclic.yaml", "a: &a [*a]");
    const run = (...files: string[]) =>
      halyard(server.url, "import", "--from", "flagd", "-e", "production", ...files);

    expect(await run(flagd, flagd)).toMatchObject({
      code: 64,
      talk: expect.stringContaining("one by one"),
    });
    expect(await run(cyclic)).toMatchObject({
      code: 64,
      talk: expect.stringContaining("cannot read"),
    });
  });
});

function launchDarklyFlag(key: string): object {
  const environments = {
    production: { on: true, salt: "s", rules: [], fallthrough: { variation: 0 }, offVariation: 1 },
  };
  return { key, variations: [{ value: true }, { value: false }], environments };
}

async function temporaryFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  return {
    write: async (name: string, content: unknown): Promise<string> => {
      const file = path.join(folder, name);
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function pageServer() {
  const server = createServer((_, response) => response.end("<html>hello</html>"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
