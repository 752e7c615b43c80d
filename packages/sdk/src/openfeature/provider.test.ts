import { randomUUID } from "node:crypto";
import { type Client, OpenFeature, ProviderEvents, ProviderStatus } from "@openfeature/server-sdk";
import { afterAll, describe, expect, it } from "vitest";
import {
  flag,
  keptLines,
  ScriptedService,
  status,
  streams,
  transfer,
} from "../../test/scripted-service.ts";
import { type HalyardClient, init, type Options } from "../index.ts";
import { testFlags } from "../testing/index.ts";
import { HalyardProvider, type ProviderOptions } from "./index.ts";

const { logger } = keptLines();
const ada = { targetingKey: "ada", plan: "pro" };
const shares = { variations: [{ variation: 1, weight: 100_000 }] };
const forPro = { attribute: "plan", op: "in", values: ["pro"] };

const definitions: Readonly<Record<string, object>> = {
  plain: { fallthrough: { variation: 0 } },
  off: { on: false },
  silent: { on: false, offVariation: null },
  ruled: { rules: [{ id: "r1", clauses: [forPro], variation: 1 }] },
  shared: { fallthrough: { rollout: shares } },
  sharedByRule: { rules: [{ clauses: [forPro], rollout: shares }] },
  tested: { fallthrough: { rollout: { ...shares, kind: "experiment" } } },
  targeted: { targets: [{ values: ["ada"], variation: 1 }] },
  requiring: { prerequisites: [{ key: "off", variation: 1 }] },
  broken: { fallthrough: { variation: 9 } },
};

/** A client without a network, whose flags give "a" unless their definition says otherwise. */
function offline(): HalyardClient {
  const basis = { version: 1, on: true, variations: ["a", "b"], fallthrough: { variation: 0 } };
  const flags = Object.entries(definitions).map(([key, definition]) => [
    key,
    { ...basis, offVariation: 0, key, salt: "s", ...definition },
  ]);
  const bootstrap = { flags: Object.fromEntries(flags), segments: {} };
  return init(undefined, { logger, offline: true, bootstrap });
}

function boundTo(flags: HalyardClient, options?: ProviderOptions): [string, HalyardProvider] {
  return [randomUUID(), new HalyardProvider(flags, options)];
}

async function clientOf(flags: HalyardClient, options?: ProviderOptions): Promise<Client> {
  const [domain, provider] = boundTo(flags, options);
  await OpenFeature.setProviderAndWait(domain, provider);
  return OpenFeature.getClient(domain);
}

afterAll(() => OpenFeature.close());

