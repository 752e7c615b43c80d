import assert from "node:assert/strict";
import { type Bench, polled, streamed } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Answer, hangUp, status, streams } from "../suite/endpoint.ts";
import {
  emptyData,
  event,
  flag,
  flagOf,
  intent,
  putObject,
  segment,
  transferred,
  wholeSet,
} from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";

const ada = { kind: "user", key: "ada" };
const area = new Area("streaming");
export const streamingCases = area.cases;

const path = { first: "/all", second: "/sdk/stream" } as const;

async function becomes(sdk: TestedClient, value: unknown, key = "flag"): Promise<void> {
  await eventually(async () => assert.equal(await sdk.value(key, ada, "fallback"), value));
}

area.it("asks with its key for an event stream", async (bench) => {
  const stream = await bench.flags(emptyData);
  await bench.client(stream);

  const { method, path: asked, headers, query } = await stream.endpoint.next();

  assert.equal(method, "GET");
  assert.equal(asked, path[bench.mode]);
  assert.equal(headers.authorization, "sdk-contract");
  assert.match(headers.accept ?? "", /text\/event-stream/u);
  assert.ok((headers["user-agent"] ?? "") !== "");
  assert.equal(query.get("filter"), null);
});

area.it("takes an address with a path, and with a slash at its end", async (bench) => {
  for (const ending of ["", "/"]) {
    const stream = await bench.endpoint(streams(wholeSet(bench.mode, emptyData)));
    const baseUri = `${stream.url}/below/here${ending}`;
    await bench.clientWith(streamed(bench.mode, { baseUri }));
    assert.equal((await stream.next()).path, `/below/here${path[bench.mode]}`);
  }
});

const filters = ["encoding-not_necessary", "a.b-c_1", "0"];
area.it(
  "asks for the part that a filter chooses, once",
  async (bench) => {
    for (const filter of filters) {
      const stream = await bench.endpoint(streams(wholeSet(bench.mode, emptyData)));
      await bench.clientWith(streamed(bench.mode, { baseUri: stream.url, filter }));
      assert.deepEqual((await stream.next()).query.getAll("filter"), [filter]);
    }
  },
  { needs: ["filtering"] },
);

area.it(
  "leaves out a filter that is none",
  async (bench) => {
    for (const filter of ["", ".foo", "_foo", "-foo", "foo bar", "foo&bar", "ünï", "foo/bar"]) {
      const stream = await bench.endpoint(streams(wholeSet(bench.mode, emptyData)));
      await bench.clientWith(streamed(bench.mode, { baseUri: stream.url, filter }));
      assert.equal((await stream.next()).query.has("filter"), false, filter);
    }
  },
  { needs: ["filtering-strict"] },
);

area.it(
  "leaves a filter that is none out of polls",
  async (bench) => {
    for (const filter of [".foo", "foo bar"]) {
      const poll = await bench.endpoint(status(503));
      await bench.clientWith({
        ...polled(bench.mode, { baseUri: poll.url, filter }),
        startWaitTimeMs: 1,
        initCanFail: true,
      });
      assert.equal((await poll.next()).query.has("filter"), false, filter);
    }
  },
  { needs: ["filtering-strict", "server-side-polling"] },
);

area.it("takes a flag that changed", async (bench) => {
  const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
  const sdk = await bench.client(stream);
  assert.equal(await sdk.value("flag", ada), "one");

  stream.put(flagOf("flag", 2, "two"));

  await becomes(sdk, "two");
});

area.it("takes a new flag", async (bench) => {
  const stream = await bench.flags(emptyData);
  const sdk = await bench.client(stream);
  assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");

  stream.put(flagOf("flag", 1, "one"));

  await becomes(sdk, "one");
});

area.it("forgets a flag that was deleted", async (bench) => {
  const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
  const sdk = await bench.client(stream);

  stream.remove("flag", 2);

  await becomes(sdk, "fallback");
});

const segmented = flag("flag", {
  variations: ["out", "in"],
  rules: [
    {
      id: "rule",
      variation: 1,
      trackEvents: false,
      clauses: [{ attribute: "", op: "segmentMatch", values: ["segment"], negate: false }],
    },
  ],
});

