import type { Page } from "playwright-core";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { ServedFlags } from "../interop/served-flags.ts";
import { ScriptedFlags } from "./scripted-flags.ts";
import { ShopSite } from "./shop-site.ts";

declare global {
  interface Window {
    /** Events of the provider and errors of the SDK, with the flags that they name. */
    told: string[];
  }
}

const served = await ServedFlags.start();
const browser = await launchBrowser();
const site = await ShopSite.start("openfeature");

afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
  await served[Symbol.asyncDispose]();
});

beforeEach(() => served.serve("text", 0));

type Attributes = Readonly<Record<string, string>>;

type Starting = {
  readonly baseUri: string;
  readonly id?: string;
  readonly context?: Attributes;
  readonly options?: object;
};

const ada = { targetingKey: "ada" };

/** A page of its own storage; closed with the test. */
async function newPage(): Promise<Page & AsyncDisposable> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await site.visit(page);
  return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
}

/** Sets a provider for the context, and notes its events; gives the message of what it threw. */
function startOn(page: Page, given: Starting): Promise<string | undefined> {
  return page.evaluate(
    async ({ baseUri, id = "any", context = { targetingKey: "ada" }, options = {} }) => {
      const { OpenFeature, ProviderEvents, HalyardWebProvider } = window;
      const ignore = (): void => undefined;
      const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };
      const provider = new HalyardWebProvider(id, {
        baseUri,
        logger,
        reconnectDelayMs: 20,
        flushIntervalMs: 3_600_000,
        ...options,
      });
      await OpenFeature.setContext(context);
      window.told = [];
      provider.events.addHandler(ProviderEvents.Ready, () => window.told.push("ready"));
      provider.events.addHandler(ProviderEvents.Stale, () => window.told.push("stale"));
      provider.events.addHandler(ProviderEvents.ConfigurationChanged, (about) =>
        window.told.push(`changed ${JSON.stringify(about)}`),
      );
      OpenFeature.addHandler(ProviderEvents.Error, () => window.told.push("error"));
      try {
        await OpenFeature.setProviderAndWait(provider);
        return undefined;
      } catch (cause) {
        return cause instanceof Error ? cause.message : String(cause);
      }
    },
    given,
  );
}

const details = (page: Page, key = "text") =>
  page.evaluate((flag) => window.OpenFeature.getClient().getStringDetails(flag, "fallback"), key);
const status = (page: Page) =>
  page.evaluate(() => window.OpenFeature.getClient().providerStatus.toString());
const told = (page: Page) => page.evaluate(() => window.told);
const setContext = (page: Page, context: Attributes) =>
  page.evaluate((given) => window.OpenFeature.setContext(given), context);

function result(value: unknown, version = 1) {
  return { value, version, flagVersion: 3, variation: 0, reason: { kind: "FALLTHROUGH" } };
}

describe("HalyardWebProvider on the real server", () => {
  const real = () => ({ baseUri: served.url, id: served.clientSideId });

  it("resolves values of every type, and says why", async () => {
    await using page = await newPage();

    expect(await startOn(page, real())).toBeUndefined();

    const values = await page.evaluate(() => {
      const client = window.OpenFeature.getClient();
      return [
        client.getStringValue("text", ""),
        client.getBooleanValue("switch", false),
        client.getNumberValue("number", 0),
        client.getObjectValue("json", {}),
      ];
    });
    expect(values).toEqual(["old", true, 3.5, { nested: [1, { deep: true }] }]);
    expect(await details(page, "number")).toMatchObject({
      value: "fallback",
      reason: "ERROR",
      errorCode: "TYPE_MISMATCH",
    });
    expect(await details(page, "nope")).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
    expect(await details(page)).toMatchObject({
      value: "old",
      variant: "0",
      reason: "DEFAULT",
      flagMetadata: {
        source: "stream",
        version: expect.any(Number),
        ageMs: 0,
        variationIndex: 0,
        reasonKind: "FALLTHROUGH",
        basis: "targeting",
      },
    });
  });

  it("tells a flag without targeting from a rollout", async () => {
    await using page = await newPage();
    await startOn(page, real());
    const reason = () =>
      page.evaluate(() => window.OpenFeature.getClient().getNumberDetails("number", 0).reason);
    expect(await reason()).toBe("STATIC");

    await served.roll("number");

    await expect.poll(reason).toBe("SPLIT");
    await served.serve("number", 0);
  });

  it("serves another context's values once the context is set", async () => {
    await using page = await newPage();
    await startOn(page, real());

    await setContext(page, { targetingKey: "grace" });

    expect(await details(page)).toMatchObject({ value: "new", reason: "TARGETING_MATCH" });
    expect(await status(page)).toBe("READY");
    expect(await told(page)).toEqual([]);
  });

  it("tells of flags that changed while the page is open", async () => {
    await using page = await newPage();
    await startOn(page, real());

    await served.serve("text", 1);
    await page.waitForFunction(() => window.told.length > 0);

    expect(await told(page)).toEqual(['changed {"flagsChanged":["text"]}']);
    expect(await details(page)).toMatchObject({ value: "new" });
  });
});

