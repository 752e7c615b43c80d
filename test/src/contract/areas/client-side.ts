import assert from "node:assert/strict";
import type { Bench, EventReceiver, SdkEvent } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import {
  clientSideId as credential,
  type Endpoint,
  hangUp,
  jsonOf,
  type Received,
  says,
  status,
  streams,
} from "../suite/endpoint.ts";
import { event } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";
import { kindsOf, only } from "./events.ts";

type Members = Readonly<Record<string, unknown>>;

const area = new Area("client-side", { needs: ["client-side"], modes: ["client"] });
export const clientSideCases = area.cases;

const ada = { kind: "user", key: "ada" };
const result = (value: unknown, members: Members = {}): Members => ({
  value,
  variation: 1,
  version: 100,
  flagVersion: 7,
  trackEvents: false,
  ...members,
});
const put = (flags: Members): string => event("put", flags);
const encoded = (context: object): string =>
  Buffer.from(JSON.stringify(context)).toString("base64url");

interface Setting {
  readonly sdk: TestedClient;
  readonly stream: Endpoint;
  /** How the stream was asked for. */
  readonly asked: Received;
  readonly events: EventReceiver;
  readonly say: (text: string) => void;
  readonly sent: () => Promise<readonly SdkEvent[]>;
}

/** A client for a context, with these results. */
async function clientOf(
  bench: Bench,
  flags: Members,
  options: {
    readonly context?: object;
    readonly clientSide?: Members;
    readonly events?: Members;
  } = {},
): Promise<Setting> {
  const stream = await bench.endpoint(streams(put(flags)));
  // An SDK may poll before it streams.
  const poll = await bench.endpoint(says(flags));
  const events = await bench.events();
  const sdk = await bench.clientWith({
    credential,
    streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
    polling: { baseUri: poll.url },
    events: { baseUri: events.url, flushIntervalMs: 1_000_000, ...options.events },
    clientSide: { initialContext: options.context ?? ada, ...options.clientSide },
  });
  return {
    sdk,
    stream,
    asked: await stream.next(),
    events,
    say: (text) => void stream.received.at(-1)?.response.write(text),
    sent: async () => {
      await sdk.flush();
      return events.batch();
    },
  };
}

async function becomes(sdk: TestedClient, value: unknown, key = "flag"): Promise<void> {
  await eventually(async () => assert.equal(await sdk.value(key, {}, "fallback"), value));
}

// Results

for (const value of [true, false, 0, 1.5, "", "text", [1], { a: { b: null } }]) {
  area.it(`gives ${JSON.stringify(value)} as it is`, async (bench) => {
    const { sdk } = await clientOf(bench, { flag: result(value) });

    assert.deepEqual(await sdk.value("flag", {}, "fallback"), value);
    assert.deepEqual(await sdk.allFlags({}), { flag: value });
  });
}

area.it(
  "gives the fallback for a flag without value, and for one that there is not",
  async (bench) => {
    const { sdk } = await clientOf(bench, { none: result(null, { variation: null }) });

    assert.equal(await sdk.value("none", {}, "fallback"), "fallback");
    const { value, variationIndex, reason } = await sdk.detail(
      "nothing",
      {},
      { defaultValue: "x" },
    );
    assert.deepEqual([value, variationIndex ?? null], ["x", null]);
    assert.deepEqual(reason, { kind: "ERROR", errorKind: "FLAG_NOT_FOUND" });
  },
);

area.it("gives the reason that it was sent", async (bench) => {
  const reason = { kind: "RULE_MATCH", ruleIndex: 1, ruleId: "r", inExperiment: true };
  const { sdk } = await clientOf(
    bench,
    { flag: result("a", { reason }) },
    { clientSide: { evaluationReasons: true } },
  );

  assert.deepEqual(await sdk.detail("flag", {}), { value: "a", variationIndex: 1, reason });
});