area.it("takes a segment that changed, and one that was deleted", async (bench) => {
  const stream = await bench.flags({ flags: segmented, segments: segment("segment", {}) });
  const sdk = await bench.client(stream);
  assert.equal(await sdk.value("flag", ada), "out");

  stream.put(segment("segment", { version: 2, included: ["ada"] }), "segment");
  await becomes(sdk, "in");
  stream.remove("segment", 3, "segment");

  await becomes(sdk, "out");
});

const firstOnly = { modes: ["first"] } as const;

for (const version of [49, 50]) {
  area.it(
    `passes over a flag of version ${version} where it holds 50`,
    async (bench) => {
      const stream = await bench.flags({ flags: flagOf("flag", 50, "held") });
      const sdk = await bench.client(stream);

      stream.put(flagOf("flag", version, "older"));
      stream.put(flagOf("other", 1, "seen"));

      await becomes(sdk, "seen", "other");
      assert.equal(await sdk.value("flag", ada), "held");
    },
    firstOnly,
  );
  area.it(
    `passes over a deletion of version ${version} where it holds 50`,
    async (bench) => {
      const stream = await bench.flags({ flags: flagOf("flag", 50, "held") });
      const sdk = await bench.client(stream);

      stream.remove("flag", version);
      stream.put(flagOf("other", 1, "seen"));

      await becomes(sdk, "seen", "other");
      assert.equal(await sdk.value("flag", ada), "held");
    },
    firstOnly,
  );
  area.it(
    `passes over a flag of version ${version} that was deleted at 50, though it never knew it`,
    async (bench) => {
      const stream = await bench.flags(emptyData);
      const sdk = await bench.client(stream);

      stream.remove("flag", 50);
      stream.put(flagOf("flag", version, "older"));
      stream.put(flagOf("other", 1, "seen"));

      await becomes(sdk, "seen", "other");
      assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
    },
    firstOnly,
  );
}

area.it("replaces everything where the stream begins anew", async (bench) => {
  const stream = await bench.flags({
    flags: { ...flagOf("flag", 9, "one"), ...flagOf("gone", 1, 1) },
  });
  const sdk = await bench.client(stream);

  stream.say(wholeSet(bench.mode, { flags: flagOf("flag", 3, "two") }, "anew"));

  await becomes(sdk, "two");
  assert.equal(await sdk.value("gone", ada, "fallback"), "fallback");
});

area.it(
  "takes a set that does not name its path",
  async (bench) => {
    const data = { flags: flagOf("flag", 1, "one"), segments: {} };
    const sdk = await bench.client(await bench.endpoint(streams(event("put", { data }))));

    assert.equal(await sdk.value("flag", ada), "one");
  },
  firstOnly,
);

/** Says something first that has to be passed over, and then a change. */
function passesOver(what: string, text: string, options = {}): void {
  area.it(
    `passes over ${what}`,
    async (bench) => {
      const stream = await bench.flags({ flags: flagOf("flag", 1, "one") });
      const sdk = await bench.client(stream);

      stream.say(text);
      stream.put(flagOf("flag", 2, "two"));

      await becomes(sdk, "two");
      assert.equal(stream.endpoint.received.length, 1, "the stream is still the first one");
    },
    options,
  );
}
passesOver("an event that it does not know", event("whatever", {}));
passesOver("the data of an event that it does not know", event("whatever", "not JSON"));
passesOver("a comment", ": still here\n\n");
passesOver(
  "a path that it does not know",
  event("patch", { path: "/cats/Jack", data: {} }),
  firstOnly,
);
passesOver("a heartbeat", event("heart-beat", {}), { modes: ["second"] });

