// Starts a client on a folder, waits until it serves this value, closes it, and says what it met.
import { init } from "../src/index.ts";

const [baseUri = "", cachePath = "", expected = "", user] = process.argv.slice(2);
// Permissions do not bind root, whose tests say who is to be asked in their place.
if (user !== undefined) process.setuid?.(Number(user));
const lines: string[] = [];
const keep = (line: string): void => void lines.push(line);
const logger = { error: keep, warn: keep, info: keep, debug: keep };
const flags = init("sdk-one", {
  baseUri,
  cachePath,
  logger,
  sendEvents: false,
  warnBeforeReady: false,
});
const ask = () => flags.variationDetail("checkout", { kind: "user", key: "ada" }, "fallback");
const first = ask();
const served = new Promise<void>((resolve) => {
  const look = (): void => {
    if (ask().value === expected && flags.status === "live") resolve();
  };
  flags.on("status", look).on("change", look);
  look();
});
await served;
const last = ask();
await flags.close();
const told = ({ value, source }: typeof first) => `${value} by ${source}`;
process.stdout.write(JSON.stringify({ first: told(first), last: told(last), lines }));
