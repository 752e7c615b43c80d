// One measurement of one contender in a process of its own, so that nobody's memory counts for
// another's: `node --expose-gc measure.ts MEASUREMENT CONTENDER URL …`, as a child that says what it found.
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { median, slopeOf } from "../statistics.ts";
import type { Client, ContenderName } from "./contenders.ts";
import { patchedKey } from "./flags.ts";

/** To the parent: the service is to tell of a patch, or this was found. */
export type Said = "patch" | number;

const [measurement = "", contenderName = "", url = "", smallUrl = ""] = process.argv.slice(2);
// Where a reconnect waits for a random share of a limit that grows, no share makes ten thousand of
// them a matter of seconds.
if (measurement === "reconnects") Math.random = () => 0;
const { contenders } = await import("./contenders.ts");
const contender = contenders[contenderName as ContenderName];

const measurements: Readonly<Record<string, () => Promise<number>>> = {
  load,
  heap,
  evaluations,
  reconnects,
  cycles,
  patch,
};
const found = await measurements[measurement]?.();
if (found === undefined) throw new Error(`there is no measurement "${measurement}"`);
// Clients that are still open would keep the process.
process.send?.(found satisfies Said, () => process.exit(0));

/** Milliseconds from opening the first client of the process to its first answer. */
async function load(): Promise<number> {
  const started = performance.now();
  const client = await contender.open(url);
  const answer = await client.ask("many-9999", 0);
  const ms = performance.now() - started;
  if (answer !== true) throw new Error(`${contender.label} gave ${answer}`);
  await client.close();
  return ms;
}

/** Bytes that a client holds more, where the process has had a small one before. */
async function heap(): Promise<number> {
  const small = await contender.open(smallUrl);
  await small.ask(patchedKey, 0);
  await small.close();
  const before = await heldBytes();
  const client = await contender.open(url);
  const bytes = (await heldBytes()) - before;
  await client.close();
  return bytes;
}

/** Bytes for one evaluation more. */
async function evaluations(): Promise<number> {
  const client = await contender.open(url);
  let count = 0;
  return slope({ count: 1_000_000, warmUp: 200_000 }, async (calls) => {
    for (const end = count + calls; count < end; count += 1) {
      const answer = client.ask(`many-${count % 10}`, count);
      if (contender.isAsync) await answer;
    }
  });
}

/** Bytes for one reconnect more; the service ends every stream. */
async function reconnects(): Promise<number> {
  let streams = 0;
  subscribe("http.client.response.finish", () => {
    streams += 1;
  });
  await contender.open(url);
  return slope({ count: 10_000, warmUp: 2_000 }, async (more) => {
    for (const end = streams + more; streams < end; ) await pause(5);
  });
}

/** Bytes for one client more that was opened and closed. */
async function cycles(): Promise<number> {
  return slope({ count: 1_000, warmUp: 2_000 }, async (more) => {
    for (let done = 0; done < more; done += 1) {
      const client = await contender.open(url);
      await client.ask(patchedKey, 0);
      await client.close();
    }
  });
}

/** Milliseconds from the arrival of a patch's bytes to its value. */
async function patch(): Promise<number> {
  let arrivedAt = Number.NaN;
  subscribe("http.client.response.finish", (message) => {
    const { response } = message as { readonly response: IncomingMessage };
    const push = response.push.bind(response);
    response.push = (chunk: unknown, ...rest) => {
      arrivedAt = performance.now();
      return push(chunk, ...rest);
    };
  });
  const client = await contender.open(url);
  const times: number[] = [];
  const [warmUp, rounds] = [100, 200];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const before = await client.ask(patchedKey, 0);
    process.send?.("patch" satisfies Said);
    const seenAt = await changeOf(client, before);
    if (round >= warmUp) times.push(seenAt - arrivedAt);
  }
  return median(times);
}

/** When the client gave another answer, asked in every turn of the event loop. */
async function changeOf(client: Client, before: unknown): Promise<number> {
  for (;;) {
    await new Promise(setImmediate);
    if ((await client.ask(patchedKey, 0)) !== before) return performance.now();
  }
}

interface Series {
  readonly count: number;
  /** So many come first: code is compiled, and lives on the heap, for a while. */
  readonly warmUp: number;
}

/** Bytes for one more, over eleven points. */
async function slope(
  { count, warmUp }: Series,
  run: (part: number) => Promise<void>,
): Promise<number> {
  const part = count / 10;
  await run(warmUp);
  const points: [number, number][] = [[0, await heldBytes()]];
  for (let done = part; done <= count; done += part) {
    await run(part);
    points.push([done, await heldBytes()]);
  }
  return slopeOf(points);
}

/** What is held when everything is collected that can be, also what only a callback lets go of. */
async function heldBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < 3; pass += 1) {
    await pause(20);
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}