for (const [valueType, value, fallback] of [
  ["bool", "text", true],
  ["int", "3", 4],
  ["double", true, 1.5],
  ["string", 3, "fallback"],
] as const) {
  area.it(
    `gives the fallback where ${JSON.stringify(value)} is no ${valueType}`,
    async (bench) => {
      const { sdk } = await clientOf(bench, { flag: result(value) });
      const given = { valueType, defaultValue: fallback, detail: false };

      assert.deepEqual((await sdk.detail("flag", {}, given)).value, fallback);
    },
    { needs: ["typed-values"] },
  );
}

// Requests

for (const context of [
  ada,
  { kind: "org", key: "ünï/+?", name: "N", a: [1, { b: true }] },
  { kind: "multi", user: { key: "u" }, org: { key: "o" } },
]) {
  area.it(`streams the results of ${JSON.stringify(context)}`, async (bench) => {
    const { asked } = await clientOf(bench, {}, { context });

    const { method, path, query } = asked;

    assert.equal(method, "GET");
    const [name, environment, text = ""] = path.slice(1).split("/");
    assert.deepEqual([name, environment], ["eval", credential]);
    assert.deepEqual(JSON.parse(Buffer.from(text, "base64url").toString()), context);
    assert.notEqual(query.get("withReasons"), "true");
  });
}

area.it("asks for reasons and proves its context where it is told to", async (bench) => {
  const clientSide = { evaluationReasons: true, hash: "the-proof" };
  const { asked } = await clientOf(bench, {}, { clientSide });

  const { query } = asked;

  assert.deepEqual([query.get("withReasons"), query.get("h")], ["true", "the-proof"]);
});

area.it("polls where it is told to", async (bench) => {
  const poll = await bench.endpoint(says({ flag: result("polled") }));
  const sdk = await bench.clientWith({
    credential,
    polling: { baseUri: `${poll.url}/` },
    clientSide: { initialContext: ada },
  });

  const { method, path } = await poll.next();

  assert.equal(method, "GET");
  assert.equal(path, `/sdk/evalx/${credential}/contexts/${encoded(ada)}`);
  assert.equal(await sdk.value("flag", {}), "polled");
});

area.it("polls where no stream is to be had", async (bench) => {
  const stream = await bench.endpoint(status(503));
  const poll = await bench.endpoint(says({ flag: result("polled") }));
  const sdk = await bench.clientWith({
    credential,
    streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
    polling: { baseUri: poll.url },
    clientSide: { initialContext: ada },
  });

  assert.equal(await sdk.value("flag", {}), "polled");
});

// Updates

area.it("takes a patch, and passes over an older one", async (bench) => {
  const { sdk, say } = await clientOf(bench, { flag: result("one"), other: result("x") });

  say(event("patch", { key: "flag", ...result("older", { version: 100 }) }));
  say(event("patch", { key: "other", ...result("seen", { version: 101 }) }));
  await becomes(sdk, "seen", "other");
  assert.equal(await sdk.value("flag", {}), "one");
  say(event("patch", { key: "flag", ...result("newer", { version: 102 }) }));

  await becomes(sdk, "newer");
});

area.it("takes a new flag, a deletion, and a whole set", async (bench) => {
  const { sdk, say } = await clientOf(bench, { flag: result("one") });

  say(event("patch", { key: "fresh", ...result("new", { version: 1 }) }));
  await becomes(sdk, "new", "fresh");
  say(event("delete", { key: "flag", version: 101 }));
  await becomes(sdk, "fallback");
  say(put({ flag: result("again", { version: 1 }) }));

  await becomes(sdk, "again");
  assert.equal(await sdk.value("fresh", {}, "fallback"), "fallback");
});

area.it("passes over what an older deletion says", async (bench) => {
  const { sdk, say } = await clientOf(bench, { flag: result("one"), other: result("x") });

  say(event("delete", { key: "flag", version: 99 }));
  say(event("patch", { key: "other", ...result("seen", { version: 101 }) }));

  await becomes(sdk, "seen", "other");
  assert.equal(await sdk.value("flag", {}), "one");
});