/** Says something malformed, which ends the stream; the next one brings a change. */
function startsAfresh(what: string, text: string, options = {}): void {
  area.it(
    `starts afresh after ${what}`,
    async (bench) => {
      const stream = await bench.endpoint(
        streams(wholeSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
        streams(wholeSet(bench.mode, { flags: flagOf("flag", 2, "two") })),
      );
      const sdk = await bench.client(stream);
      assert.equal(await sdk.value("flag", ada), "one");

      (await stream.next()).response.write(text);

      await becomes(sdk, "two");
    },
    options,
  );
}
for (const name of ["put", "patch", "delete"]) {
  startsAfresh(`a ${name} that is not JSON`, event(name, "{sorry"), firstOnly);
}
startsAfresh(
  "a put whose flags are none",
  event("put", { data: { flags: true, segments: {} } }),
  firstOnly,
);
startsAfresh(
  "a patch whose flag is none",
  event("patch", { path: "/flags/x", data: true }),
  firstOnly,
);
startsAfresh(
  "a deletion whose version is none",
  event("delete", { path: "/flags/x", version: "no" }),
  firstOnly,
);
for (const name of ["server-intent", "put-object", "delete-object", "payload-transferred"]) {
  startsAfresh(`a ${name} that is not JSON`, event(name, "{sorry"), { modes: ["second"] });
}
startsAfresh("an intent without payloads", event("server-intent", { data: {} }), {
  modes: ["second"],
});
startsAfresh(
  "an object that is none",
  intent("xfer-changes") +
    event("put-object", { kind: "flag", key: "x", version: 1, object: true }),
  { modes: ["second"] },
);

area.it("starts afresh after a change whose text is broken", async (bench) => {
  const stream = await bench.endpoint(
    streams(wholeSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
    streams(wholeSet(bench.mode, { flags: flagOf("flag", 3, "two") })),
  );
  const sdk = await bench.client(stream);
  const broken = Buffer.from(wholeSet(bench.mode, { flags: flagOf("flag", 2, "AB?CD") }, "next"));
  broken[broken.indexOf("?CD")] = 0xff;

  (await stream.next()).response.write(broken);

  await becomes(sdk, "two");
});

/** Fails twice, at the start or after a first stream. */
async function retriesAfter(bench: Bench, failure: Answer, isAtStart: boolean): Promise<void> {
  const one = streams(wholeSet(bench.mode, { flags: flagOf("flag", 1, "one") }));
  const two = streams(wholeSet(bench.mode, { flags: flagOf("flag", 2, "two") }));
  const stream = isAtStart
    ? await bench.endpoint(failure, failure, two)
    : await bench.endpoint(one, failure, failure, two);
  const sdk = await bench.client(stream);
  if (!isAtStart) (await stream.next()).response.destroy();
  await becomes(sdk, "two");
  assert.equal(stream.received.length, isAtStart ? 3 : 4);
}
const failures: readonly (readonly [string, Answer])[] = [
  ["a connection that broke", hangUp],
  ...[400, 408, 429, 500, 503].map((code) => [`an answer ${code}`, status(code)] as const),
];
for (const [what, failure] of failures) {
  area.it(`comes back after ${what} at the start`, (bench) => retriesAfter(bench, failure, true));
  area.it(`comes back after ${what} later on`, (bench) => retriesAfter(bench, failure, false));
}

area.it("comes back where the stream ends", async (bench) => {
  const stream = await bench.endpoint(
    streams(wholeSet(bench.mode, { flags: flagOf("flag", 1, "one") })),
    streams(wholeSet(bench.mode, { flags: flagOf("flag", 2, "two") })),
  );
  const sdk = await bench.client(stream);

  (await stream.next()).response.end();

  await becomes(sdk, "two");
});

for (const code of [401, 403]) {
  area.it(`keeps serving flags after an answer ${code}`, async (bench) => {
    const one = streams(wholeSet(bench.mode, { flags: flagOf("flag", 1, "one") }));
    const stream = await bench.endpoint(one, status(code));
    const sdk = await bench.client(stream);

    (await stream.next()).response.destroy();
    await stream.next();

    assert.equal(await sdk.value("flag", ada), "one");
  });
}

area.it("lets go of the stream when the client is closed", async (bench) => {
  const stream = await bench.flags(emptyData);
  const sdk = await bench.client(stream);
  const { closed } = await stream.endpoint.next();

  await sdk.close();

  await closed;
});

area.it(
  "takes a change in pieces as a whole",
  async (bench) => {
    const stream = await bench.flags(emptyData);
    const sdk = await bench.client(stream);
    const change = putObject("flag", flagOf("flag", 1, "one")) + transferred("next", 2);

    for (const piece of change.match(/[\s\S]{1,7}/gu) ?? []) stream.say(piece);

    await becomes(sdk, "one");
  },
  { modes: ["second"] },
);
