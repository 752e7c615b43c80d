import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { Area } from "../suite/contract-case.ts";
import { type Answer, hangUp, jsonOf, status } from "../suite/endpoint.ts";
import { kindsOf, recording } from "../suite/recording.ts";
import { emptyData, flagOf } from "../suite/sdk-data.ts";

const ada = { kind: "user", key: "ada" };
const area = new Area("events, delivery");
export const eventDeliveryCases = area.cases;

const seldom = { flushIntervalMs: 1_000_000 };

area.it("posts to the address of events, with its key", async (bench) => {
  const { sdk, events } = await recording(bench);
  await sdk.command("identifyEvent", { context: ada });
  await sdk.flush();

  const { method, path, headers } = await events.endpoint.next();

  assert.equal(method, "POST");
  assert.equal(path, "/bulk");
  assert.equal(headers.authorization, "sdk-contract");
  assert.match(headers["content-type"] ?? "", /^application\/json/u);
  assert.equal(headers["x-launchdarkly-event-schema"], "4");
  assert.notEqual(headers["x-launchdarkly-payload-id"] ?? "", "");
});

area.it("takes an address with a path, and with a slash at its end", async (bench) => {
  for (const ending of ["", "/"]) {
    const events = await bench.events();
    const settings = { baseUri: `${events.url}/below/here${ending}`, ...seldom };
    const sdk = await bench.client(await bench.flags(emptyData), { events: settings });
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();

    assert.equal((await events.endpoint.next()).path, "/below/here/bulk");
  }
});

area.it("gives each batch an id of its own", async (bench) => {
  const { sdk, events } = await recording(bench);
  const ids = new Set<unknown>();

  for (let times = 0; times < 3; times += 1) {
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();
    ids.add((await events.endpoint.next()).headers["x-launchdarkly-payload-id"]);
  }

  assert.equal(ids.size, 3);
});

const failures: readonly (readonly [string, Answer])[] = [
  ["a connection that broke", hangUp],
  ...[400, 408, 429, 500, 503].map((code) => [`an answer ${code}`, status(code)] as const),
];
for (const [what, failure] of failures) {
  area.it(`posts a batch once more after ${what}, under the same id`, async (bench) => {
    const events = await bench.events(failure, status(202));
    const sdk = await bench.client(await bench.flags(emptyData), {
      events: { baseUri: events.url, ...seldom },
    });
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();

    const first = await events.endpoint.next();
    const second = await events.endpoint.next();

    const id = "x-launchdarkly-payload-id";
    assert.equal(second.headers[id], first.headers[id]);
    assert.deepEqual(jsonOf(second), jsonOf(first));
  });
}

area.it("goes on after an answer 413, without that batch", async (bench) => {
  const events = await bench.events(status(413), status(202));
  const sdk = await bench.client(await bench.flags(emptyData), {
    events: { baseUri: events.url, ...seldom },
  });
  await sdk.command("identifyEvent", { context: ada });
  await sdk.flush();
  await events.endpoint.next();

  await sdk.command("customEvent", { eventKey: "bought", context: ada, omitNullData: true });
  await sdk.flush();

  assert.deepEqual(kindsOf(await events.batch()), ["custom"]);
});

area.it("posts by itself, now and then", async (bench) => {
  const { sdk, events } = await recording(bench, emptyData, { flushIntervalMs: 50 });

  await sdk.command("identifyEvent", { context: ada });

  assert.deepEqual(kindsOf(await events.batch()), ["identify"]);
});

area.it("posts nothing where there is nothing", async (bench) => {
  const { sdk, events } = await recording(bench);

  await sdk.flush();
  await sdk.command("identifyEvent", { context: ada });
  await sdk.flush();

  assert.deepEqual(kindsOf(await events.batch()), ["identify"]);
});

area.it("posts what is left when the client is closed", async (bench) => {
  const { sdk, events } = await recording(bench);
  await sdk.command("identifyEvent", { context: ada });

  await sdk.close();

  assert.deepEqual(kindsOf(await events.batch()), ["identify"]);
});

area.it("keeps no more events than it has room for", async (bench) => {
  const { sdk, events } = await recording(bench, emptyData, { capacity: 20 });
  for (let at = 0; at < 30; at += 1) {
    await sdk.command("identifyEvent", { context: { kind: "user", key: `user-${at}` } });
  }
  await sdk.flush();

  const batch = await events.batch();

  const keys = batch.map(({ context }) => (context as { key: string }).key);
  assert.deepEqual(
    keys,
    Array.from({ length: 20 }, (_, at) => `user-${at}`),
  );
});

area.it("has room again after a batch", async (bench) => {
  const { sdk, events } = await recording(bench, emptyData, { capacity: 2 });
  const fill = async (): Promise<void> => {
    for (let at = 0; at < 3; at += 1) await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();
  };

  await fill();
  assert.equal((await events.batch()).length, 2);
  await fill();

  assert.equal((await events.batch()).length, 2);
});

area.it("sends its summary even where it has no room left", async (bench) => {
  const { sdk, events } = await recording(
    bench,
    { flags: flagOf("flag", 1, "a") },
    { capacity: 1 },
  );
  await sdk.command("identifyEvent", { context: ada });
  await sdk.value("flag", ada);
  await sdk.flush();

  assert.deepEqual(kindsOf(await events.batch()), ["identify", "summary"]);
});

area.it(
  "sends no event where it is told not to",
  async (bench) => {
    const events = await bench.events();
    const stream = await bench.flags({ flags: flagOf("flag", 1, "a") });
    const serviceEndpoints = { streaming: stream.url, polling: stream.url, events: events.url };
    const sdk = await bench.client(stream, { serviceEndpoints });

    await sdk.value("flag", ada);
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();
    await sdk.close();

    assert.equal(events.endpoint.received.length, 0);
  },
  { needs: ["service-endpoints"] },
);

for (const isCompressed of [true, false]) {
  area.it(
    `sends its events ${isCompressed ? "compressed" : "as they are"}`,
    async (bench) => {
      const { sdk, events } = await recording(bench, emptyData, { enableGzip: isCompressed });
      await sdk.command("identifyEvent", { context: ada });
      await sdk.flush();

      const { headers, body } = await events.endpoint.next();

      assert.equal(headers["content-encoding"], isCompressed ? "gzip" : undefined);
      const text = isCompressed ? gunzipSync(body) : body;
      assert.equal(JSON.parse(text.toString())[0].kind, "identify");
    },
    { needs: ["event-gzip", "optional-event-gzip"] },
  );
}

area.it("reports its start where it is told to", async (bench) => {
  const { events } = await recording(bench, emptyData, { enableDiagnostics: true });

  const { path, headers, ...request } = await events.endpoint.next();
  const { kind, id, sdk } = jsonOf({ path, headers, ...request }) as Record<string, unknown>;

  assert.equal(path, "/diagnostic");
  assert.equal(headers.authorization, "sdk-contract");
  assert.equal(kind, "diagnostic-init");
  assert.equal((id as { sdkKeySuffix: string }).sdkKeySuffix, "ntract");
  assert.equal(typeof (sdk as { name: string }).name, "string");
});
