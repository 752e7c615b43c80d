import { describe, expect, it } from "vitest";
import { FastClock } from "../../test/fast-clock.ts";
import { keptLines, type Script, ScriptedService, status } from "../../test/scripted-service.ts";
import { Log } from "../logger.ts";
import { Transport } from "../source/transport.ts";
import { Delivery } from "./delivery.ts";

async function start(script: Script, timeoutMs = 10_000) {
  const service = await ScriptedService.start(script);
  const { lines, logger } = keptLines();
  const sleeps: number[] = [];
  let onSleep = (): Promise<void> | void => undefined;
  const clock = new FastClock(Math.random, (ms) => {
    sleeps.push(ms);
    return onSleep();
  });
  const delivery = new Delivery({
    transport: new Transport({ proxy: undefined, ca: undefined, rejectUnauthorized: true }),
    eventsUri: service.url,
    headers: { authorization: "sdk-test" },
    retryDelayMs: 1_000,
    timeoutMs,
    gzip: false,
    log: new Log(logger),
    clock,
  });
  return {
    service,
    delivery,
    lines,
    sleeps,
    duringSleep: (act: () => Promise<void> | void) => {
      onSleep = act;
    },
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}

const page = (type: string) => status(200, { "content-type": type });
const elsewhere = "http://elsewhere.invalid/bulk";

/** After a bad answer the next is a good one: how many attempts arrive, and how long is rested. */
const regimes = [
  ["200 with a page", page("text/html; charset=utf-8"), "again", 1_000],
  ["200", page("text/plain"), "taken", 0],
  ["204", status(204), "taken", 0],
  ["301 to another host", status(301, { location: elsewhere }), "dropped", 0],
  ["400", status(400), "again", 1_000],
  ["401", status(401), "dropped", 0],
  ["403", status(403), "dropped", 0],
  ["404", status(404), "dropped", 0],
  ["405", status(405), "dropped", 0],
  ["408", status(408), "again", 1_000],
  ["413", status(413), "dropped", 0],
  ["429 with Retry-After", status(429, { "retry-after": "7" }), "again", 7_000],
  ["500", status(500), "again", 1_000],
  ["502", status(502), "again", 1_000],
  ["503 with Retry-After", status(503, { "retry-after": "3600" }), "again", 30_000],
  ["504", status(504), "again", 1_000],
] as const;

describe("a batch of events", () => {
  it.each(regimes)(
    "that is answered with %s meets its end, and the next arrives",
    async (...row) => {
      const [, answer, end, restMs] = row;
      await using app = await start({ "/bulk": [answer, status(202)] });

      await app.delivery.postEvents(["1"]);
      await app.delivery.postEvents(["2"]);

      const bodies = app.service.askedFor("/bulk").map(({ body }) => body.toString());
      expect(bodies).toEqual(end === "again" ? ["[1]", "[1]", "[2]"] : ["[1]", "[2]"]);
      expect(app.sleeps.map((ms) => Math.round(ms))).toEqual(restMs === 0 ? [] : [restMs]);
      expect(app.lines).toHaveLength(end === "dropped" ? 1 : 0);
    },
  );

  it("goes in parts where it is too large, so that only an event that is so alone is lost", async () => {
    const taken: string[] = [];
    await using app = await start({
      "/bulk": (response, { body }) => {
        const text = body.toString();
        if (text.length > 12) return void response.writeHead(413).end();
        taken.push(text);
        response.writeHead(202).end();
      },
    });
    const large = JSON.stringify("larger than any");

    await app.delivery.postEvents(["1", "2", "3", large, "5", "6", "7", "8", "9"]);

    expect(taken).toEqual(["[1,2,3]", "[5]", "[6,7,8,9]"]);
    expect(app.lines).toEqual([expect.stringContaining("(413); an event is too large")]);
  });

  it("carries the same id on both attempts, and is given up after the second", async () => {
    await using app = await start({ "/bulk": status(503, { "retry-after": "5" }) });

    await app.delivery.postEvents(["1"]);
    await app.delivery.postEvents(["2"]);

    const ids = app.service
      .askedFor("/bulk")
      .map(({ headers }) => headers["x-launchdarkly-payload-id"]);
    expect([ids[0], ids[2]]).toEqual([ids[1], ids[3]]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(app.sleeps).toEqual([5_000, 5_000, 5_000]);
    expect(app.lines).toEqual([expect.stringContaining("a batch is lost")]);
  });

  it("is sent again where a line is dead and nobody answers", async () => {
    const script = { "/bulk": [(): void => undefined, status(202)] };
    await using app = await start(script, 20);

    await app.delivery.postEvents(["1"]);

    expect(app.service.askedFor("/bulk").map(({ body }) => body.toString())).toEqual([
      "[1]",
      "[1]",
    ]);
    expect(app.lines).toEqual([]);
  });

  it("waits for no long rest once the client closes", async () => {
    await using app = await start({
      "/bulk": [status(503, { "retry-after": "20" }), status(503, { "retry-after": "20" })],
    });
    app.duringSleep(() => app.delivery.close());

    await app.delivery.postEvents(["1"]);
    await app.delivery.postEvents(["2"]);

    expect(app.sleeps).toEqual([20_000, 1_000, 1_000]);
  });

  it("takes its key to no other host, whatever the port", async () => {
    await using other = await ScriptedService.start({ "/bulk": status(202) });
    await using app = await start({ "/bulk": status(307, { location: `${other.url}/bulk` }) });

    await app.delivery.postEvents(["1"]);

    expect(other.asked).toEqual([]);
    expect(app.lines).toEqual([expect.stringContaining("refused events (307)")]);
  });
});
