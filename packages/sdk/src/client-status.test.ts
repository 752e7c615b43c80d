import { describe, expect, it } from "vitest";
import {
  flag,
  keptLines,
  put,
  ScriptedService,
  status,
  streams,
  transfer,
} from "../test/scripted-service.ts";
import { init, type Options, type Staleness } from "./index.ts";

const ada = { kind: "user", key: "ada" };
const { logger } = keptLines();
const quick = { logger, sendEvents: false, reconnectDelayMs: 5 } satisfies Options;
const set = { flags: { checkout: flag(1, "kept") }, segments: {} };

describe("HalyardClient", () => {
  it("says of each answer where it came from, of which version, and how old it is", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": [streams(transfer("xfer-full", 3, "new")), status(503)],
    });
    await using flags = init("sdk-test", { ...quick, baseUri: service.url, bootstrap: set });
    const detail = (key = "checkout") => flags.variationDetail(key, ada, "fallback");
    const seen: unknown[] = [];
    flags.on("status", (now) => seen.push([now.status, now.error?.message]));

    const before = detail();
    await flags.waitForInitialization();
    await expect.poll(() => flags.status).toBe("live");
    const during = detail();
    service.open.get("/sdk/stream")?.[0]?.destroy();
    await expect.poll(() => flags.status).toBe("stale");
    const after = detail();

    expect(before).toMatchObject({ value: "kept", source: "bootstrap", version: undefined });
    expect(during).toMatchObject({ value: "new", source: "stream", version: 3 });
    expect(after).toMatchObject({ value: "new", source: "stream", version: 3 });
    expect(after.ageMs).toBeGreaterThanOrEqual(0);
    expect(detail("nope")).toMatchObject({ value: "fallback", source: "fallback" });
    expect(seen).toEqual([
      ["live", undefined],
      ["stale", expect.stringMatching(/aborted|ended|hang up/u)],
    ]);
  });

  it("has neither age nor version before there are flags, and is offline once it was refused", async () => {
    await using service = await ScriptedService.start({ "/sdk/stream": status(401) });
    await using flags = init("sdk-test", { ...quick, baseUri: service.url });

    expect([flags.status, flags.ageMs, flags.version]).toEqual([
      "initializing",
      undefined,
      undefined,
    ]);
    const { status: outcome } = await flags.waitForInitialization();

    expect([outcome, flags.status, flags.source]).toEqual(["failed", "offline", undefined]);
  });

  it("tells once that its flags have not been confirmed for too long", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": [streams(transfer("xfer-full", 3, "new")), status(503)],
    });
    const options = { ...quick, baseUri: service.url, maxStalenessMs: 100 };
    await using flags = init("sdk-test", options);
    await flags.waitForInitialization();
    const told: Staleness[] = [];
    flags.on("stale", (staleness) => told.push(staleness));

    service.open.get("/sdk/stream")?.[0]?.destroy();
    await expect.poll(() => service.askedFor("/sdk/stream").length).toBeGreaterThan(4);
    await expect.poll(() => told.length).toBe(1);

    expect(told[0]).toMatchObject({ source: "stream", version: 3 });
    expect(told[0]?.ageMs).toBeGreaterThan(90);
  });

  it("serves what it was given where it is to stay offline, and asks nobody", async () => {
    await using service = await ScriptedService.start({});
    const options = { ...quick, baseUri: service.url, offline: true, bootstrap: set };
    await using flags = init(undefined, options);

    const start = await flags.waitForInitialization();

    expect(start).toMatchObject({ status: "complete", source: "bootstrap" });
    expect([flags.stringVariation("checkout", ada, "no"), flags.status]).toEqual([
      "kept",
      "offline",
    ]);
    expect(service.asked).toEqual([]);
  });

  it("leaves the flags that it was given to begin with as they are", async () => {
    const given = Object.freeze({
      flags: { checkout: Object.freeze({ ...flag(1, "kept"), key: "other", rules: [] }) },
    });
    await using flags = init(undefined, { logger, offline: true, bootstrap: given });

    expect(flags.stringVariation("checkout", ada, "no")).toBe("kept");
    expect(given.flags.checkout.key).toBe("other");
  });

  it("says that it cannot start where it is offline without flags, or with broken ones", async () => {
    const { lines, logger: keeping } = keptLines();
    await using flags = init(undefined, { logger: keeping, offline: true, bootstrap: ["oops"] });

    const { status: outcome, error } = await flags.waitForInitialization();

    expect([outcome, error?.message]).toEqual(["failed", expect.stringContaining("offline")]);
    expect(lines).toEqual([
      "halyard: the flags of bootstrap cannot be used: the set of flags is not an object.",
    ]);
  });

  it("asks on behalf of one context where it is bound to it", async () => {
    await using flags = init(undefined, { logger, offline: true, bootstrap: set });
    const bound = flags.forContext(ada);

    expect(bound.variation("checkout", "no")).toBe("kept");
    expect(bound.stringVariation("checkout", "no")).toBe("kept");
    expect(bound.boolVariation("checkout", true)).toBe(true);
    expect(bound.variationDetail("checkout", "no").value).toBe("kept");
    expect(bound.allFlagsState().allValues()).toEqual({ checkout: "kept" });
  });

  it("warns of options that do not exist, and names the right ones", async () => {
    const { lines, logger: keeping } = keptLines();
    const options = { offline: true, logger: keeping, pollInterval: 30, cachepath: "x", colour: 1 };

    await using _flags = init(undefined, options as Options);

    expect(lines.slice(0, 3)).toEqual([
      'halyard: there is no option "pollInterval"; write pollIntervalMs, in milliseconds.',
      'halyard: there is no option "cachepath"; write cachePath.',
      'halyard: there is no option "colour"; it is passed over.',
    ]);
  });
});

