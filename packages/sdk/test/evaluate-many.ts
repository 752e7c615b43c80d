// Evaluates a simple flag a million times, and prints the bytes that this made as JSON.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { init } from "../src/index.ts";

const calls = 1_000_000;
const flag = {
  key: "checkout",
  version: 1,
  on: true,
  variations: [false, true],
  fallthrough: { variation: 1 },
};
const put = { path: "/", data: { flags: { checkout: flag }, segments: {} } };
const server = createServer((request, response) => {
  request.resume();
  if (request.url === "/bulk") response.writeHead(202).end();
  else if (request.url !== "/all") response.writeHead(404).end();
  else response.writeHead(200).write(`event: put\ndata: ${JSON.stringify(put)}\n\n`);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

const flags = init("key", { baseUri: `http://127.0.0.1:${port}`, flushIntervalMs: 3_600_000 });
await flags.waitForInitialization();
const context = { kind: "user", key: "ada" };
const kept: { value: number }[] = [{ value: 0 }];

const evaluate = (): boolean => flags.boolVariation("checkout", context, false);
const makeOne = (index: number): boolean => {
  kept[0] = { value: index };
  return true;
};
// Compiling makes garbage too: both run long enough to be compiled before they are counted.
bytesOf(evaluate);
bytesOf(makeOne);
const bytes = bytesOf(evaluate);
const bytesOfOneNumberEach = bytesOf(makeOne);
process.stdout.write(JSON.stringify({ calls, bytes, bytesOfOneNumberEach }));
await flags.close();
server.closeAllConnections();
server.close();

function bytesOf(call: (index: number) => boolean): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < calls; index += 1) {
    if (!call(index)) throw new Error("the flag did not give what it should");
  }
  return process.memoryUsage().heapUsed - before;
}
