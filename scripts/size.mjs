// What the SDK weighs as it is published, beside its peers: `npm run size`. What a page downloads, what a server
// installs of our own, and how long a server waits for it. Exits 1 where ours is above a limit, or slower than the peer.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { PublishedSdk } from "../test/src/published-sdk.ts";

const bench = fileURLToPath(new URL("../bench", import.meta.url));
const { buildSync } = createRequire(`${bench}/package.json`)("esbuild");

/** Bytes; a kB is 1,000 of them. */
const pageLimits = { "@halyard/sdk/browser": 6_000, "@halyard/sdk/react": 7_000 };
const pagePeers = [
  "@openfeature/web-sdk",
  "unleash-proxy-client",
  "@growthbook/growthbook",
  "launchdarkly-js-client-sdk",
  "@launchdarkly/js-client-sdk",
];
/** Holds the line; to get to 60 kB is the goal. */
const serverLimit = 100_000;
const serverGoal = 60_000;
const importGoalMs = 25;
const serverPeer = "@launchdarkly/node-server-sdk";
const rounds = 15;

await using sdk = await PublishedSdk.build();
const project = await sdk.installedInto("weighed");
const isWithin = [weighPages(), weighServer(), timeImports()];
process.exitCode = isWithin.includes(false) ? 1 : 0;

function weighPages() {
  say("what a page downloads, minified and gzipped, React itself not counted");
  const sizes = Object.keys(pageLimits).map((name) => [name, pageSizeOf(name, project.folder)]);
  for (const [name, bytes] of sizes) say(row(name, bytes, `(limit ${pageLimits[name]})`));
  for (const name of pagePeers) say(row(name, pageSizeOf(name, bench)));
  return sizes.every(([name, bytes]) => bytes <= pageLimits[name]);
}

/** Everything that the package exports. */
function pageSizeOf(name, folder) {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from "${name}";`, resolveDir: folder },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    external: ["react"],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

/** The files that an import of the Node entry loads of our own; its dependencies and types are not counted. */
function weighServer() {
  const entry = path.join(project.folder, "node_modules/@halyard/sdk/index.mjs");
  const code = Buffer.concat([...withImports(entry)].map((file) => readFileSync(file)));
  say(
    "\nwhat a server loads of our own: the JavaScript of @halyard/sdk's Node entry, as installed",
  );
  const bounds = `(limit ${serverLimit}, goal ${serverGoal})`;
  say(row("@halyard/sdk", code.length, bounds));
  say(row("the same, gzipped", gzipSync(code, { level: 9 }).length));
  return code.length <= serverLimit;
}

function withImports(entry) {
  const files = new Set([entry]);
  // What is added to a set while it is walked is walked too.
  for (const file of files) {
    const imports = readFileSync(file, "utf8").matchAll(
      /(?:from|import)\s*["'`](\.[^"'`]+)["'`]/gu,
    );
    for (const [, specifier] of imports) files.add(path.join(path.dirname(file), specifier));
  }
  return files;
}

/** Processes take turns, so that what else the machine does meets all alike. */
function timeImports() {
  const cases = {
    "@halyard/sdk, import": [project.folder, 'import("@halyard/sdk")'],
    "@halyard/sdk, require": [project.folder, 'Promise.resolve(require("@halyard/sdk"))'],
    [`${serverPeer}, import`]: [bench, `import("${serverPeer}")`],
    [`${serverPeer}, require`]: [bench, `Promise.resolve(require("${serverPeer}"))`],
  };
  const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [folder, load]] of Object.entries(cases))
      times[name].push(timeOf(load, folder));
  }
  say(`\nhow long it takes to load, median and fastest of ${rounds} processes each, taking turns`);
  const sorted = Object.values(times).map((list) => list.sort((a, b) => a - b));
  const medians = sorted.map((list) => list[(rounds - 1) / 2]);
  for (const [at, name] of Object.keys(cases).entries()) {
    const goal = at < 2 ? `  (goal ${importGoalMs})` : "";
    say(`${name.padEnd(40)}${milliseconds(medians[at])}${milliseconds(sorted[at][0])}${goal}`);
  }
  const [imported, required, peerImported, peerRequired] = medians;
  return imported <= peerImported && required <= peerRequired;
}

function timeOf(load, cwd) {
  const program = `const begun = performance.now(); ${load}.then(() => console.log(performance.now() - begun));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
    cwd,
    encoding: "utf8",
  });
  const ms = Number.parseFloat(stdout);
  if (Number.isNaN(ms)) throw new Error(`${load} does not run: ${stderr}`);
  return ms;
}

function milliseconds(value) {
  return `${value.toFixed(1)} ms`.padStart(11);
}

function row(name, bytes, remark = "") {
  return `${name.padEnd(40)}${String(bytes).padStart(8)} bytes  ${remark}`.trimEnd();
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
