// Writes the cache of a folder over and over, each time with another value, until it is ended.
import { FileCache } from "../src/file-cache.ts";
import { Log } from "../src/logger.ts";

const [folder = ""] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const log = new Log({ error: say, warn: say, info: say, debug: say });
const settings = { folder, sdkKey: "sdk-one", streamUri: "http://localhost:1", delayMs: 0, log };

for (let round = 1; ; round += 1) {
  const cache = new FileCache(settings);
  // Long enough for a write to be cut in its middle.
  const value = `value-${round} ${"x".repeat(200_000)}`;
  const flag = { key: "checkout", version: 1, on: false, offVariation: 0, variations: [value] };
  const data = JSON.stringify({ flags: { checkout: flag }, segments: {} });
  cache.keep(() => ({ data, id: `e:${round}`, savedAt: Date.now() }));
  await cache.close();
  say(`wrote ${round}`);
}