describe("HalyardProvider", () => {
  it("resolves values of every type", async () => {
    await using flags = testFlags({ on: true, name: "new", size: 1.5, limits: { max: [3] } });
    const client = await clientOf(flags);

    expect(await client.getBooleanValue("on", false, ada)).toBe(true);
    expect(await client.getStringValue("name", "old", ada)).toBe("new");
    expect(await client.getNumberValue("size", 0, ada)).toBe(1.5);
    expect(await client.getObjectValue("limits", {}, ada)).toEqual({ max: [3] });
  });

  it.each([
    ["plain", "STATIC", "a", "0"],
    ["off", "DISABLED", "a", "0"],
    ["silent", "DISABLED", "fallback", undefined],
    ["ruled", "TARGETING_MATCH", "b", "1"],
    ["shared", "SPLIT", "b", "1"],
    ["sharedByRule", "SPLIT", "b", "1"],
    ["targeted", "TARGETING_MATCH", "b", "1"],
    ["requiring", "DEFAULT", "a", "0"],
  ])("says of the flag %s that the reason is %s", async (key, reason, value, variant) => {
    await using flags = offline();
    const client = await clientOf(flags);

    const details = await client.getStringDetails(key, "fallback", ada);

    expect(details).toMatchObject({ flagKey: key, reason, value });
    expect(details.variant).toBe(variant);
    expect(details.errorCode).toBeUndefined();
  });

  it("says DEFAULT where targeting had nobody like that", async () => {
    await using flags = offline();
    const client = await clientOf(flags);

    for (const key of ["ruled", "targeted"]) {
      const { reason } = await client.getStringDetails(key, "x", { targetingKey: "grace" });
      expect(reason).toBe("DEFAULT");
    }
  });

  it("tells in the metadata what our client knows of the answer", async () => {
    await using flags = offline();
    const client = await clientOf(flags);
    const metadata = async (key: string) => {
      const { flagMetadata } = await client.getStringDetails(key, "x", ada);
      return flagMetadata;
    };

    expect(await metadata("ruled")).toEqual({
      source: "bootstrap",
      ageMs: expect.any(Number),
      variationIndex: 1,
      basis: "targeting",
      reasonKind: "RULE_MATCH",
      ruleIndex: 0,
      ruleId: "r1",
    });
    expect(await metadata("tested")).toMatchObject({ inExperiment: true, basis: "rollout" });
    expect(await metadata("requiring")).toMatchObject({
      reasonKind: "PREREQUISITE_FAILED",
      prerequisiteKey: "off",
    });
    expect(await metadata("nope")).toMatchObject({ source: "fallback", reasonKind: "ERROR" });
  });

  it("calls variants and flags what the app calls them", async () => {
    await using flags = offline();
    const client = await clientOf(flags, {
      flags: { ruled: { variants: ["old", "new"], metadata: { owner: "team-a" } } },
      answerMetadata: false,
    });

    expect(await client.getStringDetails("ruled", "x", ada)).toMatchObject({ variant: "new" });
    const { flagMetadata } = await client.getStringDetails("ruled", "x", ada);
    expect(flagMetadata).toEqual({ owner: "team-a" });
    expect(await client.getStringDetails("plain", "x", ada)).toMatchObject({
      variant: "0",
      flagMetadata: {},
    });
  });

  it.each([
    ["nope", ada, "FLAG_NOT_FOUND", "no such flag"],
    ["broken", ada, "PARSE_ERROR", "malformed"],
    ["plain", { targetingKey: "ada", kind: "a b" }, "INVALID_CONTEXT", "kind is string a b"],
    ["shared", { plan: "pro" }, "TARGETING_KEY_MISSING", "targetingKey"],
  ])("gives the fallback and an error code: %s, %o, %s", async (key, context, code, message) => {
    await using flags = offline();
    const client = await clientOf(flags);

    expect(await client.getStringDetails(key, "fallback", context)).toMatchObject({
      value: "fallback",
      reason: "ERROR",
      errorCode: code,
      errorMessage: expect.stringContaining(message),
    });
  });

  it("gives the fallback where the flag is of another type", async () => {
    await using flags = testFlags({ name: "new", on: true });
    const client = await clientOf(flags);
    const error = { reason: "ERROR", errorCode: "TYPE_MISMATCH" };

    expect(await client.getBooleanDetails("name", false)).toMatchObject({ value: false, ...error });
    expect(await client.getNumberDetails("name", 13)).toMatchObject({ value: 13, ...error });
    expect(await client.getStringDetails("on", "x")).toMatchObject({ value: "x", ...error });
    expect(await client.getObjectDetails("on", { a: 1 })).toMatchObject({
      value: { a: 1 },
      ...error,
    });
  });

  it("answers those without a key where the flag asks for none", async () => {
    await using flags = offline();
    const client = await clientOf(flags);

    expect(await client.getStringDetails("plain", "x")).toMatchObject({ reason: "STATIC" });
    expect(await client.getStringDetails("ruled", "x", { plan: "pro" })).toMatchObject({
      value: "b",
      reason: "TARGETING_MATCH",
    });
  });

  it("evaluates for several kinds at once", async () => {
    await using flags = testFlags({ seats: 1 });
    flags.when({ kind: "org", key: "acme" }, { seats: 50 });
    const client = await clientOf(flags);

    const context = { kind: "multi", user: { targetingKey: "ada" }, org: { key: "acme" } };
    expect(await client.getNumberValue("seats", 0, context)).toBe(50);
  });

  it("tells once of all flags that a change may have altered", async () => {
    await using flags = testFlags({ checkout: "old", seats: 1 });
    const client = await clientOf(flags);
    const told: unknown[] = [];
    const first = new Promise<void>((resolve) => {
      client.addHandler(ProviderEvents.ConfigurationChanged, (about) => {
        told.push(about?.flagsChanged);
        resolve();
      });
    });

    flags.set("checkout", "new");
    flags.set("seats", 2);
    flags.set("checkout", "newer");

    await first;
    expect(told).toEqual([["checkout", "seats"]]);
  });

  it("tracks what happened, with what is measured", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
      "/bulk": status(202),
    });
    await using flags = init("sdk-test", { logger, baseUri: service.url });
    const client = await clientOf(flags);

    client.track("bought", ada, { value: 9.5, at: new Date(0) });
    client.track("left", ada);
    await flags.flush();

    const custom = service.events.filter(({ kind }) => kind === "custom");
    expect(custom).toMatchObject([
      {
        key: "bought",
        metricValue: 9.5,
        data: { at: "1970-01-01T00:00:00.000Z" },
        context: { kind: "user", key: "ada" },
      },
      { key: "left", context: { kind: "user", key: "ada" } },
    ]);
    expect(custom[1]).not.toHaveProperty("data");
  });

  it("closes its client when it is replaced", async () => {
    await using flags = testFlags({ checkout: "old" });
    const [domain, provider] = boundTo(flags);
    await OpenFeature.setProviderAndWait(domain, provider);

    await OpenFeature.setProviderAndWait(domain, boundTo(testFlags())[1]);

    expect(flags.status).toBe("offline");
  });
});

