import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bootstrapToken, Management, ServerProcess } from "@halyard/test";
import { describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

describe("halyard types", () => {
  it("writes a file that declares each of the project's flags", async () => {
    await using shop = await newShop();

    const written = await shop.halyard("types", "--out", shop.file);

    expect(written).toEqual({
      code: 0,
      out: `${shop.file} has the 2 flags of web-shop\n`,
      talk: "",
    });
    expect(await readFile(shop.file, "utf8")).toBe(
      `// The flags of web-shop. Written by "halyard types"; change the flags, not this file.
import "@halyard/sdk";

declare module "@halyard/sdk" {
  interface FlagTypes {
    /** Temporary. */
    "banner": "plain" | "loud";
    /** Temporary. */
    "checkout": "old" | "new";
  }
}
`,
    );
  });

  it("finds a file up to date, also after a checkout with other line ends", async () => {
    await using shop = await newShop();
    await shop.halyard("types", "--out", shop.file);
    await writeFile(shop.file, (await readFile(shop.file, "utf8")).replaceAll("\n", "\r\n"));

    const checked = await shop.halyard("types", "--out", shop.file, "--check");

    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining("is up to date with") });
  });

  it("ends with 1 where the file is out of date, and says what differs", async () => {
    await using shop = await newShop();
    await shop.halyard("types", "--out", shop.file);
    const before = await readFile(shop.file, "utf8");
    await shop.management.createFlag("web-shop", "fresh", ["a", "b"]);
    await shop.management.instruct("web-shop", "checkout", "production", [
      { kind: "addVariation", value: "control", name: "control" },
    ]);
    await shop.management.ask("DELETE", "/api/v2/flags/web-shop/banner");

    const checked = await shop.halyard("types", "--out", shop.file, "--check");

    expect(checked).toEqual({
      code: 1,
      out: "",
      talk: `error: ${shop.file} is out of date; run "halyard types" again
  banner is no flag of the project
  checkout is "old" | "new" | "control"; the file has "old" | "new"
  fresh is missing: "a" | "b"
`,
    });
    expect(await readFile(shop.file, "utf8")).toBe(before);
  });

  it("says that only words differ where the types are right", async () => {
    await using shop = await newShop();
    await shop.halyard("types", "--out", shop.file);
    await shop.management.instruct("web-shop", "checkout", "production", [
      { kind: "updateDescription", value: "Paying anew" },
    ]);

    const checked = await shop.halyard("types", "--out", shop.file, "--check");

    expect(checked).toMatchObject({ code: 1, talk: expect.stringContaining("only words differ") });
  });

  it("ends with 1 where there is no file to check, and with 64 at an unknown format", async () => {
    await using shop = await newShop();

    expect(await shop.halyard("types", "--out", shop.file, "--check")).toMatchObject({
      code: 1,
      talk: expect.stringContaining("without --check to write it"),
    });
    expect(await shop.halyard("types", "--format", "cobol")).toMatchObject({ code: 64 });
  });

  it("writes again whenever flags have changed, where it is to watch", async () => {
    await using shop = await newShop();
    const watching = shop.spawn("types", "--out", shop.file, "--watch");
    const written = () => readFile(shop.file, "utf8").catch(() => "");
    await expect.poll(written, { timeout: 10_000 }).toContain('"banner"');

    await shop.management.createFlag("web-shop", "fresh", ["a", "b"]);

    await expect.poll(written, { timeout: 10_000 }).toContain('"fresh": "a" | "b";');
    expect(watching.exitCode).toBe(null);
  });

  it("writes OpenFeature's manifest, with the off variation as the default", async () => {
    await using shop = await newShop();
    await shop.halyard("types", "--format", "openfeature", "--out", shop.file);

    expect(JSON.parse(await readFile(shop.file, "utf8")).flags).toEqual({
      banner: { flagType: "string", defaultValue: "loud", description: "banner" },
      checkout: { flagType: "string", defaultValue: "new", description: "checkout" },
    });
    expect(
      await shop.halyard("types", "--format", "openfeature", "--out", shop.file, "--check"),
    ).toMatchObject({ code: 0 });
  });

  it("writes a JSON Schema of an object of values", async () => {
    await using shop = await newShop();
    await shop.management.ask("POST", "/api/v2/flags/web-shop", {
      key: "limits",
      name: "Limits",
      variations: [{ value: { max: 5 } }, { value: { max: 9, tiers: ["a"] } }],
    });
    await shop.halyard("types", "--format", "json-schema", "--out", shop.file);

    expect(JSON.parse(await readFile(shop.file, "utf8"))).toMatchObject({
      additionalProperties: false,
      properties: {
        banner: { enum: ["plain", "loud"] },
        limits: {
          title: "Limits",
          type: "object",
          properties: {
            max: { type: "number" },
            tiers: { type: "array", items: { type: "string" } },
          },
          required: ["max"],
        },
      },
    });
  });
});

async function newShop() {
  const server = await ServerProcess.start();
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-types-"));
  const management = new Management(server.url);
  await management.createProject("web-shop", ["production"]);
  await management.createFlag("web-shop", "checkout", ["old", "new"]);
  await management.createFlag("web-shop", "banner", ["plain", "loud"]);
  const environment = {
    HALYARD_URL: server.url,
    HALYARD_TOKEN: bootstrapToken,
    HALYARD_PROJECT: "web-shop",
  };
  const children: ChildProcess[] = [];
  return {
    management,
    /** The command as a process of its own, which goes on until the shop is closed. */
    spawn: (...args: string[]): ChildProcess => {
      const env = { ...process.env, ...environment };
      const child = spawn(process.execPath, [main, ...args], { env, stdio: "ignore" });
      children.push(child);
      return child;
    },
    file: path.join(folder, "src/flags.gen"),
    halyard: async (...args: string[]) => {
      const out: string[] = [];
      const talk: string[] = [];
      const code = await runProgram(args, {
        out: (text) => void out.push(`${text}\n`),
        talk: (text) => void talk.push(text),
        isJson: false,
        environment,
      });
      return { code, out: out.join(""), talk: talk.join("") };
    },
    [Symbol.asyncDispose]: async () => {
      for (const child of children) child.kill();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
