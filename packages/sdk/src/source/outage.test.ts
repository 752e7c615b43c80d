import { expect, it } from "vitest";
import { FastClock, randomFrom } from "../../test/fast-clock.ts";
import {
  flag,
  keptLines,
  polled,
  ScriptedService,
  streams,
  transfer,
} from "../../test/scripted-service.ts";
import { init } from "../index.ts";
import { RemoteSource } from "./remote-source.ts";
import { Transport } from "./transport.ts";

const ada = { kind: "user", key: "ada" };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** An address where somebody was, and nobody is. */
async function deserted(): Promise<{ readonly url: string; readonly port: number }> {
  await using service = await ScriptedService.start({});
  return { url: service.url, port: service.port };
}

/** How many of the times at most fall into one window of this length. */
function densest(times: readonly number[], windowMs: number): number {
  let first = 0;
  return times.reduce((most, time, index) => {
    while ((times[first] ?? time) <= time - windowMs) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

it.each([1, 2, 3, 4, 5])(
  "asks a server that is down for a day on and on but seldom, serves, and finds it again (%i)",
  async (seed) => {
    const { url, port } = await deserted();
    const attempts: number[] = [];
    const answers = new Set<string>();
    const dayIsOver = Promise.withResolvers<void>();
    const serverIsBack = Promise.withResolvers<void>();
    const clock = new FastClock(randomFrom(seed), async () => {
      answers.add(`${flags.stringVariation("checkout", ada, "fallback")} ${flags.status}`);
      if (clock.now() < dayMs) return;
      dayIsOver.resolve();
      await serverIsBack.promise;
    });
    const transport = new Transport({ proxy: undefined, ca: undefined, rejectUnauthorized: true });
    const source = new RemoteSource(
      {
        transport: {
          request(address, request) {
            attempts.push(clock.now());
            return transport.request(address, request);
          },
        },
        streamUri: url,
        baseUri: url,
        headers: {},
        filter: undefined,
        generation: "second",
        streaming: true,
        pollIntervalMs: 30_000,
        reconnectDelayMs: 1_000,
        readTimeoutMs: undefined,
        connectTimeoutMs: 10_000,
      },
      clock,
    );
    const { lines, logger } = keptLines();
    const bootstrap = { flags: { checkout: flag(1, "kept") } };
    await using flags = init(undefined, { source, bootstrap, logger });

    await dayIsOver.promise;
    const duringDay = attempts.filter((at) => at < dayMs);
    await using _service = await ScriptedService.start(
      {
        "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
        "/sdk/poll": polled(3, "new"),
      },
      port,
    );
    serverIsBack.resolve();
    await expect.poll(() => flags.status).toBe("live");

    const late = duringDay.filter((at) => at >= minuteMs);
    expect([...answers]).toEqual(["kept stale"]);
    expect(late.length).toBeLessThanOrEqual((dayMs - minuteMs) / 30_000);
    expect(densest(late, hourMs)).toBeLessThanOrEqual(120);
    const gaps = late.slice(1).map((at, index) => at - (late[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(minuteMs);
    expect(lines).toEqual([expect.stringContaining("ECONNREFUSED")]);
    expect(clock.now() - dayMs).toBeLessThanOrEqual(minuteMs);
    expect(flags.stringVariation("checkout", ada, "fallback")).toBe("new");
  },
);
