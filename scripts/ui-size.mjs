// What the admin UI weighs, gzipped: what the first page loads, and what each page adds. Exits 1 above a limit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ensureAdminUi } from "./admin-ui.mjs";

const dist = "packages/admin-ui/dist";
/** Bytes; a kB is 1,000 of them. Fonts are not counted: they come after the first paint. */
const firstLoadLimit = 250_000;
const routeLimit = 60_000;
/** What a page loads after it is on screen, such as the language of instructions with its patterns. */
const partLimit = 90_000;

if (!ensureAdminUi()) process.exit(1);
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry === true);
const first = filesOf(entry);
const firstBytes = weigh(first);
say(row("first load", firstBytes, firstLoadLimit));
const routes = (manifest[entry].dynamicImports ?? []).map((key) => [key, routeLimit]);
const parts = routes.flatMap(([key]) =>
  (manifest[key].dynamicImports ?? []).map((part) => [part, partLimit]),
);
const added = [...new Map([...parts, ...routes])].map(([key, limit]) => ({
  name: key.replace(/^src\//u, ""),
  bytes: weigh(new Set([...filesOf(key)].filter((file) => !first.has(file)))),
  limit,
}));
for (const { name, bytes, limit } of added.sort((a, b) => b.bytes - a.bytes))
  say(row(name, bytes, limit));
const isWithin = firstBytes <= firstLoadLimit && added.every(({ bytes, limit }) => bytes <= limit);
process.exitCode = isWithin ? 0 : 1;

/** The files that come with a part, by its static imports. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return new Set();
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  const files = new Set([file, ...css]);
  for (const other of imports) for (const one of filesOf(other, seen)) files.add(one);
  return files;
}

function weigh(files) {
  let bytes = 0;
  for (const file of files) bytes += gzipSync(readFileSync(`${dist}/${file}`), { level: 9 }).length;
  return bytes;
}

function row(name, bytes, limit) {
  return `${name.padEnd(44)}${(bytes / 1_000).toFixed(1).padStart(8)} kB  (limit ${limit / 1_000})`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
