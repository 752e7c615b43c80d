import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { kindsOf, only, recording } from "../suite/recording.ts";
import { flag } from "../suite/sdk-data.ts";

type Members = Readonly<Record<string, unknown>>;

const ada = { kind: "user", key: "ada" };
const area = new Area("events, contexts");
export const eventContextCases = area.cases;

// Index and identify

area.it("introduces each context once", async (bench) => {
  const { sdk, sent } = await recording(bench);
  const bo = { kind: "user", key: "bo" };
  for (const context of [ada, ada, bo, ada, bo]) await sdk.value("nothing", context);
  const customEvent = { eventKey: "bought", context: ada };
  await sdk.command("customEvent", customEvent);

  const events = await sent();

  assert.deepEqual(kindsOf(events), ["custom", "index", "index", "summary"]);
  const [first] = events.filter(({ kind }) => kind === "index");
  assert.deepEqual(Object.keys(first ?? {}).sort(), ["context", "creationDate", "kind"]);
  assert.deepEqual(first?.["context"], ada);
});

area.it("introduces the same key of another kind, and of several kinds", async (bench) => {
  const { sdk, sent } = await recording(bench);
  const org = { kind: "org", key: "ada" };
  const both = { kind: "multi", user: { key: "ada" }, org: { key: "ada" } };
  for (const context of [ada, org, both, both]) await sdk.value("nothing", context);

  const contexts = (await sent()).filter(({ kind }) => kind === "index");

  assert.deepEqual(
    contexts.map(({ context }) => context),
    [ada, org, both],
  );
});

area.it("introduces a context by a custom event", async (bench) => {
  const { sdk, sent } = await recording(bench);
  for (let times = 0; times < 2; times += 1) {
    await sdk.command("customEvent", { eventKey: "bought", context: ada });
  }

  assert.deepEqual(kindsOf(await sent()), ["custom", "custom", "index"]);
});

area.it("needs no introduction after an identify event", async (bench) => {
  const { sdk, sent } = await recording(bench);

  await sdk.command("identifyEvent", { context: ada });
  await sdk.value("nothing", ada);

  const events = await sent();
  assert.deepEqual(kindsOf(events), ["identify", "summary"]);
  const identify = only(events, "identify");
  assert.deepEqual(Object.keys(identify).sort(), ["context", "creationDate", "kind"]);
  assert.deepEqual(identify["context"], ada);
});

area.it("identifies as often as it is told to", async (bench) => {
  const { sdk, sent } = await recording(bench);

  await sdk.command("identifyEvent", { context: ada });
  await sdk.command("identifyEvent", { context: ada });

  assert.deepEqual(kindsOf(await sent()), ["identify", "identify"]);
});

area.it("takes no wrong context", async (bench) => {
  const { sdk, sent } = await recording(bench);

  await sdk.command("identifyEvent", { context: { kind: "user", key: "" } });
  await sdk.command("customEvent", { eventKey: "bought", context: { kind: "kind", key: "x" } });
  await sdk.command("identifyEvent", { context: ada });

  assert.deepEqual(kindsOf(await sent()), ["identify"]);
});

// Custom events

for (const [what, parameters, members] of [
  ["nothing more", { omitNullData: true }, {}],
  ["data", { data: { a: [1, "b", null] } }, { data: { a: [1, "b", null] } }],
  ["false as data", { data: false }, { data: false }],
  ["zero as data", { data: 0 }, { data: 0 }],
  ["an empty text as data", { data: "" }, { data: "" }],
  ["a number to measure", { omitNullData: true, metricValue: 2.5 }, { metricValue: 2.5 }],
  ["zero to measure", { omitNullData: true, metricValue: 0 }, { metricValue: 0 }],
  ["both", { data: "x", metricValue: -1 }, { data: "x", metricValue: -1 }],
] as const) {
  area.it(`sends a custom event with ${what}`, async (bench) => {
    const { sdk, sent } = await recording(bench);

    await sdk.command("customEvent", { eventKey: "bought", context: ada, ...parameters });

    const { creationDate, ...event } = only(await sent(), "custom");
    assert.equal(typeof creationDate, "number");
    assert.deepEqual(event, { kind: "custom", key: "bought", context: ada, ...members });
  });
}

