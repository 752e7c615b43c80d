import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import { says, silence, status, streams } from "../suite/endpoint.ts";
import {
  deleteObject,
  emptyData,
  event,
  flagOf,
  intent,
  polledSet,
  putObject,
  transferred,
  wholeSet,
} from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";
import { eventually } from "../suite/within.ts";

const ada = { kind: "user", key: "ada" };
const area = new Area("second generation", { modes: ["second"] });
export const secondGenerationCases = area.cases;

const one = { flags: flagOf("flag", 1, "one") };
const mode = "second";
const synchronizers = (...list: readonly object[]) => ({ dataSystem: { synchronizers: list } });
const streaming = ({ url: baseUri }: { readonly url: string }) => ({
  streaming: { baseUri, initialRetryDelayMs: 1 },
});

async function becomes(sdk: TestedClient, value: unknown, key = "flag"): Promise<void> {
  await eventually(async () => assert.equal(await sdk.value(key, ada, "fallback"), value));
}

area.it("begins without a basis", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  assert.equal((await stream.endpoint.next()).query.has("basis"), false);
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("comes back with the state it has, and keeps it where nothing is new", async (bench) => {
  const stream = await bench.endpoint(streams(wholeSet(mode, one)), streams(intent("none")));
  const sdk = await bench.client(stream);

  (await stream.next()).response.destroy();

  assert.equal((await stream.next()).query.get("basis"), "initial");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("passes a state through an address as it is", async (bench) => {
  const state = "(p:a b/c:7&x=ü)";
  const stream = await bench.endpoint(streams(wholeSet(mode, one, state)), streams(intent("none")));
  await bench.client(stream);

  (await stream.next()).response.destroy();

  assert.equal((await stream.next()).query.get("basis"), state);
});

area.it("replaces what it has by a full transfer", async (bench) => {
  const other = { flags: flagOf("other", 1, "two") };
  const stream = await bench.endpoint(streams(wholeSet(mode, one)), streams(wholeSet(mode, other)));
  const sdk = await bench.client(stream);

  (await stream.next()).response.destroy();

  await becomes(sdk, "two", "other");
  assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
});

area.it("adds changes to what it has", async (bench) => {
  const changes =
    intent("xfer-changes") +
    putObject("flag", { ...flagOf("flag", 2, "new"), ...flagOf("other", 1, "two") }) +
    transferred("later", 2);
  const stream = await bench.endpoint(streams(wholeSet(mode, one)), streams(changes));
  const sdk = await bench.client(stream);

  (await stream.next()).response.destroy();

  await becomes(sdk, "two", "other");
  assert.equal(await sdk.value("flag", ada), "new");
});

area.it("applies nothing before a transfer is complete", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.say(deleteObject("flag", "flag", 2) + putObject("flag", flagOf("other", 1, "two")));
  stream.say(": something to wait for\n\n");
  assert.equal(await sdk.value("flag", ada), "one");
  assert.equal(await sdk.value("other", ada, "fallback"), "fallback");
  stream.say(transferred("later", 2));

  await becomes(sdk, "two", "other");
  assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
});

area.it("takes one change after another", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.put(flagOf("flag", 2, "two"));
  await becomes(sdk, "two");
  stream.put(flagOf("other", 2, "new"));
  await becomes(sdk, "new", "other");
  stream.say(
    intent("xfer-full") + putObject("flag", flagOf("flag", 3, "three")) + transferred("x", 9),
  );

  await becomes(sdk, "three");
  assert.equal(await sdk.value("other", ada, "fallback"), "fallback");
});

area.it("trusts the order of the stream, not the versions of flags", async (bench) => {
  const stream = await bench.flags({ flags: flagOf("flag", 100, "one") });
  const sdk = await bench.client(stream);

  stream.put(flagOf("flag", 1, "two"));

  await becomes(sdk, "two");
});

area.it("lets a heartbeat pass in the middle of a transfer", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.say(event("heart-beat", {}) + putObject("flag", flagOf("flag", 2, "two")));
  stream.say(event("heart-beat", {}) + transferred("later", 2));

  await becomes(sdk, "two");
});

