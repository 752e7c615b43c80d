import { init, type Options, redisCache, redisSource } from "@halyard/sdk";
import * as LaunchDarkly from "@launchdarkly/node-server-sdk";
import { RedisFeatureStore } from "@launchdarkly/node-server-sdk-redis";
import { describe, expect, it } from "vitest";
import { connectTo, hasRedis, startRedis } from "../redis.ts";
import { expectedValues, ServedFlags } from "./served-flags.ts";

const ada = { kind: "user", key: "ada" };
const nobodyHere = "http://127.0.0.1:1";

function keptLines() {
  const lines: string[] = [];
  const keep = (line: string): void => void lines.push(line);
  return { lines, logger: { error: keep, warn: keep, info: keep, debug: keep } };
}

const flagOf = (version: number, value: string) => ({
  key: "checkout",
  version,
  on: false,
  offVariation: 0,
  variations: [value],
});

// Without Redis there is nothing to keep flags in; the test command says so, too.
describe.runIf(hasRedis)("flags in Redis", () => {
  it("are read by LaunchDarkly's SDK as ours wrote them, and by ours as theirs wrote them", async () => {
    await using flags = await ServedFlags.start();
    await using redis = await startRedis();
    await using connection = connectTo(redis.port);
    const { send } = connection;
    const theirs = (prefix: string, options: LaunchDarkly.LDOptions) =>
      LaunchDarkly.init(flags.sdkKey, {
        baseUri: flags.url,
        streamUri: flags.url,
        sendEvents: false,
        logger: LaunchDarkly.basicLogger({ level: "none" }),
        featureStore: RedisFeatureStore({
          prefix,
          redisOpts: { port: redis.port, host: "127.0.0.1" },
        }),
        ...options,
      });
    {
      await using ours = init(flags.sdkKey, {
        baseUri: flags.url,
        sendEvents: false,
        cache: redisCache(send, { prefix: "ours" }),
      });
      await ours.waitForInitialization();
    }
    const reader = theirs("ours", { useLdd: true });
    await reader.waitForInitialization({ timeout: 5 });
    const all = (await reader.allFlagsState(ada)).allValues();
    reader.close();

    const writer = theirs("theirs", {});
    await writer.waitForInitialization({ timeout: 5 });
    await using follower = init(undefined, { source: redisSource(send, { prefix: "theirs" }) });
    const { source } = await follower.waitForInitialization();
    writer.close();

    expect(all).toEqual(expectedValues);
    expect(follower.allFlagsState(ada).allValues()).toEqual(all);
    expect(source).toBe("redis");
  });

  it("are what a client starts with while the server is down, and says so", async () => {
    await using redis = await startRedis();
    await using connection = connectTo(redis.port);
    const { send } = connection;
    const item = JSON.stringify(flagOf(3, "kept"));
    await send(["HSET", "shop:features", "checkout", item]);
    await send(["SET", "shop:$inited", ""]);
    const { logger } = keptLines();

    await using flags = init("sdk-any", {
      baseUri: nobodyHere,
      logger,
      sendEvents: false,
      cache: redisCache(send, { prefix: "shop" }),
    });
    const start = await flags.waitForInitialization();

    expect(start).toMatchObject({ status: "complete", source: "redis" });
    expect(flags.variationDetail("checkout", ada, "")).toMatchObject({
      value: "kept",
      source: "redis",
    });
    expect(flags.status).toBe("stale");
  });

  it("are never replaced by older ones, whoever writes", async () => {
    await using redis = await startRedis();
    await using connection = connectTo(redis.port);
    const { send } = connection;
    const cache = redisCache(send, { prefix: "shop" });
    const keep = (version: number, value: string): void =>
      cache.keep(
        () => ({ data: "{}", id: undefined, savedAt: 0 }),
        [{ kind: "flag", key: "checkout", body: flagOf(version, value) }],
      );

    keep(5, "newer");
    keep(4, "older");
    await cache.close();

    expect(await send(["HGET", "shop:features", "checkout"])).toContain("newer");
  });

  it("are followed as another process changes them, through a Redis that comes and goes", async () => {
    await using redis = await startRedis();
    await using connection = connectTo(redis.port);
    const { lines, logger } = keptLines();
    const source = redisSource(connection.send, { prefix: "shop", pollIntervalMs: 5 });
    const options = { logger, source } satisfies Options;
    await using flags = init(undefined, options);
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toContain("Redis holds no flags yet: there is no shop:$inited");

    await connection.send(["SET", "shop:$inited", ""]);
    for (const value of ["one", "two"]) {
      const item = JSON.stringify(flagOf(value.length + 1, value));
      await connection.send(["HSET", "shop:features", "checkout", item]);
      await expect.poll(() => flags.stringVariation("checkout", ada, "")).toBe(value);
    }

    expect(flags.status).toBe("live");
  });
});