describe("HalyardProvider and its service", () => {
  const quick = { logger, sendEvents: false, reconnectDelayMs: 5 } satisfies Options;

  it("is stale while the line is lost, and ready when it is back", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": [
        streams(transfer("xfer-full", 3, "new")),
        status(503),
        streams(transfer("xfer-full", 4, "newer")),
      ],
    });
    await using flags = init("sdk-test", { ...quick, baseUri: service.url, streaming: true });
    const client = await clientOf(flags);
    const reasons = async () => (await client.getStringDetails("checkout", "x", ada)).reason;
    const told: string[] = [];
    let whileStale: Promise<string | undefined> | undefined;
    client.addHandler(ProviderEvents.Stale, () => {
      told.push("stale");
      whileStale ??= reasons();
    });
    expect(await reasons()).toBe("DISABLED");

    service.open.get("/sdk/stream")?.[0]?.destroy();
    await expect.poll(() => told).toContain("stale");

    expect(await whileStale).toBe("STALE");
    await expect.poll(() => client.providerStatus).toBe(ProviderStatus.READY);
    expect(await client.getStringDetails("checkout", "x", ada)).toMatchObject({
      value: "newer",
      reason: "DISABLED",
      flagMetadata: { source: "stream", version: 4 },
    });
  });

  it("says that answers are cached where it began from its cache", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": status(503),
      "/sdk/poll": status(503),
    });
    const kept = { data: JSON.stringify({ flags: { checkout: flag(1, "kept") }, segments: {} }) };
    const cache = {
      name: "cache" as const,
      read: () => ({ ...kept, id: undefined, savedAt: Date.now() }),
      keep: () => undefined,
      close: () => Promise.resolve(),
    };
    await using flags = init("sdk-test", { ...quick, baseUri: service.url, cache });
    const client = await clientOf(flags);

    await expect.poll(() => client.providerStatus).toBe(ProviderStatus.STALE);
    expect(await client.getStringDetails("checkout", "x", ada)).toMatchObject({
      value: "kept",
      reason: "CACHED",
      flagMetadata: { source: "cache", reasonKind: "OFF" },
    });
  });

  it("is in a fatal state where the service refuses its key", async () => {
    await using service = await ScriptedService.start({ "/sdk/stream": status(401) });
    await using flags = init("sdk-test", { ...quick, baseUri: service.url });
    const [domain, provider] = boundTo(flags);
    const client = OpenFeature.getClient(domain);

    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow("401");

    expect(client.providerStatus).toBe(ProviderStatus.FATAL);
    expect(await client.getStringDetails("checkout", "x", ada)).toMatchObject({
      value: "x",
      errorCode: "PROVIDER_FATAL",
    });
  });

  it("is in error where no flags arrive in time, and gets ready when they do", async () => {
    await using service = await ScriptedService.start({ "/sdk/stream": streams(": hello\n\n") });
    await using flags = init("sdk-test", { ...quick, baseUri: service.url });
    const [domain, provider] = boundTo(flags, { timeout: 0.05 });
    const client = OpenFeature.getClient(domain);

    await expect(OpenFeature.setProviderAndWait(domain, provider)).rejects.toThrow("0.05 s");
    expect(client.providerStatus).toBe(ProviderStatus.ERROR);
    expect(await client.getStringDetails("checkout", "x", ada)).toMatchObject({
      errorCode: "PROVIDER_NOT_READY",
    });
    service.say("/sdk/stream", transfer("xfer-full", 3, "new"));

    await expect.poll(() => client.providerStatus).toBe(ProviderStatus.READY);
    expect(await client.getStringValue("checkout", "x", ada)).toBe("new");
  });
});
