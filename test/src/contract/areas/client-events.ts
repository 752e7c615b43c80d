import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { clientSideId as credential, jsonOf, says, status, streams } from "../suite/endpoint.ts";
import { kindsOf, only } from "../suite/recording.ts";
import { clientOf, put, result } from "../suite/results.ts";

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };

const area = new Area("client-side, events", { needs: ["client-side"], modes: ["client"] });
export const clientEventCases = area.cases;

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