area.it("drops what an error takes back, and goes on", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.say(putObject("flag", flagOf("flag", 2, "taken back")));
  stream.say(event("error", { payload_id: "payload", reason: "test" }));
  stream.say(putObject("flag", flagOf("other", 2, "kept")) + transferred("later", 2));

  await becomes(sdk, "kept", "other");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("takes a full transfer after an error", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.say(putObject("flag", flagOf("flag", 2, "taken back")));
  stream.say(event("error", { payload_id: "payload", reason: "test" }));
  stream.say(wholeSet(mode, { flags: flagOf("other", 2, "whole") }, "later"));

  await becomes(sdk, "whole", "other");
  assert.equal(await sdk.value("flag", ada, "fallback"), "fallback");
});

area.it("comes back after a goodbye, without what was not complete", async (bench) => {
  const stream = await bench.endpoint(streams(wholeSet(mode, one)), streams(intent("none")));
  const sdk = await bench.client(stream);
  const { response } = await stream.next();

  response.write(putObject("flag", flagOf("flag", 2, "half")));
  response.write(event("goodbye", { reason: "test", silent: false, catastrophe: false }));

  assert.equal((await stream.next()).query.get("basis"), "initial");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("forgets half a transfer where the stream breaks", async (bench) => {
  const finish = intent("xfer-changes") + putObject("flag", flagOf("other", 1, "seen"));
  const stream = await bench.endpoint(
    streams(wholeSet(mode, one)),
    streams(finish + transferred("later", 2)),
  );
  const sdk = await bench.client(stream);
  const { response } = await stream.next();

  response.write(putObject("flag", flagOf("flag", 2, "half")));
  response.end();

  await becomes(sdk, "seen", "other");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("passes over kinds of objects that it does not know", async (bench) => {
  const stream = await bench.flags(one);
  const sdk = await bench.client(stream);

  stream.say(event("put-object", { kind: "cat", key: "Jack", version: 1, object: {} }));
  stream.put(flagOf("flag", 2, "two"));

  await becomes(sdk, "two");
});

area.it("begins with a poll where it is told to, and streams from there", async (bench) => {
  const poll = await bench.endpoint(says(polledSet(mode, one)));
  const stream = await bench.endpoint(streams(intent("none")));
  const sdk = await bench.clientWith({
    dataSystem: {
      initializers: [{ polling: { baseUri: poll.url } }],
      synchronizers: [streaming(stream)],
    },
  });

  assert.equal((await poll.next()).path, "/sdk/poll");
  assert.equal((await stream.next()).query.get("basis"), "initial");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("adds a stream's changes to what the poll gave", async (bench) => {
  const poll = await bench.endpoint(says(polledSet(mode, one)));
  const changes = intent("xfer-changes") + putObject("flag", flagOf("other", 1, "two"));
  const stream = await bench.endpoint(streams(changes + transferred("later", 2)));
  const sdk = await bench.clientWith({
    dataSystem: {
      initializers: [{ polling: { baseUri: poll.url } }],
      synchronizers: [streaming(stream)],
    },
  });

  await becomes(sdk, "two", "other");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("begins with the second poll where the first one fails", async (bench) => {
  const broken = await bench.endpoint(status(500));
  const poll = await bench.endpoint(says(polledSet(mode, one, "expected-state")));
  const stream = await bench.endpoint(streams(intent("none")));
  const sdk = await bench.clientWith({
    dataSystem: {
      initializers: [{ polling: { baseUri: broken.url } }, { polling: { baseUri: poll.url } }],
      synchronizers: [streaming(stream)],
    },
  });

  await poll.next();
  assert.equal((await stream.next()).query.get("basis"), "expected-state");
  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("streams although no poll could be had", async (bench) => {
  const broken = await bench.endpoint(status(401));
  const stream = await bench.flags(one);
  const sdk = await bench.clientWith({
    dataSystem: {
      initializers: [{ polling: { baseUri: broken.url } }],
      synchronizers: [streaming(stream)],
    },
  });

  assert.equal(await sdk.value("flag", ada), "one");
});

area.it("takes the second source where the first one refuses", async (bench) => {
  const refusing = await bench.endpoint(status(401));
  const stream = await bench.flags(one);
  const sdk = await bench.clientWith(synchronizers(streaming(refusing), streaming(stream)));

  await stream.endpoint.next();
  await becomes(sdk, "one");
  assert.equal(refusing.received.length, 1);
});

area.it(
  "takes the second source where the first one says nothing for ten seconds",
  async (bench) => {
    const silent = await bench.endpoint(silence);
    const stream = await bench.flags(one);
    const sdk = await bench.clientWith({
      ...synchronizers(streaming(silent), streaming(stream)),
      startWaitTimeMs: 30_000,
    });

    assert.equal(await sdk.value("flag", ada), "one");
  },
  { isSlow: true },
);

area.it(
  "goes back to the first generation where the service says so",
  async (bench) => {
    const stream = await bench.endpoint(status(403, { "x-ld-fd-fallback": "true" }));
    const poll = await bench.endpoint(says(polledSet("first", one)));
    const sdk = await bench.clientWith({
      dataSystem: {
        synchronizers: [streaming(stream), { polling: { baseUri: poll.url } }],
        fdv1Fallback: { baseUri: poll.url },
      },
    });

    assert.equal((await poll.next()).path, "/sdk/latest-all");
    await becomes(sdk, "one");
  },
  { needs: ["fdv1-fallback"] },
);

area.it(
  "goes back to the first generation where the first poll says so, and keeps what that brought",
  async (bench) => {
    const first = await bench.endpoint(says(polledSet(mode, one), { "x-ld-fd-fallback": "true" }));
    const stream = await bench.flags(one);
    const poll = await bench.endpoint(silence);
    const sdk = await bench.clientWith({
      dataSystem: {
        initializers: [{ polling: { baseUri: first.url } }],
        synchronizers: [streaming(stream)],
        fdv1Fallback: { baseUri: poll.url },
      },
    });

    assert.equal((await poll.next()).path, "/sdk/latest-all");
    assert.equal(await sdk.value("flag", ada), "one");
    assert.equal(stream.endpoint.received.length, 0);
  },
  { needs: ["fdv1-fallback"] },
);

area.it(
  "goes back to the first generation where a poll says so, and keeps what that brought",
  async (bench) => {
    const second = await bench.endpoint(says(polledSet(mode, one), { "x-ld-fd-fallback": "true" }));
    const poll = await bench.endpoint(silence);
    const sdk = await bench.clientWith({
      dataSystem: {
        synchronizers: [{ polling: { baseUri: second.url } }],
        fdv1Fallback: { baseUri: poll.url },
      },
    });

    assert.equal((await poll.next()).path, "/sdk/latest-all");
    assert.equal(await sdk.value("flag", ada), "one");
  },
  { needs: ["fdv1-fallback"] },
);

area.it(
  "names its client by one id wherever it asks",
  async (bench) => {
    const first = await bench.endpoint(says(polledSet(mode, one)));
    const refusing = await bench.endpoint(status(401));
    const stream = await bench.flags(one);
    await bench.clientWith({
      dataSystem: {
        initializers: [{ polling: { baseUri: first.url } }],
        synchronizers: [streaming(refusing), streaming(stream)],
      },
    });

    const asked = [await first.next(), await refusing.next(), await stream.endpoint.next()];

    const ids = new Set(asked.map(({ headers }) => headers["x-launchdarkly-instance-id"]));
    assert.equal(ids.size, 1);
    assert.ok(!ids.has(undefined));
  },
  { needs: ["instance-id"] },
);

area.it("needs no flags to be ready", async (bench) => {
  const sdk = await bench.client(await bench.flags(emptyData));

  const { reason } = await sdk.detail("flag", ada);
  assert.deepEqual(reason, { kind: "ERROR", errorKind: "FLAG_NOT_FOUND" });
});