describe("HalyardWebProvider and a scripted service", () => {
  it("is stale while the line is lost, and ready when it is back", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("first") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });

    flags.poll = { status: 503, body: {} };
    flags.hangUp();
    await page.waitForFunction(() => window.told.includes("stale"));
    const lost = await details(page);
    const statusThen = await status(page);
    flags.poll = undefined;
    await page.waitForFunction(() => window.told.includes("ready"));

    expect(lost).toMatchObject({ value: "first", reason: "STALE" });
    expect(statusThen).toBe("STALE");
    expect(await told(page)).toEqual(["stale", "ready"]);
    expect(await details(page)).toMatchObject({ value: "first", reason: "DEFAULT" });
  });

  it("says that answers are cached, and is stale, where a page begins from its cache", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("kept") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });
    await page.reload();
    flags.poll = { status: 503, body: {} };

    await startOn(page, { baseUri: flags.url });
    await page.waitForFunction(() => window.told.includes("stale"));

    expect(await details(page)).toMatchObject({
      value: "kept",
      reason: "CACHED",
      flagMetadata: { source: "cache" },
    });
    expect(await status(page)).toBe("STALE");
  });

  it("serves the values of before as stale until those of another context are there", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("hers") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });

    await page.evaluate(() => {
      void window.OpenFeature.setContext({ targetingKey: "grace" });
    });
    await flags.until(() => flags.openStreams === 2);
    const meanwhile = await details(page);
    const statusThen = await status(page);
    flags.say("put", { text: result("others") }, "grace");
    await page.waitForFunction(
      () => window.OpenFeature.getClient().providerStatus.toString() === "READY",
    );

    expect(meanwhile).toMatchObject({ value: "hers", reason: "STALE" });
    expect(statusThen).toBe("RECONCILING");
    expect(await details(page)).toMatchObject({ value: "others", reason: "DEFAULT" });
  });

  it("ends with the last of several contexts that were set at once", async () => {
    await using flags = await ScriptedFlags.start();
    for (const key of ["ada", "last"]) flags.puts.set(key, { text: result(key) });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });

    await page.evaluate(async () => {
      const silent = window.OpenFeature.setContext({ targetingKey: "silent" });
      await window.OpenFeature.setContext({ targetingKey: "last" });
      await silent;
    });

    expect(await details(page)).toMatchObject({ value: "last", reason: "DEFAULT" });
    expect(await status(page)).toBe("READY");
    expect(await told(page)).toEqual([]);
  });

  it("is in error where another context's values do not arrive in time, and ready when they do", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("hers") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url, options: { timeout: 0.1 } });

    await setContext(page, { targetingKey: "silent" });
    expect([await status(page), (await details(page)).reason]).toEqual(["ERROR", "STALE"]);
    flags.say("put", { text: result("late") }, "silent");
    await page.waitForFunction(() => window.told.includes("ready"));

    expect(await status(page)).toBe("READY");
    expect(await details(page)).toMatchObject({ value: "late", reason: "DEFAULT" });
  });

  it("is in error where no values arrive in time, and gets ready when they do", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();

    expect(await startOn(page, { baseUri: flags.url, options: { timeout: 0.1 } })).toBe(
      "values did not arrive within 0.1 s",
    );
    expect(await status(page)).toBe("ERROR");
    expect(await details(page)).toMatchObject({ errorCode: "PROVIDER_NOT_READY" });
    flags.say("put", { text: result("late") });

    await page.waitForFunction(() => window.told.includes("ready"));
    expect(await status(page)).toBe("READY");
    expect(await details(page)).toMatchObject({ value: "late" });
  });

  it("is in a fatal state where the service knows no such environment", async () => {
    await using flags = await ScriptedFlags.start();
    flags.poll = { status: 404, body: {} };
    await using page = await newPage();

    expect(await startOn(page, { baseUri: flags.url })).toContain("404");

    expect(await status(page)).toBe("FATAL");
    expect(await details(page)).toMatchObject({ value: "fallback", errorCode: "PROVIDER_FATAL" });
  });

  it("says what is wrong with a context, and goes on with a right one", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("hers") });
    await using page = await newPage();

    expect(await startOn(page, { baseUri: flags.url, context: { kind: "a b" } })).toContain(
      "kind is string a b",
    );
    expect(await status(page)).toBe("ERROR");
    expect(await details(page)).toMatchObject({ errorCode: "PROVIDER_NOT_READY" });
    await setContext(page, ada);

    expect(await status(page)).toBe("READY");
    expect(await details(page)).toMatchObject({ value: "hers" });
  });

  it("keeps a key for a visitor without one", async () => {
    await using flags = await ScriptedFlags.start();
    await using page = await newPage();
    const visitors = () => flags.asked.filter((path) => path.startsWith("/eval/")).map(contextIn);
    const starting = { baseUri: flags.url, context: { plan: "pro" }, options: { timeout: 0.1 } };

    await startOn(page, starting);
    await page.reload();
    await startOn(page, starting);

    expect(visitors()).toEqual([
      { kind: "user", plan: "pro", anonymous: true, key: expect.any(String) },
      visitors()[0],
    ]);
  });

  it("tracks what happened, with what is measured, and delivers it when it is replaced", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", { text: result("first") });
    await using page = await newPage();
    await startOn(page, { baseUri: flags.url });

    await page.evaluate(async () => {
      window.OpenFeature.getClient().track("bought", { value: 9.5, cart: { size: 2 } });
      window.OpenFeature.getClient().track("left");
      await window.OpenFeature.clearProviders();
    });
    await flags.until(() => flags.openStreams === 0 && flags.posted.length > 0);

    const custom = flags.events.filter(({ kind }) => kind === "custom");
    expect(custom).toMatchObject([
      { key: "bought", metricValue: 9.5, data: { cart: { size: 2 } } },
      { key: "left" },
    ]);
    expect(custom[1]).not.toHaveProperty("data");
  });
});

function contextIn(path: string): unknown {
  const [, encoded = ""] = /\/([^/?]+)\?/u.exec(path) ?? [];
  return JSON.parse(Buffer.from(encoded, "base64url").toString());
}
