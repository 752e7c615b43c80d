import { describe, expect, it } from "vitest";
import {
  document,
  event,
  flag,
  keptLines,
  polled,
  put,
  type Script,
  ScriptedService,
  status,
  streams,
  streamsAndEnds,
  transfer,
  upToDate,
} from "../../test/scripted-service.ts";
import { type HalyardClient, init, type Options } from "../index.ts";

const ada = { kind: "user", key: "ada" };
const value = (flags: HalyardClient): string => flags.stringVariation("checkout", ada, "fallback");
const changed = (flags: HalyardClient): Promise<void> =>
  new Promise((resolve) => flags.on("change:checkout", () => resolve()));
const set = (version: number, given: string) => ({
  flags: { checkout: flag(version, given) },
  segments: {},
});

async function start(script: Script, options: Options = {}) {
  const service = await ScriptedService.start(script);
  const { lines, logger } = keptLines();
  const flags = init("sdk-test", {
    baseUri: service.url,
    logger,
    sendEvents: false,
    reconnectDelayMs: 5,
    ...options,
  });
  return {
    service,
    flags,
    lines,
    async [Symbol.asyncDispose]() {
      await flags.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

describe("a stream of the second generation", () => {
  it("is what a client asks for first, and serves what was transferred", async () => {
    await using app = await start({ "/sdk/stream": streams(transfer("xfer-full", 3, "new")) });

    const initialization = await app.flags.waitForInitialization();

    expect(initialization).toMatchObject({ status: "complete", source: "stream" });
    expect([value(app.flags), app.flags.version]).toEqual(["new", 3]);
    expect(app.service.asked.map(({ path }) => path)).toEqual(["/sdk/stream"]);
  });

  it("goes on from the state that is held, and is live again where nothing happened", async () => {
    await using app = await start({
      "/sdk/stream": [streamsAndEnds(transfer("xfer-full", 3, "new")), streams(upToDate)],
    });

    await expect.poll(() => app.service.askedFor("/sdk/stream").length).toBe(2);

    expect(app.service.asked[1]?.query.get("basis")).toBe("e:3");
    await expect.poll(() => app.flags.status).toBe("live");
    expect(value(app.flags)).toBe("new");
  });

  it("applies a round when it is complete, and not before", async () => {
    await using app = await start({ "/sdk/stream": streams(transfer("xfer-full", 3, "new")) });
    await app.flags.waitForInitialization();
    const change = changed(app.flags);
    const whole = transfer("xfer-changes", 4, "newest");
    const cut = whole.indexOf("event: payload-transferred");

    app.service.say("/sdk/stream", whole.slice(0, cut));
    app.service.say("/sdk/stream", ": e:3\n\n");
    expect(value(app.flags)).toBe("new");
    app.service.say("/sdk/stream", whole.slice(cut));
    await change;

    expect([value(app.flags), app.flags.version]).toEqual(["newest", 4]);
  });

  it("follows a service that names its states otherwise, without looking at versions", async () => {
    await using app = await start({
      "/sdk/stream": [
        streamsAndEnds(
          transfer("xfer-full", 9, "new", "(p:a:9)") +
            transfer("xfer-changes", 2, "restored", "(p:a:10)"),
        ),
        streams(upToDate),
      ],
    });

    await expect.poll(() => app.service.askedFor("/sdk/stream").length).toBe(2);

    expect(value(app.flags)).toBe("restored");
    expect(app.service.asked[1]?.query.get("basis")).toBe("(p:a:10)");
  });

  it("comes back after a goodbye without a word of trouble", async () => {
    const goodbye = event("goodbye", { reason: "upgrade" });
    await using app = await start({
      "/sdk/stream": [
        streams(transfer("xfer-full", 3, "new") + goodbye),
        streams(transfer("xfer-changes", 4, "newest")),
      ],
    });
    const statuses: string[] = [];
    app.flags.on("status", (now) => statuses.push(now.status));

    await expect.poll(() => app.flags.version).toBe(4);

    expect(value(app.flags)).toBe("newest");
    expect([statuses, app.lines]).toEqual([["live"], []]);
  });

  it("starts afresh where an event is malformed, and keeps what it has", async () => {
    await using app = await start({
      "/sdk/stream": [
        streams(`${transfer("xfer-full", 3, "new")}event: put-object\ndata: {oops\n\n`),
        streams(transfer("xfer-full", 4, "repaired")),
      ],
    });
    await app.flags.waitForInitialization();
    expect(value(app.flags)).toBe("new");

    await changed(app.flags);

    expect(value(app.flags)).toBe("repaired");
  });

  it.each([
    ["does not know its address", status(404)],
    ["sends it back", status(503, { "x-ld-fd-fallback": "true" })],
    ["sends it back while it serves", streams("", { "x-ld-fd-fallback": "true" })],
  ])("gives way to the first where the service %s", async (_, answer) => {
    await using app = await start({ "/sdk/stream": answer, "/all": streams(put(3, "new", "e:3")) });

    await app.flags.waitForInitialization();

    expect(value(app.flags)).toBe("new");
    expect(app.lines).toEqual([]);
  });
});

describe("a stream of the first generation", () => {
  it("is asked for at once where it is chosen, with the filter", async () => {
    const options = { generation: "first", filter: "web" } as const;
    await using app = await start({ "/all": streams(put(3, "new")) }, options);

    await app.flags.waitForInitialization();

    expect(app.service.asked.map(({ path, query }) => [path, query.get("filter")])).toEqual([
      ["/all", "web"],
    ]);
  });

  it("takes a set that is not numbered as it is, whatever the versions", async () => {
    await using app = await start(
      { "/all": [streamsAndEnds(put(9, "new")), streams(put(2, "restored"))] },
      { generation: "first" },
    );

    await expect.poll(() => value(app.flags)).toBe("restored");
  });
});

describe("polling", () => {
  it("takes the place of streams that open and say nothing", async () => {
    await using app = await start(
      {
        "/sdk/stream": streams(""),
        "/sdk/poll": polled(3, "polled"),
      },
      { readTimeoutMs: 20 },
    );

    const initialization = await app.flags.waitForInitialization();

    expect(initialization.source).toBe("poll");
    expect([value(app.flags), app.flags.status]).toEqual(["polled", "live"]);
    expect(app.service.askedFor("/sdk/stream")).toHaveLength(2);
  });

  it("is all that happens where streaming is switched off, and reads no document twice", async () => {
    await using app = await start(
      {
        "/sdk/latest-all": [
          document(set(3, "old"), { etag: '"3"' }),
          document(set(3, "old"), { etag: '"3"' }),
          document(set(4, "new"), { etag: '"4"' }),
        ],
      },
      { streaming: false, pollIntervalMs: 5 },
    );

    await changed(app.flags);
    await expect.poll(() => value(app.flags)).toBe("new");

    const [first, second] = app.service.askedFor("/sdk/latest-all");
    expect(app.service.askedFor("/sdk/poll")).toHaveLength(1);
    expect([first?.headers["if-none-match"], second?.headers["if-none-match"]]).toEqual([
      undefined,
      '"3"',
    ]);
    expect(first?.headers["accept-encoding"]).toBe("gzip");
  });

  it("is stale while polls fail, and live again with the next that does not", async () => {
    const fine = document(set(3, "new"), { etag: '"3"' });
    await using app = await start(
      { "/sdk/latest-all": [fine, status(500), fine] },
      { streaming: false, pollIntervalMs: 5, generation: "first" },
    );
    const statuses: string[] = [];
    app.flags.on("status", (now) => statuses.push(now.status));

    await expect.poll(() => statuses.length).toBe(3);

    expect(statuses).toEqual(["live", "stale", "live"]);
    expect(app.lines.join()).toContain("the server answered 500; serving the flags of before");
  });
});
