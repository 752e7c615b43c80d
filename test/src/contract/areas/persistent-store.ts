import assert from "node:assert/strict";
import { connectTo, hasRedis, startRedis } from "../../redis.ts";
import type { Bench } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { Line } from "../suite/line.ts";
import { flagOf } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";

const area = new Area("persistent store", { needs: ["persistent-data-store-redis"] });
/** None where there is no Redis to be had. */
export const persistentStoreCases = hasRedis ? area.cases : [];

const ada = { kind: "user", key: "ada" };
const off = { mode: "off" };
const ttl = { mode: "ttl", ttl: 1 };
const infinite = { mode: "infinite" };

/** A Redis for a case's own prefix. */
async function redisOf(bench: Bench) {
  const { url, port, send } = await bench.run.shared("redis", async (shared) => {
    const redis = shared.use(await startRedis());
    const { send } = shared.use(connectTo(redis.port));
    return { url: redis.url, port: redis.port, send };
  });
  const prefix = `prefix-${Math.random()}`;
  const storeWith = (cache: object, name: string | null = prefix) => ({
    persistentDataStore: { store: { type: "redis", prefix: name, dsn: url }, cache },
  });
  return {
    port,
    storeWith,
    through: (address: string) => ({
      persistentDataStore: {
        store: { type: "redis", prefix, dsn: `redis://${address}` },
        cache: off,
      },
    }),
    get: (key: string) => send(["GET", `${prefix}:${key}`]),
    field: async (key: string): Promise<unknown> =>
      JSON.parse(String(await send(["HGET", `${prefix}:features`, key]))),
    write: (flags: object, at = prefix) =>
      Promise.all(
        Object.entries(flags).map(([key, flag]) =>
          send(["HSET", `${at}:features`, key, JSON.stringify(flag)]),
        ),
      ),
    clear: () => send(["DEL", `${prefix}:features`, `${prefix}:segments`, `${prefix}:$inited`]),
  };
}

async function becomes(sdk: TestedClient, value: unknown): Promise<void> {
  await eventually(async () => assert.equal(await sdk.value("flag", ada, "fallback"), value));
}

const onlyOnce = { modes: ["first"] } as const;

area.it(
  "is read without any server",
  async (bench) => {
    const redis = await redisOf(bench);
    await redis.write(flagOf("flag", 1, "stored"));
    const sdk = await bench.clientWith(redis.storeWith(off));

    await becomes(sdk, "stored");
    await redis.write(flagOf("flag", 2, "changed"));

    await becomes(sdk, "changed");
  },
  onlyOnce,
);

area.it(
  "has LaunchDarkly's prefix where none is given",
  async (bench) => {
    const redis = await redisOf(bench);
    await redis.write(flagOf("flag", 1, "stored"), "launchdarkly");

    await becomes(await bench.clientWith(redis.storeWith(off, null)), "stored");
  },
  onlyOnce,
);

area.it(
  "is taken as it is before anyone filled it",
  async (bench) => {
    const redis = await redisOf(bench);
    const sdk = await bench.clientWith(redis.storeWith(off));
    await eventually(async () =>
      assert.equal((await sdk.detail("flag", ada)).reason?.["errorKind"], "FLAG_NOT_FOUND"),
    );

    await redis.write(flagOf("flag", 1, "stored"));

    await becomes(sdk, "stored");
  },
  onlyOnce,
);

for (const [what, body] of [
  ["without its key", { version: 100, deleted: true }],
  ["with its key", { key: "gone", version: 100, deleted: true }],
  ["with another key", { ...flagOf("gone", 100, "back")["gone"], key: "$deleted", deleted: true }],
] as const) {
  area.it(
    `holds a flag that was deleted, ${what}`,
    async (bench) => {
      const redis = await redisOf(bench);
      await redis.write({ ...flagOf("flag", 1, "stored"), gone: body });
      const sdk = await bench.clientWith(redis.storeWith(off));
      await becomes(sdk, "stored");

      const { reason } = await sdk.detail("gone", ada);
      assert.deepEqual(reason, { kind: "ERROR", errorKind: "FLAG_NOT_FOUND" });
      assert.deepEqual(Object.keys((await sdk.allFlags(ada))["$flagsState"] ?? {}), ["flag"]);
    },
    onlyOnce,
  );
}

