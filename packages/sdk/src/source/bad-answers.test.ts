import { describe, expect, it } from "vitest";
import { FastClock } from "../../test/fast-clock.ts";
import {
  type Answer,
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
} from "../../test/scripted-service.ts";
import { init } from "../index.ts";
import { RemoteSource } from "./remote-source.ts";
import { Transport } from "./transport.ts";

const ada = { kind: "user", key: "ada" };

/** A client whose waits take no time, and are told. By its dice each is half as long as it may be. */
async function start(script: Script, streaming: boolean) {
  const service = await ScriptedService.start(script);
  const { lines, logger } = keptLines();
  const waits: number[] = [];
  const clock = new FastClock(
    () => 0.5,
    (ms) => void waits.push(ms),
  );
  const settings = {
    transport: new Transport({ proxy: undefined, ca: undefined, rejectUnauthorized: true }),
    streamUri: service.url,
    baseUri: service.url,
    headers: { authorization: "sdk-test" },
    filter: undefined,
    generation: "second",
    streaming,
    pollIntervalMs: 30_000,
    reconnectDelayMs: 1_000,
    readTimeoutMs: undefined,
    connectTimeoutMs: 10_000,
  } as const;
  const flags = init(undefined, {
    source: new RemoteSource(settings, clock),
    logger,
    warnBeforeReady: false,
  });
  const served: string[] = [];
  flags.on("status", ({ status: now }) => {
    served.push(`${now}: ${flags.stringVariation("checkout", ada, "fallback")}`);
  });
  return {
    service,
    flags,
    lines,
    waits,
    served,
    async [Symbol.asyncDispose]() {
      await flags.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

const page: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/html" }).end("<p>Please log in</p>");
};
const elsewhere: Answer = (response, { path }) => {
  response.writeHead(301, { location: `http://elsewhere.invalid${path}` }).end();
};

/**
 * "soon" passes by itself, "seldom" needs a person, and "first generation" is asked for at once, and
 * then seldom. A number says how long the server wants to be left alone.
 */
const regimes = [
  ["200 with a page", page, "soon"],
  ["204", status(204), "soon"],
  ["301 to another host", elsewhere, "seldom"],
  ["400", status(400), "soon"],
  ["401", status(401), "seldom"],
  ["403", status(403), "seldom"],
  ["404", status(404), "first generation"],
  ["405", status(405), "first generation"],
  ["408", status(408), "soon"],
  ["413", status(413), "seldom"],
  ["429 with Retry-After", status(429, { "retry-after": "70" }), 70_000],
  ["500", status(500), "soon"],
  ["502", status(502), "soon"],
  ["503 with Retry-After", status(503, { "retry-after": "90" }), 90_000],
  ["504", status(504), "soon"],
] as const;

type Regime = (typeof regimes)[number][2];

function waitOf(regime: Regime, soonMs: number): number {
  if (typeof regime === "number") return regime + soonMs;
  return regime === "soon" ? soonMs : 225_000;
}

const set = (version: number, value: string): Answer =>
  document({ flags: { checkout: flag(version, value) }, segments: {} });

describe("a bad answer", () => {
  it.each(regimes)("of %s to the first connection is not the last word", async (...row) => {
    const [, answer, regime] = row;
    await using app = await start(
      {
        "/sdk/stream": [answer, streams(transfer("xfer-full", 3, "new"))],
        "/all": [answer, streams(put(3, "new", "e:3"))],
      },
      true,
    );

    await expect.poll(() => app.flags.status).toBe("live");

    expect(app.waits).toEqual([waitOf(regime, 500)]);
    expect(app.served).toEqual(["offline: fallback", "live: new"]);
    expect(app.lines.filter((line) => line.includes("serving fallbacks"))).toHaveLength(1);
    expect(app.service.askedFor("/all")).toHaveLength(regime === "first generation" ? 2 : 0);
  });

  it.each(regimes)("of %s to a later connection costs no flag", async (...row) => {
    const [, answer, regime] = row;
    await using app = await start(
      {
        "/sdk/stream": [
          streamsAndEnds(transfer("xfer-full", 3, "new")),
          answer,
          streams(transfer("xfer-full", 4, "newest")),
        ],
        "/all": [answer, streams(put(4, "newest", "e:4"))],
      },
      true,
    );

    await expect.poll(() => app.flags.version).toBe(4);

    expect(app.waits).toEqual([500, waitOf(regime, 1_000)]);
    expect(app.served).toEqual(["live: new", "stale: new", "live: newest"]);
  });

  it.each(regimes)("of %s to a poll costs no flag", async (...row) => {
    const [, answer, regime] = row;
    await using app = await start(
      {
        "/sdk/poll": [polled(3, "new"), answer, polled(4, "newest")],
        "/sdk/latest-all": [answer, set(4, "newest")],
      },
      false,
    );

    await expect.poll(() => app.served.length).toBeGreaterThanOrEqual(3);

    expect(app.served.slice(0, 3)).toEqual(["live: new", "stale: new", "live: newest"]);
    // The first poll is due at once, and the next after a time like that between any two.
    const wait = typeof regime === "number" ? regime : waitOf(regime, 36_000);
    expect(app.waits.slice(0, 3)).toEqual([0, 30_000, wait]);
    expect(app.lines[0]).toContain("serving the flags of before");
  });

  it("that sends a client to another port takes its key nowhere", async () => {
    await using other = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "stolen")),
    });
    await using app = await start(
      {
        "/sdk/stream": [
          status(302, { location: `${other.url}/sdk/stream` }),
          streams(transfer("xfer-full", 3, "new")),
        ],
      },
      true,
    );

    await expect.poll(() => app.flags.status).toBe("live");

    expect([other.asked, app.served]).toEqual([[], ["offline: fallback", "live: new"]]);
    expect(app.lines[0]).toContain(`redirects to ${other.url}/sdk/stream (302)`);
  });
});