// Private attributes

interface Redaction {
  readonly title: string;
  readonly options?: Members;
  readonly context: Members;
  readonly sent: Members;
  readonly redacted?: readonly string[];
}
const redactions: readonly Redaction[] = [
  { title: "nothing private", context: { name: "A", b: "c" }, sent: { name: "A", b: "c" } },
  {
    title: "everything private but what a context has by itself",
    options: { allAttributesPrivate: true },
    context: { name: "A", b: "c", anonymous: true },
    sent: { anonymous: true },
    redacted: ["b", "name"],
  },
  {
    title: "everything private, with a name like a path",
    options: { allAttributesPrivate: true },
    context: { "/ssn": "1" },
    sent: {},
    redacted: ["/~1ssn"],
  },
  {
    title: "some private everywhere, some in the context",
    options: { globalPrivateAttributes: ["name"] },
    context: { name: "A", b: "c", d: "e", _meta: { privateAttributes: ["b"] } },
    sent: { d: "e" },
    redacted: ["b", "name"],
  },
  {
    title: "a part of a value private",
    options: { globalPrivateAttributes: ["/c/two/x"] },
    context: {
      b: { one: true, two: 3 },
      c: { one: { x: true }, two: { x: 4, y: 5 } },
      _meta: { privateAttributes: ["/b/one"] },
    },
    sent: { b: { two: 3 }, c: { one: { x: true }, two: { y: 5 } } },
    redacted: ["/b/one", "/c/two/x"],
  },
  {
    title: "a private attribute that is not there",
    options: { globalPrivateAttributes: ["missing", "/b/missing", "/name/x"] },
    context: { name: "A", b: {} },
    sent: { name: "A", b: {} },
  },
  {
    title: "its key, kind and anonymity private",
    options: { globalPrivateAttributes: ["key", "kind", "anonymous", "/key"] },
    context: { anonymous: true },
    sent: { anonymous: true },
  },
  {
    title: "an escaped name private",
    options: { globalPrivateAttributes: ["/a~1b~0c"] },
    context: { "a/b~c": 1, d: 2 },
    sent: { d: 2 },
    redacted: ["/a~1b~0c"],
  },
  ...[true, 0, "", "text", [1, 2], { a: { b: null } }].map((value) => ({
    title: `the value ${JSON.stringify(value)}`,
    context: { attribute: value },
    sent: { attribute: value },
  })),
];

const debugged = flag("debugged", { variations: ["a"], debugEventsUntilDate: Date.now() + 9e7 });

function redactionOf(context: Members): { members: Members; redacted: readonly string[] } {
  const { _meta = {}, ...members } = context;
  const { redactedAttributes = [], ...rest } = _meta as { redactedAttributes?: string[] };
  assert.deepEqual(rest, {}, "nothing else is told of what is private");
  return { members, redacted: [...redactedAttributes].sort() };
}

for (const { title, options, context, sent: expected, redacted = [] } of redactions) {
  for (const kind of ["index", "identify", "debug"]) {
    area.it(`${kind}: a context with ${title}`, async (bench) => {
      const { sdk, sent } = await recording(bench, { flags: debugged }, options);
      const whom = { kind: "org", key: "acme", ...context };

      if (kind === "identify") await sdk.command("identifyEvent", { context: whom });
      else await sdk.value("debugged", whom);

      const arrived = redactionOf(only(await sent(), kind)["context"] as Members);
      assert.deepEqual(arrived.members, { kind: "org", key: "acme", ...expected });
      assert.deepEqual(arrived.redacted, redacted);
    });
  }
}