area.it("is written anew as a whole when it can be reached again", async (bench) => {
  const redis = await redisOf(bench);
  const line = bench.use(await Line.to(redis.port));
  const stream = await bench.flags({
    flags: { ...flagOf("flag", 1, "one"), ...flagOf("gone", 1, 1) },
  });
  const store = redis.through(`127.0.0.1:${line.port}`);
  const sdk = await bench.client(stream, storeIn(bench, stream.url, store));
  await eventually(async () => assert.notEqual(await redis.get("$inited"), null));

  line.cut();
  stream.put(flagOf("flag", 2, "two"));
  stream.remove("gone", 2);
  await becomes(sdk, "two");
  await redis.write(flagOf("ghost", 1, "nobody sent this"));
  assert.partialDeepStrictEqual(await redis.field("flag"), { version: 1 });
  await line.refused;
  line.mend();

  await eventually(async () => {
    assert.partialDeepStrictEqual(await redis.field("flag"), { version: 2 });
    assert.partialDeepStrictEqual(await redis.field("gone"), { version: 2, deleted: true });
    assert.equal(await redis.field("ghost"), null);
  });
});

for (const [what, cache] of [
  ["forever", infinite],
  ["for a while", ttl],
] as const) {
  area.it(
    `is remembered ${what}`,
    async (bench) => {
      const redis = await redisOf(bench);
      await redis.write(flagOf("flag", 1, "stored"));
      const sdk = await bench.clientWith(redis.storeWith(cache));
      await becomes(sdk, "stored");

      await redis.clear();

      assert.equal(await sdk.value("flag", ada, "fallback"), "stored");
      if (cache === ttl) await becomes(sdk, "fallback");
    },
    onlyOnce,
  );
}

for (const cache of [off, ttl, infinite]) {
  area.it(`is filled with what the stream brings, cached "${cache.mode}"`, async (bench) => {
    const redis = await redisOf(bench);
    const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
    assert.equal(await redis.get("$inited"), null);
    const sdk = await bench.client(stream, storeIn(bench, stream.url, redis.storeWith(cache)));
    await eventually(async () => assert.notEqual(await redis.get("$inited"), null));
    assert.partialDeepStrictEqual(await redis.field("flag"), { key: "flag", version: 1 });

    stream.put(flagOf("flag", 2, "two"));

    await becomes(sdk, "two");
    await eventually(async () =>
      assert.partialDeepStrictEqual(await redis.field("flag"), { version: 2, variations: ["two"] }),
    );
  });
}

area.it("keeps a deleted flag's version", async (bench) => {
  const redis = await redisOf(bench);
  const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
  await bench.client(stream, storeIn(bench, stream.url, redis.storeWith(off)));
  await eventually(async () => assert.notEqual(await redis.get("$inited"), null));

  stream.remove("flag", 2);

  await eventually(async () =>
    assert.partialDeepStrictEqual(await redis.field("flag"), { version: 2, deleted: true }),
  );
});

for (const version of [99, 100]) {
  area.it(
    `keeps a newer flag that another process wrote, from a change of version ${version}`,
    async (bench) => {
      const redis = await redisOf(bench);
      const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
      const sdk = await bench.client(stream, redis.storeWith(off));
      await eventually(async () => assert.notEqual(await redis.get("$inited"), null));
      await redis.write(flagOf("flag", 100, "newer"));

      stream.put(flagOf("flag", version, "older"));
      stream.put(flagOf("other", 1, "seen"));

      await eventually(async () =>
        assert.partialDeepStrictEqual(await redis.field("other"), { version: 1 }),
      );
      assert.partialDeepStrictEqual(await redis.field("flag"), { variations: ["newer"] });
      assert.equal(await sdk.value("other", ada), "seen");
    },
    onlyOnce,
  );
}

/** Where a configuration of each generation names the store. */
function storeIn(
  { mode }: Bench,
  baseUri: string,
  store: object,
): Readonly<Record<string, unknown>> {
  if (mode === "first") return { ...store };
  const synchronizers = [{ streaming: { baseUri, initialRetryDelayMs: 1 } }];
  return { dataSystem: { synchronizers, store, storeMode: 1 } };
}
