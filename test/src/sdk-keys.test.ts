import { setTimeout as wait } from "node:timers/promises";
import { type HalyardClient, init } from "@halyard/sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RemoteSource } from "../../packages/sdk/src/source/remote-source.ts";
import { Transport } from "../../packages/sdk/src/source/transport.ts";
import { FastClock } from "../../packages/sdk/test/fast-clock.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const ada = { kind: "user", key: "ada" };
const ignore = (): void => undefined;
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };
const quiet = { logger, sendEvents: false, warnBeforeReady: false };

/** How often a key is lost and found, and one replaced; the whole proof takes more. */
const rounds = Number(process.env["HALYARD_KEY_LIVES"] ?? 1);
const timeout = 30_000 * rounds;

let server: ServerProcess;
let management: Management;
let sdkKey: string;

beforeEach(async () => {
  server = await ServerProcess.start();
  management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  await management.createFlag("shop", "checkout", ["on", "off"]);
  sdkKey = await management.sdkKey("shop", "production");
});

afterEach(() => server[Symbol.asyncDispose]());

const value = (flags: HalyardClient): string => flags.variation("checkout", ada, "fallback");
const turn = (kind: "turnFlagOn" | "turnFlagOff"): Promise<unknown> =>
  management.instruct("shop", "checkout", "production", [{ kind }]);
const live = (flags: HalyardClient) =>
  expect.poll(() => flags.status, { interval: 5 }).toBe("live");

/** A client for which minutes pass in fractions of a second, as few would wait for a refused key. */
function hurried(): HalyardClient {
  const settings = {
    transport: new Transport({ proxy: undefined, ca: undefined, rejectUnauthorized: true }),
    streamUri: server.url,
    baseUri: server.url,
    headers: { authorization: sdkKey },
    filter: undefined,
    generation: "second",
    streaming: true,
    pollIntervalMs: 30_000,
    reconnectDelayMs: 1_000,
    readTimeoutMs: undefined,
    connectTimeoutMs: 10_000,
  } as const;
  const clock = new FastClock(Math.random, (ms) => wait(ms / 10_000));
  return init(undefined, { source: new RemoteSource(settings, clock), ...quiet });
}

/** Everything that the client gave while it was watched. */
function watched(flags: HalyardClient) {
  const given = new Set<string>();
  const statuses: string[] = [];
  flags.on("status", ({ status }) => statuses.push(status));
  const timer = setInterval(() => given.add(value(flags)), 1);
  return { given, statuses, [Symbol.dispose]: () => clearInterval(timer) };
}

describe("a client whose key the server does not know for a while", () => {
  it("serves what it has, and is live again without a restart once the key is known", {
    timeout,
  }, async () => {
    await using flags = hurried();
    await live(flags);
    using watch = watched(flags);
    const { port, dataFolder } = server;

    for (let round = 1; round <= rounds; round += 1) {
      await server.kill();
      await using wrong = await ServerProcess.start({ port });
      await expect.poll(() => flags.status).toBe("stale");
      await using late = hurried();
      const refused = await late.waitForInitialization();
      await wrong.kill();
      server = await ServerProcess.start({ port, dataFolder });
      await turn(round % 2 === 1 ? "turnFlagOn" : "turnFlagOff");

      await live(flags);
      await live(late);

      const expected = round % 2 === 1 ? "on" : "off";
      await expect.poll(() => [value(flags), value(late)]).toEqual([expected, expected]);
      expect([refused.status, refused.error?.message]).toEqual([
        "failed",
        expect.stringContaining("refused the SDK key (401)"),
      ]);
    }

    expect([...watch.given].sort()).toEqual(["off", "on"]);
    expect(watch.statuses).toEqual(Array.from({ length: rounds }, () => ["stale", "live"]).flat());
  });
});

describe("a key that is replaced", () => {
  it("is good until its grace is over, so that no client is without flags for a moment", {
    timeout,
  }, async () => {
    for (let round = 1; round <= rounds; round += 1) {
      await using former = init(sdkKey, { baseUri: server.url, reconnectDelayMs: 5, ...quiet });
      await live(former);
      using watch = watched(former);
      const expiry = Date.now() + 1_000;
      await management.ask(
        "POST",
        `/api/v2/projects/shop/environments/production/apiKey?expiry=${expiry}`,
      );
      sdkKey = await management.sdkKey("shop", "production");

      await using next = init(sdkKey, { baseUri: server.url, ...quiet });
      await live(next);
      for (const [kind, expected] of [
        ["turnFlagOn", "on"],
        ["turnFlagOff", "off"],
      ] as const) {
        await turn(kind);
        await expect.poll(() => [value(former), value(next)]).toEqual([expected, expected]);
      }
      expect([watch.statuses, former.status]).toEqual([[], "live"]);

      await expect.poll(() => former.status, { timeout: 5_000 }).toBe("stale");

      expect(Date.now()).toBeGreaterThanOrEqual(expiry);
      await turn("turnFlagOn");
      await expect.poll(() => value(next)).toBe("on");
      expect([value(former), next.status, [...watch.given].sort()]).toEqual([
        "off",
        "live",
        ["off", "on"],
      ]);
      await turn("turnFlagOff");
    }
  });
});
