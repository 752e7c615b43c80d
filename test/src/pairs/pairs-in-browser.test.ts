import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { randomVectors } from "./random-vectors.ts";

const page = fileURLToPath(new URL("pages/replay.ts", import.meta.url));

it("evaluates in Chromium as in Node: 20,000 random cases", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "halyard-vectors-"));
  const file = path.join(folder, "vectors.json");
  const script = path.join(folder, "replay.js");
  await build({ entryPoints: [page], bundle: true, format: "iife", outfile: script });
  const vectors = [
    ...randomVectors({ seed: 1, wildness: "any", sets: 180, contexts: 100 }),
    ...randomVectors({ seed: 1, wildness: "sound", sets: 20, contexts: 100 }),
  ];
  await writeFile(file, JSON.stringify(vectors));
  const site = createServer((request, response) => {
    if (request.url === "/vectors.json") createReadStream(file).pipe(response);
    else if (request.url === "/replay.js") createReadStream(script).pipe(response);
    else response.setHeader("content-type", "text/html").end(`<script src="/replay.js"></script>`);
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);

    const { cases, evaluations, differences } = await tab.evaluate(() => window.replayed);

    expect(differences.slice(0, 3)).toEqual([]);
    expect(cases).toBe(20_000);
    expect(evaluations).toBeGreaterThan(100_000);
  } finally {
    await browser.close();
    site.close();
    await rm(folder, { recursive: true });
  }
}, 180_000);
