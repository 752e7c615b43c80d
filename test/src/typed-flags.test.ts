import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Management } from "./management.ts";
import { type Project, PublishedSdk } from "./published-sdk.ts";
import { bootstrapToken, ServerProcess } from "./server-process.ts";

const pathTo = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const tsc = pathTo("node_modules/typescript/bin/tsc");
const sources = pathTo("test/src/typed-project");

/** How a project may be set up; each has to see the same types. */
const setups = {
  "ES modules": { type: "module", module: "nodenext" },
  CommonJS: { type: "commonjs", module: "nodenext" },
  "a bundler": { type: "module", module: "preserve" },
} as const;

const flags = [
  { key: "checkout", name: "Checkout redesign", variations: ["old", "new"] },
  { key: "dark-mode", name: "dark-mode", variations: [true, false] },
  { key: "seats", name: "Seats", variations: [5, 50, -1.5] },
  {
    key: "limits",
    name: "Limits",
    temporary: false,
    variations: [
      { max: 5, tiers: ["a"] },
      { max: 9, tiers: [], note: null },
    ],
  },
  { key: "move-orders", name: "Move", variations: ["off", "dualwrite", "live"] },
  {
    key: "2.hostile",
    name: 'A "name" that ends */ it',
    description: "@deprecated is no tag here\n*/ } nor `code` an end\u2028and {@link nothing",
    variations: ['quo"te', "line\nbreak", "back\\slash", "*/"],
  },
  { key: "gone", name: "Gone", variations: ["a", "b"] },
];

let sdk: PublishedSdk | undefined;
let project: Project;

beforeAll(async () => {
  sdk = await PublishedSdk.build();
  project = await sdk.installedInto("shop", "react@19", "@types/react@19", "@types/node@24");
}, 120_000);

afterAll(() => sdk?.[Symbol.asyncDispose]());

describe("types written from a project's flags", () => {
  it.each(Object.entries(setups))("hold a project of %s to its flags", async (_, setup) => {
    await using server = await ServerProcess.start();
    await makeFlags(new Management(server.url));
    await halyard(server.url, "types", "--out", path.join(project.folder, "src/halyard.gen.d.ts"));

    const found = await compile(setup);

    expect(found).toEqual(await expectedErrors());
  });

  it("say what is on its way out", async () => {
    await using server = await ServerProcess.start();
    await makeFlags(new Management(server.url));

    const out = path.join(project.folder, "gone.gen.d.ts");
    await halyard(server.url, "types", "--out", out);

    expect(await readFile(out, "utf8")).toContain(
      [
        "    /**",
        "     * Gone. Temporary.",
        "     * @deprecated Archived: everybody gets the fallback.",
        "     */",
        '    "gone": "a" | "b";',
      ].join("\n"),
    );
  });
});

it("leaves a project without such a file untyped", async () => {
  await project.write("src/halyard.gen.d.ts", "export {};\n");

  const untyped = await compile(setups["ES modules"], "untyped.ts");

  expect(untyped).toEqual([]);
});

async function makeFlags(management: Management): Promise<void> {
  await management.createProject("web-shop", ["production"]);
  for (const { variations, ...flag } of flags) {
    await management.ask("POST", "/api/v2/flags/web-shop", {
      ...flag,
      variations: variations.map((value) => ({ value })),
    });
  }
  await management.instruct("web-shop", "gone", "production", [{ kind: "archiveFlag" }]);
}

async function halyard(url: string, ...args: readonly string[]): Promise<void> {
  const command = [pathTo("packages/cli/src/main.ts"), ...args];
  const connection = {
    HALYARD_URL: url,
    HALYARD_TOKEN: bootstrapToken,
    HALYARD_PROJECT: "web-shop",
  };
  await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...connection } });
}

/** Each place where the compiler finds an error, in all of the project's files or in one. */
async function compile(
  { type, module }: { readonly type: string; readonly module: string },
  ...only: readonly string[]
): Promise<string[]> {
  const files = only.length > 0 ? only : typed;
  await project.write("src/package.json", JSON.stringify({ type }));
  const compilerOptions = {
    module,
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    types: ["node"],
    strict: true,
    noEmit: true,
    noImplicitReturns: true,
    skipLibCheck: false,
  };
  const compiled = [...files.map((file) => `src/${file}`), "src/halyard.gen.d.ts"];
  await project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: compiled }));
  for (const file of files) await project.write(`src/${file}`, await sourceOf(file));
  const { out } = await project.try(process.execPath, tsc, "--pretty", "false");
  const places = out
    .split("\n")
    .filter((line) => /^\S/u.test(line))
    .map((line) => line.replace(/\((\d+),\d+\).*$/u, ":$1").replace(/^src\//u, ""));
  return [...new Set(places)].sort();
}

const typed = ["node.ts", "browser.ts", "react.ts", "testing.ts"];

/** The lines of which the sources say themselves that they are wrong. */
async function expectedErrors(): Promise<string[]> {
  const places: string[] = [];
  for (const file of typed) {
    for (const [at, line] of (await sourceOf(file)).split("\n").entries()) {
      if (line.includes("// Wrong:")) places.push(`${file}:${at + 1}`);
    }
  }
  return places.sort();
}

function sourceOf(file: string): Promise<string> {
  return readFile(path.join(sources, `${file}.txt`), "utf8");
}