area.it("fetches results where the stream says that there are some", async (bench) => {
  const stream = await bench.endpoint(streams(event("ping", "")));
  const poll = await bench.endpoint(
    says({ flag: result("one") }),
    says({ flag: result("two", { version: 101 }) }),
  );
  const sdk = await bench.clientWith({
    credential,
    streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
    polling: { baseUri: poll.url },
    clientSide: { initialContext: ada },
  });
  await becomes(sdk, "one");

  stream.received.at(-1)?.response.write(event("ping", ""));

  await becomes(sdk, "two");
});

for (const [what, text] of [
  ["a put that is not JSON", event("put", "{sorry")],
  ["a patch that is not JSON", event("patch", "{sorry")],
  ["a deletion that is not JSON", event("delete", "{sorry")],
  ["a put that is no set", event("put", [1])],
  ["a patch that is none", event("patch", { key: "flag", version: "no" })],
] as const) {
  area.it(`starts afresh after ${what}`, async (bench) => {
    const stream = await bench.endpoint(
      streams(put({ flag: result("one") })),
      streams(put({ flag: result("two", { version: 101 }) })),
    );
    const poll = await bench.endpoint(says({ flag: result("one") }));
    const sdk = await bench.clientWith({
      credential,
      streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
      polling: { baseUri: poll.url },
      clientSide: { initialContext: ada },
    });

    (await stream.next()).response.write(text);

    await becomes(sdk, "two");
  });
}

for (const [what, failure] of [
  ["a connection that broke", hangUp],
  ["an answer 500", status(500)],
  ["an answer 503", status(503)],
] as const) {
  area.it(`comes back after ${what}`, async (bench) => {
    const stream = await bench.endpoint(
      streams(put({ flag: result("one") })),
      failure,
      streams(put({ flag: result("two", { version: 101 }) })),
    );
    const poll = await bench.endpoint(says({ flag: result("one") }));
    const sdk = await bench.clientWith({
      credential,
      streaming: { baseUri: stream.url, initialRetryDelayMs: 1 },
      polling: { baseUri: poll.url },
      clientSide: { initialContext: ada },
    });

    (await stream.next()).response.destroy();

    await becomes(sdk, "two");
  });
}

area.it("serves another context when its results are there", async (bench) => {
  const bo = { kind: "user", key: "bo" };
  const { sdk, stream } = await clientOf(bench, { flag: result("one") });

  await sdk.command("identifyEvent", { context: bo });

  assert.equal((await stream.next()).path, `/eval/${credential}/${encoded(bo)}`);
});

area.it("lets go of the stream when the client is closed", async (bench) => {
  const { sdk, asked } = await clientOf(bench, {});

  await sdk.close();

  await asked.closed;
});

// Listeners

area.it(
  "tells who listens of another value, and of no other change",
  async (bench) => {
    const calls = await bench.callbacks();
    const { sdk, say } = await clientOf(bench, { flag: result("one"), other: result("x") });
    const registration = { listenerId: "l", flagKey: "flag", callbackUri: calls.url };
    await sdk.command("registerFlagValueChangeListener", { ...registration, defaultValue: "" });

    say(event("patch", { key: "flag", ...result("one", { version: 101 }) }));
    say(event("patch", { key: "other", ...result("y", { version: 102 }) }));
    say(event("patch", { key: "flag", ...result("two", { version: 103 }) }));

    const change = { flagKey: "flag", oldValue: "one", newValue: "two" };
    assert.deepEqual(jsonOf(await calls.next()), { listenerId: "l", ...change });
    assert.equal(calls.received.length, 1);
  },
  { needs: ["flag-value-change-listeners"] },
);

area.it(
  "tells who listens to all",
  async (bench) => {
    const calls = await bench.callbacks();
    const { sdk, say } = await clientOf(bench, { flag: result("one") });
    const registration = { listenerId: "l", flagKey: "", callbackUri: calls.url };
    await sdk.command("registerFlagChangeListener", registration);

    say(event("patch", { key: "flag", ...result("two", { version: 101 }) }));

    assert.deepEqual(jsonOf(await calls.next()), { listenerId: "l", flagKey: "flag" });
  },
  { needs: ["flag-change-listeners"] },
);

// Events

