// What the admin UI weighs, gzipped: what the first page loads, and what each page adds. Exits 1 above a limit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { ensureAdminUi } from "./admin-ui.mjs";

const dist = "packages/admin-ui/dist";
/** Bytes; a kB is 1,000 of them. Fonts are not counted: they come after the first paint. */
const firstLoadLimit = 250_000;
const routeLimit = 60_000;

if (!ensureAdminUi()) process.exit(1);
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8"));
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry === true);
const first = filesOf(entry);
const firstBytes = weigh(first);
say(row("first load", firstBytes, firstLoadLimit));
const added = [...addedParts(entry, first)].map(([key, files]) => ({
  name: key.replace(/^.*(?:src|node_modules)\//u, ""),
  bytes: weigh(files),
}));
const told = process.argv.includes("--first") ? [] : added.sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of told) say(row(name, bytes, routeLimit));
const isWithin = firstBytes <= firstLoadLimit && added.every(({ bytes }) => bytes <= routeLimit);
process.exitCode = isWithin ? 0 : 1;

/** Each page, and each part that a page loads later, with the most files that it brings to what is there. */
function addedParts(key, there, found = new Map()) {
  for (const part of laterPartsOf(key)) {
    const files = filesOf(part).difference(there);
    const known = found.get(part);
    if (known !== undefined && weigh(known) >= weigh(files)) continue;
    found.set(part, files);
    if (files.size > 0) addedParts(part, there.union(files), found);
  }
  return found;
}

function laterPartsOf(key) {
  const own = key === entry ? keysOf(key) : keysOf(key).difference(keysOf(entry));
  return new Set([...own].flatMap((one) => manifest[one].dynamicImports ?? []));
}

/** A part with all that it imports. */
function keysOf(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key].imports ?? []) keysOf(other, seen);
  return seen;
}

function filesOf(key) {
  return new Set(
    [...keysOf(key)].flatMap((one) => [manifest[one].file, ...(manifest[one].css ?? [])]),
  );
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
