import type { Page } from "playwright-core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { expectedValues, ServedFlags } from "../interop/served-flags.ts";
import { ScriptedFlags } from "./scripted-flags.ts";
import { ShopSite } from "./shop-site.ts";

type Client = ReturnType<Window["halyard"]["init"]>;
declare global {
  interface Window {
    flags: Client;
    said: string[];
    seen: unknown[];
  }
}

const served = await ServedFlags.start();
const browser = await launchBrowser();
const site = await ShopSite.start("client");

afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  await served[Symbol.asyncDispose]();
});

beforeEach(() => served.serve("text", 0));

type Starting = { baseUri: string; id?: string; context?: object; options?: object };

/** Starts a client on the page, with a logger that remembers. */
async function startOn(page: Page, given: Starting) {
  return page.evaluate(
    async ({ baseUri, id = "any", context = { kind: "user", key: "ada" }, options = {} }) => {
      window.said = [];
      const say = (line: string) => void window.said.push(line);
      const logger = { error: say, warn: say, info: say, debug: say };
      window.flags = window.halyard.init(id, context, { baseUri, logger, ...options });
      return window.flags.waitForInitialization({ timeout: 10 });
    },
    given,
  );
}

/** A page of its own storage; closed with the test. */
async function newPage(): Promise<Page & AsyncDisposable> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await site.visit(page);
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
}

const text = (page: Page) => page.evaluate(() => window.flags.variation("text", "fallback"));

/** Waits for a change on the page; it was asked for before whatever brings it. */
const untilText = (page: Page, wanted: string) =>
  page.waitForFunction((value) => window.flags.peek("text", "").value === value, wanted);

function result(value: unknown, version = 1) {
  return { value, version, flagVersion: 3, variation: 0 };
}

describe("a browser client of the real server", () => {
  const real = () => ({ baseUri: served.url, id: served.clientSideId });

  it("starts from nothing, and gives every kind of value", async () => {
    await using page = await newPage();

    const start = await startOn(page, { ...real(), options: { withReasons: true } });

    expect(start).toMatchObject({ status: "complete", source: "stream" });
    for (const [key, value] of Object.entries(expectedValues)) {
      const detail = await page.evaluate((flag) => window.flags.variationDetail(flag, null), key);
      expect(detail).toMatchObject({
        value,
        variationIndex: 0,
        reason: { kind: "FALLTHROUGH" },
        source: "stream",
        ageMs: 0,
      });
    }
    expect(await page.evaluate(() => window.flags.status)).toBe("live");
  });

  it("tells of a change as it happens", async () => {
    await using page = await newPage();
    await startOn(page, real());
    await page.evaluate(() => {
      window.seen = [];
      window.flags.on("change:text", (change) => window.seen.push(change));
      window.flags.on("change:number", (change) => window.seen.push(change));
    });

    await served.serve("text", 1);
    await untilText(page, "new");

    expect(await page.evaluate(() => window.seen)).toEqual([{ key: "text", value: "new" }]);
  });

  it("identifies another context, and has evaluations counted exactly", async () => {
    const before = await served.evaluations("text", 0);
    await using page = await newPage();
    await startOn(page, real());

    const outcome = await page.evaluate(() =>
      window.flags.identify({ kind: "user", key: "grace" }),
    );
    for (let count = 0; count < 3; count += 1) expect(await text(page)).toBe("new");
    await page.evaluate(() => window.flags.flush());

    expect(outcome).toMatchObject({ status: "complete", source: "stream" });
    expect(await served.evaluations("text", before + 3)).toBe(before + 3);
  });

  it("sends what it counted by beacon when the page is left", async () => {
    const before = await served.evaluations("number", 0);
    await using page = await newPage();
    await startOn(page, { ...real(), options: { flushIntervalMs: 3_600_000 } });
    await page.evaluate(() => window.flags.variation("number", 0));

    await page.goto("about:blank");

    expect(await served.evaluations("number", before + 1)).toBe(before + 1);
  });

  it("says in the log that the client-side ID is wrong", async () => {
    await using page = await newPage();

    const start = await startOn(page, { baseUri: served.url, id: "nowhere" });

    expect(start.status).toBe("failed");
    expect(await page.evaluate(() => window.said.join("\n"))).toMatch(
      /404 .*Is "nowhere" the client-side ID\?/s,
    );
    expect(await text(page)).toBe("fallback");
  });

  it("starts from its cache while the server is gone, and follows it when it is back", async () => {
    await using page = await newPage();
    await startOn(page, real());
    await served.kill();
    await page.reload();

    const start = await startOn(page, { ...real(), options: { reconnectDelayMs: 100 } });

    expect(start).toMatchObject({ status: "complete", source: "cache" });
    const detail = await page.evaluate(() => window.flags.variationDetail("text", "fallback"));
    expect(detail).toMatchObject({ value: "old", source: "cache" });
    expect(detail.ageMs).toBeGreaterThan(0);
    expect(await page.evaluate(() => window.flags.status)).toBe("stale");
    await served.restart();
    await served.serve("text", 1);
    await untilText(page, "new");
    expect(await page.evaluate(() => window.flags.status)).toBe("live");
  });
});

