// How long one flip takes to reach thousands of streams of one process, beside a bare server that
// writes the same frame, encoded beforehand, to as many sockets; and what streams cost in memory.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Management, nodeFlags, ServerProcess } from "@halyard/test";
import { Subscribers } from "./subscribers.ts";

const streams = Number(process.env["HALYARD_STREAMS"] ?? 5000);
// Of thirty, the hundredth part would be the slowest flip alone.
const flips = 100;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Contender {
  readonly subscribers: Subscribers;
  readonly flip: () => Promise<unknown>;
  readonly kibPerStream: number;
  /** Milliseconds from a flip's request to its arrival, one for each stream and flip. */
  readonly times: number[];
}

await using server = await ServerProcess.start();
const management = new Management(server.url);
await management.createProject("shop", ["production"]);
await management.createFlag("shop", "checkout", ["new", "old"]);
const sdkKey = await management.sdkKey("shop", "production");
let isOn = false;

await oneFlip();
const { url: bareUrl, child } = await startBare(await capturedFrame());
const contenders = {
  halyard: await opened(`${server.url}/all`, server.pid, {
    headers: { authorization: sdkKey },
    flip,
  }),
  "bare fan-out": await opened(`${bareUrl}/all`, child.pid, {
    headers: {},
    flip: async () => (await fetch(`${bareUrl}/flip`)).text(),
  }),
};
// In turns, so that whatever else the machine does meets both alike.
for (let count = 0; count < flips; count += 1) {
  for (const { subscribers, flip: act, times } of Object.values(contenders)) {
    times.push(...(await latencies(subscribers, { listeners: streams, flip: act, count: 1 })));
  }
}
for (const { subscribers } of Object.values(contenders)) subscribers.close();
child.kill();
say(`${streams} streams on one process, ${flips} flips, milliseconds from request to arrival:`);
say(`                  p50      p99      KiB of memory a stream`);
for (const [name, { times, kibPerStream }] of Object.entries(contenders)) {
  say(`  ${name.padEnd(14)}${[at(times, 0.5), at(times, 0.99), kibPerStream].map(shown).join("")}`);
}
const { halyard, "bare fan-out": bare } = contenders;
say(`  ratio of p99: ${(at(halyard.times, 0.99) / at(bare.times, 0.99)).toFixed(2)}`);
await lastOfThousand();
await stalledReaders();

async function flip(): Promise<void> {
  isOn = !isOn;
  const kind = isOn ? "turnFlagOn" : "turnFlagOff";
  await management.instruct("shop", "checkout", "production", [{ kind }]);
}

/** Warms the path that is measured. */
async function oneFlip(): Promise<void> {
  await flip();
  await flip();
}

async function opened(
  url: string,
  pid: number | undefined,
  by: { headers: Readonly<Record<string, string>>; flip: () => Promise<unknown> },
): Promise<Contender> {
  const subscribers = new Subscribers();
  const before = residentKib(pid);
  await subscribers.open(url, by.headers, streams);
  const kibPerStream = (residentKib(pid) - before) / streams;
  return { subscribers, flip: by.flip, kibPerStream, times: [] };
}

async function latencies(
  subscribers: Subscribers,
  {
    listeners,
    flip: act,
    count = flips,
  }: { listeners: number; flip: () => Promise<unknown>; count?: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const arriving = subscribers.arrivals(listeners);
    const sent = performance.now();
    const acting = act();
    for (const arrival of await arriving) times.push(arrival - sent);
    await acting;
  }
  return times;
}

async function startBare(frame: string): Promise<{ url: string; child: ChildProcess }> {
  const file = fileURLToPath(new URL("bare-fan-out.ts", import.meta.url));
  const child = fork(file, [frame], { execArgv: nodeFlags });
  const [port] = (await once(child, "message")) as [number];
  return { url: `http://127.0.0.1:${port}`, child };
}

/** What the server says of one flip, word for word. */
async function capturedFrame(): Promise<string> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const response = await fetch(`${server.url}/all`, { headers: { authorization: sdkKey }, signal });
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.includes("event: put") && !text.includes("event: patch") && text.endsWith("\n\n")) {
      await flip();
    }
    if (/event: patch[\s\S]*\n\n$/u.test(text)) break;
  }
  leaving.abort();
  return text.slice(text.indexOf("event: patch"));
}

async function lastOfThousand(): Promise<void> {
  const subscribers = new Subscribers();
  await subscribers.open(`${server.url}/all`, { authorization: sdkKey }, 1000);
  const waits: number[] = [];
  for (let count = 0; count < flips; count += 1) {
    const arriving = subscribers.arrivals(1000);
    await flip();
    const acknowledged = performance.now();
    waits.push(Math.max(0, ...(await arriving).map((arrival) => arrival - acknowledged)));
  }
  subscribers.close();
  say(`acknowledged write to the last of 1000 streams: median ${at(waits, 0.5).toFixed(1)} ms`);
}

async function stalledReaders(): Promise<void> {
  const [listening, stalled] = [1800, 200];
  const readers = new Subscribers();
  await readers.open(`${server.url}/all`, { authorization: sdkKey }, listening);
  const base = await latencies(readers, { listeners: listening, flip });
  const others = new Subscribers();
  await others.open(`${server.url}/all`, { authorization: sdkKey }, stalled);
  const goOn = others.stall(stalled);
  const before = residentKib(server.pid);
  const times = await latencies(readers, { listeners: listening, flip });
  const grown = residentKib(server.pid) - before;
  goOn();
  readers.close();
  const ratio = (at(times, 0.99) / at(base, 0.99)).toFixed(2);
  say(
    `${stalled} of 2000 stop reading: the others' p99 ${at(times, 0.99).toFixed(1)} ms, ${ratio} times what it was;`,
  );
  say(
    `  the server grew by ${(grown / 1024).toFixed(1)} MiB, and ${others.openCount} of them are still open`,
  );
  others.close();
}

function residentKib(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]);
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function shown(value: number): string {
  return value.toFixed(1).padStart(9);
}