/** Streams are refused for so long that polls take their place. */
const noStream = status(500);

describe("polls in the place of a stream", () => {
  it("begin where a page answers in its place", async () => {
    await using app = await start({ "/sdk/stream": page, "/sdk/poll": polled(3, "new") }, true);

    await expect.poll(() => app.flags.status).toBe("live");

    expect([app.flags.source, app.served]).toEqual(["poll", ["offline: fallback", "live: new"]]);
    expect(app.lines[0]).toContain("answered with text/html in place of a stream");
  });

  it("begin no sooner than a server that refused the stream asked for", async () => {
    await using app = await start(
      {
        "/sdk/stream": status(503, { "retry-after": "130" }),
        "/sdk/poll": polled(3, "polled"),
      },
      true,
    );

    await expect.poll(() => app.flags.status).toBe("live");

    const [first, second] = app.waits;
    expect([first, second]).toEqual([130_500, 130_000]);
  });

  it("are current enough that a stream that still fails is no news", async () => {
    await using app = await start({ "/sdk/stream": noStream, "/sdk/poll": polled(3, "new") }, true);
    await expect.poll(() => app.flags.status).toBe("live");
    const before = app.service.askedFor("/sdk/stream").length;

    await expect.poll(() => app.service.askedFor("/sdk/stream").length).toBeGreaterThan(before + 3);

    expect(app.served).toEqual(["offline: fallback", "live: new"]);
    expect(app.lines.filter((line) => line.includes("500"))).toHaveLength(1);
  });

  it("ask for everything again where what they were sent could not be read", async () => {
    const broken = document({ flags: [] }, { etag: '"3"' });
    await using app = await start(
      { "/sdk/latest-all": [broken, set(3, "new")], "/sdk/poll": status(404) },
      false,
    );

    await expect.poll(() => app.flags.status).toBe("live");

    expect(app.served.at(-1)).toBe("live: new");
    expect(app.service.askedFor("/sdk/latest-all")[1]?.headers["if-none-match"]).toBeUndefined();
  });

  it("do not take the set of before for current where a stream has changed it since", async () => {
    const same = document(
      { flags: { checkout: flag(3, "A") }, segments: {} },
      { etag: '"content of A"' },
    );
    await using app = await start(
      {
        "/sdk/stream": status(404),
        "/all": [
          ...Array.from({ length: 13 }, () => noStream),
          streamsAndEnds(event("put", { data: { flags: { checkout: flag(4, "B") } } })),
          noStream,
        ],
        "/sdk/latest-all": same,
      },
      true,
    );

    await expect.poll(() => app.served.length).toBe(4);

    expect(app.served).toEqual(["offline: fallback", "live: A", "stale: B", "live: A"]);
  });
});