describe("a browser client", () => {
  it("serves the bootstrap at once, then what the stream says", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();
    const bootstrap = {
      text: "from the page",
      $flagsState: { text: { variation: 2, version: 7 } },
      $valid: true,
    };

    const start = await startOn(page, { baseUri: flags.url, options: { bootstrap } });
    const detail = await page.evaluate(() => window.flags.variationDetail("text", ""));
    await flags.until(() => flags.openStreams === 1);
    flags.say("put", { text: result("live", 8) });
    await untilText(page, "live");

    expect(start).toMatchObject({ status: "complete", source: "bootstrap" });
    expect(detail).toMatchObject({ value: "from the page", variationIndex: 2, version: 7 });
    expect(detail.source).toBe("bootstrap");
  });

  it("applies a patch or a delete only where it is newer", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("at 5", 5), gone: result(1, 5), kept: result(1, 5) });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });

    flags.say("patch", { key: "text", ...result("at 4", 4) });
    flags.say("delete", { key: "kept", version: 5 });
    flags.say("delete", { key: "gone", version: 6 });
    flags.say("patch", { key: "gone", ...result("risen", 6) });
    flags.say("patch", { key: "last", ...result(true, 6) });
    await page.waitForFunction(() => "last" in window.flags.allFlags());

    expect(await page.evaluate(() => window.flags.allFlags())).toEqual({
      text: "at 5",
      kept: 1,
      last: true,
    });
  });

  it("polls when it is pinged", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();
    const start = startOn(page, { baseUri: flags.url });
    await flags.until(() => flags.openStreams === 1);
    flags.poll = { status: 200, body: { text: result("polled") } };

    flags.say("ping", " ");

    expect(await start).toMatchObject({ status: "complete", source: "poll" });
    expect(await text(page)).toBe("polled");
  });

  it("polls while no stream can be had", async () => {
    await using flags = await ScriptedFlags.start();
    flags.poll = { status: 200, body: { text: result("polled") } };
    await using page = await newPage();

    const start = await startOn(page, { baseUri: flags.url, options: { reconnectDelayMs: 50 } });
    flags.poll = undefined;
    flags.puts.set("ada", { text: result("streamed") });
    await untilText(page, "streamed");

    expect(start).toMatchObject({ status: "complete", source: "poll" });
  });

  it("has nothing to serve while the server is gone, and gets it once it is there", async () => {
    await using flags = await ScriptedFlags.start();
    flags.poll = { status: 503, body: {} };
    await using page = await newPage();

    await page.evaluate((baseUri) => {
      window.flags = window.halyard.init(
        "any",
        { kind: "user", key: "ada" },
        {
          baseUri,
          reconnectDelayMs: 50,
        },
      );
    }, flags.url);
    const early = await page.evaluate(() => window.flags.waitForInitialization({ timeout: 0 }));
    const detail = await page.evaluate(() => window.flags.variationDetail("text", "fallback"));
    flags.poll = undefined;
    flags.puts.set("ada", { text: result("here") });
    await untilText(page, "here");

    expect(early).toMatchObject({ status: "timeout", source: "none" });
    expect(detail).toMatchObject({
      value: "fallback",
      source: "none",
      reason: { kind: "ERROR", errorKind: "CLIENT_NOT_READY" },
    });
  });

  it("leaves a server that is full alone for as long as it asks", async () => {
    await using flags = await ScriptedFlags.start();
    flags.poll = { status: 503, body: {}, headers: { "retry-after": "40" } };
    await using page = await newPage();
    await page.clock.install();
    await page.evaluate((baseUri) => {
      const logger = { error: String, warn: String, info: String, debug: String };
      const context = { kind: "user", key: "ada" };
      window.flags = window.halyard.init("any", context, { baseUri, logger, reconnectDelayMs: 50 });
    }, flags.url);
    await page.waitForFunction(() => window.flags.status === "offline");

    await page.clock.runFor(39_000);
    expect(flags.asked.map((asked) => asked.split("/")[1])).toEqual(["eval", "sdk"]);
    flags.poll = undefined;
    flags.puts.set("ada", { text: result("here") });
    await page.clock.runFor(1_100);

    await untilText(page, "here");
  });

  it("finds out a stream that beat and falls silent, and trusts one that never did", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("before") });
    await using page = await newPage();
    await page.clock.install();
    await startOn(page, { baseUri: flags.url, options: { reconnectDelayMs: 50 } });

    await page.clock.runFor(600_000);
    expect(flags.opened).toBe(1);
    flags.say("heartbeat", {});
    flags.say("patch", { key: "text", ...result("beating", 2) });
    await untilText(page, "beating");
    await page.clock.runFor(50_000);
    expect([flags.opened, await page.evaluate(() => window.flags.status)]).toEqual([1, "live"]);
    flags.puts.set("ada", { text: result("after", 3) });
    await page.clock.runFor(11_000);

    await untilText(page, "after");
    expect(flags.opened).toBe(2);
    expect(flags.asked[0]).toContain("&heartbeats=events");
  });

  it("keeps its values and asks anew when a message is broken", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("whole") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url, options: { reconnectDelayMs: 50 } });

    flags.say("put", 17);
    await flags.until(() => flags.opened === 2);

    expect(await text(page)).toBe("whole");
    expect(await page.evaluate(() => window.said)).toEqual([
      `halyard: ${flags.url}: the stream ended. Serving the values held.`,
    ]);
  });

  it("swaps to another context in one step, and lets a later identify win", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("ada"), other: result("ada") });
    flags.puts.set("cy", { text: result("cy"), other: result("cy") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });
    await page.evaluate(() => {
      window.seen = [];
      window.flags.watch(() => window.seen.push(Object.values(window.flags.allFlags()).join()));
    });

    const outcomes = await page.evaluate(async () => {
      const early = window.flags.identify({ kind: "user", key: "bob" });
      const before = window.flags.variation("text", "");
      const late = window.flags.identify({ kind: "user", key: "cy" });
      return [before, (await early).status, (await late).status];
    });
    flags.say("put", { text: result("late bob"), other: result("late bob") }, "bob");
    flags.say("patch", { key: "last", ...result("seen", 9) });
    await page.waitForFunction(() => "last" in window.flags.allFlags());

    expect(outcomes).toEqual(["ada", "failed", "complete"]);
    expect(await page.evaluate(() => window.seen)).toEqual(["cy,cy", "cy,cy,seen"]);
    expect(await page.evaluate(() => window.flags.context)).toEqual({ kind: "user", key: "cy" });
    await flags.until(() => flags.openStreams === 1);
  });

  it("rests while its page is hidden, and catches up when it is seen", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("before") });
    await using page = await newPage();
    const options = { closeHiddenAfterMs: 1, flushIntervalMs: 3_600_000 };
    await startOn(page, { baseUri: flags.url, options });
    const show = (hidden: boolean) =>
      page.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      }, hidden);

    await show(true);
    await flags.until(() => flags.openStreams === 0 && flags.posted.length === 1);
    expect(await page.evaluate(() => window.flags.status)).toBe("stale");
    flags.puts.set("ada", { text: result("after") });
    await show(false);
    await untilText(page, "after");

    expect(flags.events.map(({ kind }) => kind)).toEqual(["identify"]);
    expect(flags.openStreams).toBe(1);
  });

  it("reports evaluations, prerequisites and what was tracked, without what is private", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", {
      child: { ...result(true), prerequisites: ["parent"], trackEvents: true },
      parent: { ...result("p"), prerequisites: ["child"] },
    });
    await using page = await newPage();
    await startOn(page, {
      baseUri: flags.url,
      context: { kind: "user", key: "ada", email: "a@b.c", plan: { tier: 1, card: 2 } },
      options: { privateAttributes: ["email", "/plan/card"] },
    });

    await page.evaluate(async () => {
      window.flags.variation("child", false);
      window.flags.variation("child", false);
      window.flags.variation("missing", 5);
      window.flags.track("bought", { cart: 1 }, 9.5);
      await window.flags.flush();
    });

    const of = (kind: string) => flags.events.filter((event) => event["kind"] === kind);
    const context = {
      kind: "user",
      key: "ada",
      plan: { tier: 1 },
      _meta: { redactedAttributes: ["email", "/plan/card"] },
    };
    expect(of("identify")).toMatchObject([{ context }]);
    expect(of("custom")).toMatchObject([{ key: "bought", data: { cart: 1 }, metricValue: 9.5 }]);
    expect(of("feature")).toMatchObject([
      { key: "child", value: true, default: false, version: 3, variation: 0, context },
      { key: "child" },
    ]);
    expect(of("summary")).toMatchObject([
      {
        context,
        features: {
          child: { default: false, contextKinds: ["user"], counters: [{ count: 2, version: 3 }] },
          parent: { counters: [{ count: 2, value: "p" }] },
          missing: { counters: [{ unknown: true, value: 5, count: 1 }] },
        },
      },
    ]);
    const [batch] = flags.posted;
    expect(batch?.headers["x-launchdarkly-event-schema"]).toBe("4");
    expect(batch?.headers["x-launchdarkly-payload-id"]).toMatch(/\d/);
  });

  it("says what is wrong with a context, and serves fallbacks", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();

    const start = await startOn(page, { baseUri: flags.url, context: { kind: "user" } });

    expect(start).toMatchObject({ status: "failed", source: "none" });
    expect(await page.evaluate(() => window.said.join())).toContain("the key of the user is");
    expect(await text(page)).toBe("fallback");
    expect(flags.asked).toEqual([]);
  });

  it("carries the hash of its context, also where it polls", async () => {
    await using flags = await ScriptedFlags.start();
    flags.poll = { status: 200, body: { text: result("polled") } };
    await using page = await newPage();
    const options = { hash: "proof", withReasons: true, streaming: false };

    const start = await startOn(page, { baseUri: flags.url, options });

    expect(start.source).toBe("poll");
    expect(flags.asked).toEqual([
      expect.stringMatching(/^\/sdk\/evalx\/any\/contexts\/[\w-]+\?withReasons=true&h=proof$/),
    ]);
  });

  it("gives a visitor without a key one that stays", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();
    const visitor = { baseUri: flags.url, context: { kind: "user", anonymous: true } };
    void startOn(page, { ...visitor, options: { bootstrap: {} } });
    const key = await page.evaluate(() => window.flags.context?.["key"]);
    await page.reload();
    void startOn(page, { ...visitor, options: { bootstrap: {} } });

    expect(key).toMatch(/\d{6}/);
    expect(await page.evaluate(() => window.flags.context?.["key"])).toBe(key);
  });

  it("works where the storage throws", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("streamed") });
    await using page = await newPage();
    await page.evaluate(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new Error("forbidden");
        },
      });
    });

    expect(await startOn(page, { baseUri: flags.url })).toMatchObject({ source: "stream" });
    expect(await text(page)).toBe("streamed");
  });

  it.each(["{", "[1", '[1700000000000,{"text":7}]', '[1700000000000,{"text":{}}]', '"x"', "[]"])(
    "takes nothing from a cache that holds %s",
    async (content) => {
      await using flags = await ScriptedFlags.start();
      flags.puts.set("ada", { text: result("streamed") });
      await using page = await newPage();
      await startOn(page, { baseUri: flags.url });
      await page.evaluate((broken) => {
        for (const key of Object.keys(localStorage)) localStorage.setItem(key, broken);
      }, content);
      await page.reload();
      flags.poll = { status: 503, body: {} };

      await page.evaluate((baseUri) => {
        window.flags = window.halyard.init("any", { kind: "user", key: "ada" }, { baseUri });
      }, flags.url);

      expect(await page.evaluate(() => window.flags.peek("text", "fallback").value)).toBe(
        "fallback",
      );
    },
  );

  it("lets go of its stream when it is closed, and delivers what is left", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("streamed") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url, options: { flushIntervalMs: 3_600_000 } });

    await page.evaluate(() => window.flags.close());
    await flags.until(() => flags.openStreams === 0);

    expect(flags.events.map(({ kind }) => kind)).toEqual(["identify"]);
    expect(await page.evaluate(() => window.flags.status)).toBe("offline");
    expect(await text(page)).toBe("streamed");
  });
});