area.it("keeps what is private in one kind from no other", async (bench) => {
  const { sdk, sent } = await recording(bench, undefined, { globalPrivateAttributes: ["g"] });
  const org = { key: "o", a: 1, g: 2, _meta: { privateAttributes: ["a"] } };

  await sdk.command("identifyEvent", {
    context: { kind: "multi", org, user: { key: "u", a: 1, g: 2 } },
  });

  const { org: ours, user } = only(await sent(), "identify")["context"] as Record<string, Members>;
  assert.deepEqual(redactionOf(ours ?? {}), { members: { key: "o" }, redacted: ["a", "g"] });
  assert.deepEqual(redactionOf(user ?? {}), { members: { key: "u", a: 1 }, redacted: ["g"] });
});

area.it("keeps what is private in one context from no other", async (bench) => {
  const { sdk, sent } = await recording(bench, undefined, { globalPrivateAttributes: ["g"] });
  const one = { kind: "user", key: "1", a: 1, g: 2, _meta: { privateAttributes: ["a"] } };
  const two = { kind: "user", key: "2", a: 1, g: 2 };

  for (const context of [one, two, one]) await sdk.command("identifyEvent", { context });

  const contexts = (await sent()).map(({ context }) => Object.keys(context as Members).sort());
  const hidden = ["_meta", "key", "kind"];
  assert.deepEqual(contexts, [hidden, ["_meta", "a", "key", "kind"], hidden]);
});

area.it(
  "sends an older user as a context",
  async (bench) => {
    const { sdk, sent } = await recording(bench);
    const user = {
      key: "ada",
      name: "Ada",
      email: "a@example.com",
      custom: { plan: "pro" },
      privateAttributeNames: ["email"],
    };

    await sdk.command("identifyEvent", { user });

    assert.deepEqual(only(await sent(), "identify")["context"], {
      kind: "user",
      key: "ada",
      name: "Ada",
      plan: "pro",
      _meta: { redactedAttributes: ["email"] },
    });
  },
  { needs: ["user-type"] },
);

// Anonymous contexts

const anonymous = { kind: "user", key: "x", anonymous: true, name: "A" };
const trackedFlag = flag("flag", { variations: ["a"], trackEvents: true });

area.it(
  "hides what an anonymous context has, in events about flags",
  async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: { ...trackedFlag, ...debugged } });

    await sdk.value("flag", anonymous);
    await sdk.value("debugged", anonymous);

    const events = await sent();
    assert.deepEqual(only(events, "feature")["context"], {
      kind: "user",
      key: "x",
      anonymous: true,
      _meta: { redactedAttributes: ["name"] },
    });
    assert.deepEqual(only(events, "index")["context"], anonymous);
    assert.deepEqual(only(events, "debug")["context"], anonymous);
  },
  { needs: ["anonymous-redaction"] },
);

area.it(
  "hides the anonymous kind of several alone",
  async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: trackedFlag });

    await sdk.value("flag", {
      kind: "multi",
      user: { key: "x", anonymous: true, name: "A" },
      org: { key: "o", name: "O" },
    });

    assert.deepEqual(only(await sent(), "feature")["context"], {
      kind: "multi",
      user: { key: "x", anonymous: true, _meta: { redactedAttributes: ["name"] } },
      org: { key: "o", name: "O" },
    });
  },
  { needs: ["anonymous-redaction"] },
);

const omits = { omitAnonymousContexts: true };

area.it(
  "leaves anonymous contexts out of index and identify events",
  async (bench) => {
    const { sdk, sent } = await recording(bench, { flags: trackedFlag }, omits);

    await sdk.value("flag", anonymous);
    await sdk.command("identifyEvent", { context: anonymous });

    assert.deepEqual(kindsOf(await sent()), ["feature", "summary"]);
  },
  { needs: ["omit-anonymous-contexts"] },
);

area.it(
  "leaves the anonymous kind of several out, and no other",
  async (bench) => {
    const { sdk, sent } = await recording(bench, undefined, omits);
    const context = { kind: "multi", user: { key: "x", anonymous: true }, org: { key: "o" } };

    await sdk.value("nothing", context);
    await sdk.command("identifyEvent", { context });

    const events = await sent();
    assert.deepEqual(only(events, "index")["context"], { kind: "org", key: "o" });
    assert.deepEqual(only(events, "identify")["context"], { kind: "org", key: "o" });
  },
  { needs: ["omit-anonymous-contexts"] },
);
