import { bootstrapToken, ServerProcess } from "@halyard/test";
import { expect, it } from "vitest";
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
