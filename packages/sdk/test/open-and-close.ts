// Opens and closes clients of a service one after another, and prints what of theirs is left over:
// `node open-and-close.ts URL stream|poll COUNT`.
import { createHook } from "node:async_hooks";
import { setImmediate as turn } from "node:timers/promises";
import { init } from "../src/index.ts";

const [baseUri = "", way = "stream", count = "1"] = process.argv.slice(2);
const opened = { sockets: 0, timers: 0 };
const left = { sockets: new Set<number>(), timers: new Set<number>() };
const kinds: Readonly<Record<string, keyof typeof left>> = {
  TCPWRAP: "sockets",
  TLSWRAP: "sockets",
  Timeout: "timers",
};
// Unlike process.getActiveResourcesInfo() it also sees what does not keep the process alive.
createHook({
  init(id, type) {
    const kind = kinds[type];
    if (kind === undefined) return;
    left[kind].add(id);
    opened[kind] += 1;
  },
  destroy(id) {
    for (const ids of Object.values(left)) ids.delete(id);
  },
}).enable();

for (let cycle = 0; cycle < Number(count); cycle += 1) {
  const client = init("sdk-test", { baseUri, streaming: way === "stream", maxStalenessMs: 60_000 });
  await client.waitForInitialization();
  client.variation("checkout", { kind: "user", key: "ada" }, "fallback");
  await client.close();
}
// What is destroyed is told of in a later turn.
for (let turns = 0; turns < 20; turns += 1) await turn();
const found = { opened, left: { sockets: left.sockets.size, timers: left.timers.size } };
process.stdout.write(JSON.stringify(found));
process.exit(0);
