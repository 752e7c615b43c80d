import assert from "node:assert/strict";
import { Area } from "../suite/contract-case.ts";
import {
  clientSideId as credential,
  hangUp,
  jsonOf,
  says,
  status,
  streams,
} from "../suite/endpoint.ts";
import { becomes, clientOf, encoded, put, result } from "../suite/results.ts";
import { event } from "../suite/sdk-data.ts";

const ada = { kind: "user", key: "ada" };

const area = new Area("client-side, updates", { needs: ["client-side"], modes: ["client"] });
export const clientUpdateCases = area.cases;

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
