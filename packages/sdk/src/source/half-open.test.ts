import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FastClock } from "../../test/fast-clock.ts";
import { Relay } from "../../test/relay.ts";
import {
  keptLines,
  polled,
  put,
  type Script,
  ScriptedService,
  streams,
  transfer,
} from "../../test/scripted-service.ts";
import { init } from "../index.ts";
import { RemoteSource } from "./remote-source.ts";
import { Transport } from "./transport.ts";

const ada = { kind: "user", key: "ada" };

// The watchdog's timers are moved by hand; connections are real.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

async function start(script: Script, options: { streaming?: boolean; connectTimeoutMs?: number }) {
  const service = await ScriptedService.start(script);
  const relay = await Relay.start(service.port);
  const source = new RemoteSource(
    {
      transport: new Transport({ proxy: undefined, ca: undefined, rejectUnauthorized: true }),
      streamUri: relay.url,
      baseUri: relay.url,
      headers: {},
      filter: undefined,
      generation: "second",
      streaming: true,
      pollIntervalMs: 30_000,
      reconnectDelayMs: 1_000,
      readTimeoutMs: undefined,
      connectTimeoutMs: 10_000,
      ...options,
    },
    new FastClock(() => 0.5),
  );
  const { lines, logger } = keptLines();
  const flags = init(undefined, { source, logger, warnBeforeReady: false });
  return {
    service,
    relay,
    flags,
    lines,
    async [Symbol.asyncDispose]() {
      await flags.close();
      await relay[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

const value = ({ flags }: Awaited<ReturnType<typeof start>>): string =>
  flags.stringVariation("checkout", ada, "fallback");
const silent = (): void => undefined;

describe("a line that is dead at the other end", () => {
  it.each([
    ["of a service that numbers its changes", ["e:3", "e:4"], 60_000],
    ["of any other service", ["(p:a:x)", "(p:b:y)"], 300_000],
  ] as const)("%s is noticed by what is not heard", async (_, [first, second], afterMs) => {
    await using app = await start(
      {
        "/sdk/stream": [
          streams(transfer("xfer-full", 3, "new", first)),
          streams(transfer("xfer-full", 4, "newest", second)),
        ],
      },
      {},
    );
    await expect.poll(() => app.flags.status).toBe("live");

    app.relay.silence();
    app.service.say("/sdk/stream", ": unheard\n\n");
    await vi.advanceTimersByTimeAsync(afterMs - 5_000);
    expect([app.flags.status, app.lines]).toEqual(["live", []]);
    await vi.advanceTimersByTimeAsync(5_000);

    await expect.poll(() => value(app)).toBe("newest");
    expect(app.lines).toEqual([expect.stringContaining(`nothing was heard within ${afterMs} ms`)]);
  });

  it("is noticed as soon in the middle of the first set", async () => {
    const whole = transfer("xfer-full", 3, "new");
    await using app = await start(
      { "/sdk/stream": [streams(whole.slice(0, whole.length / 2)), streams(whole)] },
      {},
    );
    await expect.poll(() => app.service.asked.length).toBe(1);
    await expect.poll(() => vi.getTimerCount()).toBe(1);

    await vi.advanceTimersByTimeAsync(60_000);

    await expect.poll(() => value(app)).toBe("new");
    expect(app.lines).toEqual([expect.stringContaining("nothing was heard within 60000 ms")]);
  });

  it("is alive as long as heartbeats pass", async () => {
    await using app = await start({ "/sdk/stream": streams(transfer("xfer-full", 3, "new")) }, {});
    await expect.poll(() => app.flags.status).toBe("live");

    for (let beat = 1; beat <= 5; beat += 1) {
      await vi.advanceTimersByTimeAsync(59_000);
      const heard = performance.now();
      app.service.say("/sdk/stream", ": e:3\n\n");
      await expect.poll(() => (app.flags.ageMs ?? 0) < performance.now() - heard).toBe(true);
    }

    expect([app.flags.status, app.service.asked.length]).toEqual(["live", 1]);
  });

  it.each([
    ["no answer", silent, 10_000],
    ["nothing was heard", streams(""), 20_000],
  ])("before it said anything is given up: %s", async (what, answer, afterMs) => {
    await using app = await start(
      { "/sdk/stream": [answer, streams(transfer("xfer-full", 3, "new"))] },
      {},
    );
    await expect.poll(() => app.service.asked.length).toBe(1);
    const isOpen = what === "nothing was heard";
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    if (isOpen) await expect.poll(() => app.flags.status).toBe("initializing");

    await vi.advanceTimersByTimeAsync(afterMs);

    await expect.poll(() => value(app)).toBe("new");
    expect(app.lines).toEqual([expect.stringContaining(`${what} within ${afterMs} ms`)]);
  });

  it("costs a poll no more than its time", async () => {
    await using app = await start(
      { "/sdk/poll": [polled(3, "new"), silent, polled(4, "newest")] },
      { streaming: false, connectTimeoutMs: 20 },
    );

    await expect.poll(() => value(app)).toBe("newest");

    expect(app.lines).toEqual([expect.stringContaining("no answer within 20 ms")]);
  });

  it("is found out by the first generation as well", async () => {
    await using app = await start(
      {
        "/all": [streams(put(3, "new", "e:3")), streams(put(4, "newest", "e:4"))],
      },
      {},
    );
    await expect.poll(() => app.flags.status).toBe("live");

    app.relay.silence();
    await vi.advanceTimersByTimeAsync(60_000);

    await expect.poll(() => value(app)).toBe("newest");
  });
});
