import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { undocumented } from "./published-docs.ts";
import { type Project, PublishedSdk } from "./published-sdk.ts";

const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const nodes = {
  "Node 24": [process.execPath],
  "Node 20": ["npx", "--yes", "-p", "node@20.20.2", "node"],
} as const;

/** Takes every entry both ways, and prints what each of them exports. */
const takesEveryEntry = `
  import { createRequire } from "node:module";
  const require = createRequire(import.meta.url);
  const entries = Object.keys(require("@halyard/sdk/package.json").exports);
  const taken = {};
  for (const entry of entries.filter((entry) => entry !== "./package.json")) {
    const name = "@halyard/sdk" + entry.slice(1);
    taken[entry] = { imported: Object.keys(await import(name)), required: Object.keys(require(name)) };
  }
  console.log(JSON.stringify(taken));
`;

/** Renders through both entries that know React: they have to have one context between them. */
const rendersTestFlags = `
  import { useFlag } from "@halyard/sdk/react";
  import { TestFlags } from "@halyard/sdk/testing/react";
  import { createElement } from "react";
  import { renderToStaticMarkup } from "react-dom/server";
  const Checkout = () => createElement("p", null, useFlag("checkout", "old"));
  const page = createElement(TestFlags, { values: { checkout: "new" } }, createElement(Checkout));
  console.log(renderToStaticMarkup(page));
`;

/** A flag that is true for whom a pattern fits. */
const matchesPattern = `
  import { init } from "@halyard/sdk";
  const clause = { contextKind: "user", attribute: "email", op: "matches", values: ["@example\\\\.org$"], negate: false };
  const flag = {
    key: "beta", version: 1, on: true, salt: "s", variations: [true, false],
    rules: [{ id: "r", clauses: [clause], variation: 0 }], fallthrough: { variation: 1 }, offVariation: 1,
  };
  const flags = init(undefined, { offline: true, bootstrap: { flags: { beta: flag }, segments: {} } });
  await flags.waitForInitialization();
  console.log(flags.variation("beta", { kind: "user", key: "ada", email: "ada@example.org" }, false));
  await flags.close();
`;

let sdk: PublishedSdk;
let empty: Project;
let withPeers: Project;

beforeAll(async () => {
  sdk = await PublishedSdk.build();
  empty = await sdk.installedInto("empty");
  const peers = Object.entries((await manifestOfTheSource()).peerDependencies);
  const wanted = peers.map(([name, range]) => `${name}@${range}`);
  withPeers = await sdk.installedInto("with-peers", ...wanted, "react-dom@>=19");
}, 120_000);

afterAll(() => sdk[Symbol.asyncDispose]());

describe("the SDK's package", () => {
  it("has no fault that publint knows", async () => {
    const { buffer } = new Uint8Array(await readFile(sdk.tarball));

    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });

    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has types that are right for every way of resolving them", async () => {
    const tarball = new Uint8Array(await readFile(sdk.tarball));

    const analysis = await checkPackage(createPackageFromTarballData(tarball));

    expect(analysis).toMatchObject({ types: { kind: "included" }, problems: [] });
  });

  it("brings two packages of others at most", async () => {
    const listed = await empty.run("npm", "ls", "--all", "--parseable");

    const packages = listed.split("\n").flatMap((line) => line.split("/node_modules/").slice(1));
    expect(packages.sort()).toEqual(["@halyard/sdk", "eventsource-parser", "re2js"]);
  });

  it("holds what runs and its types, and no source or test", async () => {
    const listed = (await empty.run("tar", "tzf", sdk.tarball)).trim().split("\n");

    const others = listed
      .map((file) => path.relative("package", file))
      .filter((file) => !/^[\w./-]+(?<!\.test)\.(?:m?js|d\.m?ts)$/u.test(file));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json"]);
  });

  it.each(Object.entries(nodes))(
    "gives every entry to import and to require, under %s",
    async (_, node) => {
      await withPeers.write("take.mjs", takesEveryEntry);
      const [command, ...args] = node;

      const { out, talk } = await withPeers.try(command, ...args, "take.mjs");

      const taken: Record<string, { imported: string[]; required: string[] }> = JSON.parse(out);
      expect(talk).toBe("");
      expect(Object.keys(taken)).toEqual(await entriesOfTheSource());
      for (const { imported, required } of Object.values(taken)) {
        expect(required.filter((name) => name !== "default").sort()).toEqual(imported.sort());
        expect(imported).not.toEqual([]);
      }
    },
  );

  it("matches by patterns, with the package that does so in linear time", async () => {
    await empty.write("match.mjs", matchesPattern);

    expect(await empty.run(process.execPath, "match.mjs")).toBe("true\n");
  });

  it("answers for tests where nothing else is installed", async () => {
    await empty.write(
      "ask.cjs",
      `const { testFlags } = require("@halyard/sdk/testing");
       console.log(testFlags({ checkout: "new" }).variation("checkout", { key: "ada" }, "old"));`,
    );

    expect(await empty.run(process.execPath, "ask.cjs")).toBe("new\n");
  });

  it("asks nothing of Node in a page", async () => {
    await empty.write(
      "page.mjs",
      `for (const name of ["process", "Buffer"]) delete globalThis[name];
       const { createClient } = await import("@halyard/sdk/browser");
       const flags = createClient("id", { kind: "user", key: "ada" }, { bootstrap: { checkout: "new" } });
       console.log(flags.variation("checkout", "old"));`,
    );

    expect(await empty.run(process.execPath, "page.mjs")).toBe("new\n");
  });

  it("says what each export and each method is for", async () => {
    const installed = path.join(withPeers.folder, "node_modules/@halyard/sdk");
    const names = (await entriesOfTheSource()).map((entry) => (entry === "." ? "./index" : entry));

    expect(undocumented(names.map((name) => path.join(installed, `${name}.d.ts`)))).toEqual([]);
  });

  it.each(["react", "testing/react"])(
    "lets %s run in the browser where a server renders",
    async (entry) => {
      const files = ["js", "mjs"].map((kind) => `node_modules/@halyard/sdk/${entry}.${kind}`);

      for (const file of files) {
        const code = await readFile(path.join(withPeers.folder, file), "utf8");
        expect(code.startsWith('"use client";')).toBe(true);
      }
    },
  );

  it("gives React's components and their tests one context", async () => {
    await withPeers.write("render.mjs", rendersTestFlags);

    expect(await withPeers.run(process.execPath, "render.mjs")).toBe("<p>new</p>\n");
  });

  it("compiles in a page's project, which knows no types of Node", async () => {
    await empty.write(
      "page.mts",
      'import { init } from "@halyard/sdk/browser";\ninit("id", {});\n',
    );
    await empty.write("server.mts", 'import { init } from "@halyard/sdk";\ninit("key");\n');
    const settings = ["--module", "nodenext", "--target", "es2022", "--types", "", "--noEmit"];

    const ended = await empty.try(process.execPath, tsc, ...settings, "page.mts", "server.mts");

    expect(ended).toEqual({ code: 0, out: "", talk: "" });
  });
});

async function entriesOfTheSource(): Promise<string[]> {
  return Object.keys((await manifestOfTheSource()).exports);
}

async function manifestOfTheSource(): Promise<{
  readonly exports: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}> {
  const file = fileURLToPath(new URL("../../packages/sdk/package.json", import.meta.url));
  return JSON.parse(await readFile(file, "utf8"));
}
