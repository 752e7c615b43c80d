// What a page downloads of the browser client, alone and with React, beside its peers: `npm run size`.
// Exits 1 where ours is above its limit.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const bench = fileURLToPath(new URL("../bench", import.meta.url));
const { buildSync } = createRequire(`${bench}/package.json`)("esbuild");

/** Bytes; a kB is 1,000 of them. */
const limits = { "@halyard/sdk/browser": 6_000, "@halyard/sdk/react": 7_000 };
const peers = [
  "@openfeature/web-sdk",
  "unleash-proxy-client",
  "@growthbook/growthbook",
  "launchdarkly-js-client-sdk",
  "@launchdarkly/js-client-sdk",
];

let isOver = false;
for (const name of [...Object.keys(limits), ...peers]) {
  const bytes = sizeOf(name);
  const limit = limits[name];
  if (limit !== undefined && bytes > limit) isOver = true;
  const remark = limit === undefined ? "" : `  (limit ${limit})`;
  process.stdout.write(`${name.padEnd(32)}${String(bytes).padStart(8)} bytes${remark}\n`);
}
process.exit(isOver ? 1 : 0);

/** Everything that the package exports, minified and compressed; React itself not counted. */
function sizeOf(name) {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from "${name}";`, resolveDir: bench },
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