describe("clients of the same server and key", () => {
  it("share one stream, whose last user closes it", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": status(404),
      "/all": streams(put(3, "new", "e:3")),
    });
    const clients = Array.from({ length: 100 }, () =>
      init("sdk-test", { ...quick, baseUri: service.url }),
    );
    await Promise.all(clients.map((one) => one.waitForInitialization()));
    const [first, second] = clients;

    expect(service.askedFor("/all")).toHaveLength(1);
    expect(await service.connections()).toBe(1);
    await Promise.all(clients.slice(2).map((one) => one.close()));
    await first?.close();
    expect([first?.status, second?.status]).toEqual(["offline", "live"]);
    await second?.close();

    await expect.poll(() => service.connections()).toBe(0);
  });

  it("are ready at once where another one is", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    await using first = init("sdk-test", { ...quick, baseUri: service.url });
    await first.waitForInitialization();

    await using second = init("sdk-test", { ...quick, baseUri: service.url });

    expect(second.stringVariation("checkout", ada, "fallback")).toBe("new");
    expect(await second.waitForInitialization()).toMatchObject({ source: "stream" });
  });

  it("count for themselves, also after a change", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
      "/bulk": status(202),
    });
    const options = { ...quick, baseUri: service.url, sendEvents: true };
    await using first = init("sdk-test", options);
    await using second = init("sdk-test", options);
    await first.waitForInitialization();
    const ask = (): string[] =>
      [first, second].map((one) => one.stringVariation("checkout", ada, "fallback"));
    ask();
    service.say("/sdk/stream", transfer("xfer-changes", 4, "newest"));
    await expect.poll(ask).toEqual(["newest", "newest"]);

    await first.flush();

    const summary = service.events.find(({ kind }) => kind === "summary");
    expect(summary).toMatchObject({
      features: {
        checkout: { counters: [{ version: 3, count: expect.any(Number) }, { version: 4 }] },
      },
    });
    await second.flush();
    expect(service.events.filter(({ kind }) => kind === "summary")).toHaveLength(2);
  });

  it("have streams of their own where their settings differ", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new")),
    });
    await using _first = init("sdk-one", { ...quick, baseUri: service.url });
    await using _second = init("sdk-two", { ...quick, baseUri: service.url });

    await expect.poll(() => service.askedFor("/sdk/stream").length).toBe(2);

    expect(service.asked.map(({ headers }) => headers.authorization).sort()).toEqual([
      "sdk-one",
      "sdk-two",
    ]);
  });
});