area.it("identifies its context at the start, and each other one", async (bench) => {
  const { sdk, events } = await clientOf(bench, {}, { context: { ...ada, name: "Ada" } });
  await sdk.command("identifyEvent", { context: { kind: "user", key: "bo" } });
  await sdk.flush();

  const batch = await events.batch();

  assert.deepEqual(kindsOf(batch), ["identify", "identify"]);
  assert.deepEqual(batch[0]?.["context"], { ...ada, name: "Ada" });
});

area.it("posts to the address of its environment, under an id", async (bench) => {
  const { sdk, events } = await clientOf(bench, {});
  await sdk.flush();

  const { method, path, headers } = await events.endpoint.next();

  assert.deepEqual([method, path], ["POST", `/events/bulk/${credential}`]);
  assert.equal(headers["x-launchdarkly-event-schema"], "4");
  assert.notEqual(headers["x-launchdarkly-payload-id"] ?? "", "");
  assert.match(headers["content-type"] ?? "", /^application\/json/u);
});

area.it("counts by the flag's own version, for its context", async (bench) => {
  const { sdk, sent } = await clientOf(bench, {
    flag: result("a"),
    old: result("b", { flagVersion: null }),
  });
  for (const key of ["flag", "flag", "old", "nothing"]) await sdk.value(key, {}, "fallback");

  const { features, context } = only(await sent(), "summary") as {
    features: Members;
    context: object;
  };

  assert.deepEqual(context, ada);
  assert.deepEqual(features["flag"], {
    default: "fallback",
    contextKinds: ["user"],
    counters: [{ value: "a", variation: 1, version: 7, count: 2 }],
  });
  assert.partialDeepStrictEqual(features["old"], { counters: [{ version: 100, count: 1 }] });
  assert.partialDeepStrictEqual(features["nothing"], {
    counters: [{ unknown: true, value: "fallback", count: 1 }],
  });
});

area.it(
  "counts for each context by itself",
  async (bench) => {
    const { sdk, sent } = await clientOf(bench, { flag: result("a") });
    await sdk.value("flag", {});
    await sdk.command("identifyEvent", { context: { kind: "org", key: "o" } });
    await sdk.value("flag", {});

    const summaries = (await sent()).filter(({ kind }) => kind === "summary");

    assert.deepEqual(
      summaries.map(({ context }) => context),
      [ada, { kind: "org", key: "o" }],
    );
  },
  { needs: ["client-per-context-summaries"] },
);

area.it("sends a tracked flag in full, its reason where that is tracked", async (bench) => {
  const reason = { kind: "FALLTHROUGH", inExperiment: true };
  const { sdk, sent } = await clientOf(bench, {
    flag: result("a", { trackEvents: true }),
    tried: result("b", { trackEvents: true, trackReason: true, reason }),
  });
  await sdk.value("flag", {}, "fallback");
  await sdk.value("tried", {}, "fallback");

  const features = (await sent()).filter(({ kind }) => kind === "feature");

  const seen = features.map(({ creationDate, ...rest }) => rest);
  const common = { kind: "feature", default: "fallback", variation: 1, version: 7, context: ada };
  assert.deepEqual(seen, [
    { ...common, key: "flag", value: "a" },
    { ...common, key: "tried", value: "b", reason },
  ]);
});

area.it("sends a debugged flag until that is over", async (bench) => {
  const { sdk, sent } = await clientOf(bench, {
    on: result("a", { debugEventsUntilDate: Date.now() + 100_000 }),
    over: result("b", { debugEventsUntilDate: Date.now() - 100_000 }),
  });
  await sdk.value("on", {});
  await sdk.value("over", {});

  assert.deepEqual(only(await sent(), "debug")["key"], "on");
});

