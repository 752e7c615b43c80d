import assert from "node:assert/strict";
import { type Bench, polled } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { says } from "../suite/endpoint.ts";
import { emptyData, polledSet } from "../suite/sdk-data.ts";

const area = new Area("headers");
export const headerCases = area.cases;

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };

/** What one header says on a stream, a poll and a batch of events. */
async function headerOf(bench: Bench, name: string, configuration: Members): Promise<unknown[]> {
  const events = await bench.events();
  const stream = await bench.flags(emptyData);
  const poll = await bench.endpoint(says(polledSet(bench.mode, emptyData)));
  const settings = {
    events: { baseUri: events.url, flushIntervalMs: 1_000_000 },
    ...configuration,
  };
  const sdk = await bench.client(stream, settings);
  await bench.clientWith({ ...polled(bench.mode, { baseUri: poll.url }), ...configuration });
  await sdk.command("identifyEvent", { context: ada });
  await sdk.flush();
  const asked = [stream.endpoint, poll, events.endpoint].map(
    async (one) => (await one.next()).headers,
  );
  return (await Promise.all(asked)).map((headers) => headers[name]);
}

interface HeaderCase {
  readonly title: string;
  readonly name: string;
  readonly given: Members;
  readonly value: string | undefined;
  readonly needs: string;
}

function expectHeader({ title, name, given, value, needs }: HeaderCase): void {
  area.it(
    title,
    async (bench) => {
      assert.deepEqual(await headerOf(bench, name, given), [value, value, value]);
    },
    { needs: [needs, "server-side-polling"] },
  );
}

const tags = "x-launchdarkly-tags";
const longest = "a".repeat(64);
for (const [given, value] of [
  [{ applicationId: "shop" }, "application-id/shop"],
  [{ applicationVersion: "1.2" }, "application-version/1.2"],
  [
    { applicationId: "shop", applicationVersion: "1.2" },
    "application-id/shop application-version/1.2",
  ],
  [{}, undefined],
  [{ applicationId: "" }, undefined],
  [{ applicationId: "", applicationVersion: "1.2" }, "application-version/1.2"],
  [{ applicationId: "a.B-c_9" }, "application-id/a.B-c_9"],
  [{ applicationId: longest }, `application-id/${longest}`],
  [{ applicationId: `${longest}a` }, undefined],
  ...[..."!#$%&'()*+,/:;<=>?@[]^`{|}~ü\n"].map((mark) => [
    { applicationId: `a${mark}b` },
    undefined,
  ]),
] as readonly (readonly [Members, string | undefined])[]) {
  expectHeader({
    title: `tags ${JSON.stringify(given)}`,
    name: tags,
    given: { tags: given },
    value,
    needs: "tags",
  });
}

const wrapper = "x-launchdarkly-wrapper";
for (const [given, value] of [
  [{ name: "react" }, "react"],
  [{ name: "react", version: "1.2.3" }, "react/1.2.3"],
  [{ name: "react", version: "" }, "react"],
  [{ name: "", version: "1.2.3" }, undefined],
] as const) {
  expectHeader({
    title: `a wrapper ${JSON.stringify(given)}`,
    name: wrapper,
    given: { wrapper: given },
    value,
    needs: "wrapper",
  });
}

area.it(
  "an id of the client, the same on each request",
  async (bench) => {
    const events = await bench.events();
    const stream = await bench.flags(emptyData);
    const sdk = await bench.client(stream, {
      events: { baseUri: events.url, flushIntervalMs: 1_000_000 },
    });
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();

    const name = "x-launchdarkly-instance-id";
    const first = (await stream.endpoint.next()).headers[name];
    assert.match(
      String(first),
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u,
    );
    assert.equal((await events.endpoint.next()).headers[name], first);
  },
  { needs: ["instance-id"] },
);

area.it(
  "another id for another client",
  async (bench) => {
    const ids = new Set<unknown>();
    for (let times = 0; times < 2; times += 1) {
      const stream = await bench.flags(emptyData);
      await bench.client(stream);
      ids.add((await stream.endpoint.next()).headers["x-launchdarkly-instance-id"]);
    }

    assert.equal(ids.size, 2);
  },
  { needs: ["instance-id"] },
);

area.it(
  "each kind of request goes to the address that is meant for it",
  async (bench) => {
    const events = await bench.events();
    const stream = await bench.flags(emptyData);
    const poll = await bench.endpoint(says(polledSet("first", emptyData)));
    const serviceEndpoints = { streaming: stream.url, polling: poll.url, events: events.url };
    const settings = { serviceEndpoints, events: { flushIntervalMs: 1_000_000 } };
    const sdk = await bench.clientWith({ ...settings, streaming: {} });
    await bench.clientWith({ serviceEndpoints, polling: {} });
    await sdk.command("identifyEvent", { context: ada });
    await sdk.flush();

    assert.equal((await stream.endpoint.next()).path, "/all");
    assert.equal((await poll.next()).path, "/sdk/latest-all");
    assert.equal((await events.endpoint.next()).path, "/bulk");
  },
  { needs: ["service-endpoints", "server-side-polling"], modes: ["first"] },
);