area.it(
  "counts the flags behind a flag, and ends where they need each other",
  async (bench) => {
    const behind = (...prerequisites: readonly string[]) => ({ trackEvents: true, prerequisites });
    const { sdk, sent } = await clientOf(bench, {
      top: result("t", behind("middle", "bottom")),
      middle: result("m", behind("bottom")),
      bottom: result("b", behind("top")),
    });
    await sdk.value("top", {});

    const features = (await sent()).filter(({ kind }) => kind === "feature");

    const seen = features.map(({ key, prereqOf }) => `${key} of ${prereqOf}`).sort();
    assert.deepEqual(seen, [
      "bottom of middle",
      "bottom of top",
      "middle of top",
      "top of undefined",
    ]);
  },
  { needs: ["client-prereq-events", "client-prereq-cycle-detection"] },
);

for (const [what, parameters, members] of [
  ["nothing more", { omitNullData: true }, {}],
  ["data", { data: { a: 1 } }, { data: { a: 1 } }],
  ["a number", { omitNullData: true, metricValue: 0 }, { metricValue: 0 }],
] as const) {
  area.it(`sends a custom event with ${what}`, async (bench) => {
    const { sdk, sent } = await clientOf(bench, {});
    await sdk.command("customEvent", { eventKey: "bought", ...parameters });

    const { creationDate, url: _, ...rest } = only(await sent(), "custom");

    assert.equal(typeof creationDate, "number");
    assert.deepEqual(rest, { kind: "custom", key: "bought", context: ada, ...members });
  });
}

/** A name that stands for itself, where a reference says the same. */
function spelled({ _meta, ...members }: Members): Members {
  const { redactedAttributes } = _meta as { readonly redactedAttributes: readonly string[] };
  const names = redactedAttributes.map((name) => name.replace(/^\/([^/]+)$/u, "$1"));
  return { ...members, _meta: { redactedAttributes: names } };
}

for (const [what, events, context, expected] of [
  [
    "everything",
    { allAttributesPrivate: true },
    { a: 1, anonymous: true },
    { anonymous: true, _meta: { redactedAttributes: ["a"] } },
  ],
  [
    "what is private everywhere",
    { globalPrivateAttributes: ["a", "/b/c"] },
    { a: 1, b: { c: 1, d: 2 } },
    { b: { d: 2 }, _meta: { redactedAttributes: ["a", "/b/c"] } },
  ],
  [
    "what is private in the context",
    {},
    { a: 1, b: 2, _meta: { privateAttributes: ["b"] } },
    { a: 1, _meta: { redactedAttributes: ["b"] } },
  ],
] as const) {
  area.it(`keeps ${what} out of events`, async (bench) => {
    const { sent } = await clientOf(bench, {}, { events, context: { ...ada, ...context } });

    const arrived = only(await sent(), "identify")["context"] as Members;
    assert.deepEqual(spelled(arrived), { ...ada, ...expected });
  });
}

area.it(
  "hides what an anonymous context has, in events about flags",
  async (bench) => {
    const context = { ...ada, anonymous: true, name: "A" };
    const { sdk, sent } = await clientOf(
      bench,
      { flag: result("a", { trackEvents: true }) },
      { context },
    );
    await sdk.value("flag", {});

    const events = await sent();

    const hidden = { ...ada, anonymous: true, _meta: { redactedAttributes: ["name"] } };
    assert.deepEqual(only(events, "feature")["context"], hidden);
    assert.deepEqual(only(events, "identify")["context"], context);
  },
  { needs: ["anonymous-redaction"] },
);

for (const code of [400, 408, 429, 500, 503]) {
  area.it(`posts a batch once more after an answer ${code}, under the same id`, async (bench) => {
    const stream = await bench.endpoint(streams(put({})));
    const poll = await bench.endpoint(says({}));
    const events = await bench.events(status(code), status(202));
    const sdk = await bench.clientWith({
      credential,
      streaming: { baseUri: stream.url },
      polling: { baseUri: poll.url },
      events: { baseUri: events.url, flushIntervalMs: 1_000_000 },
      clientSide: { initialContext: ada },
    });
    await sdk.flush();

    const [first, second] = [await events.endpoint.next(), await events.endpoint.next()];

    const id = "x-launchdarkly-payload-id";
    assert.equal(second.headers[id], first.headers[id]);
    assert.deepEqual(jsonOf(second), jsonOf(first));
  });
}
