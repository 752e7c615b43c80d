import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { event, flag, keptLines, ScriptedService, streams } from "../test/scripted-service.ts";
import { type HalyardClient, init, type Options } from "./index.ts";

const people = ["ada", "grace", "linus"].map((key) => ({ kind: "user", key }));
const flagKeys = ["checkout", "search", "banner", "__proto__"];

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-restart-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A port where somebody was, and nobody is. */
async function freePort(): Promise<number> {
  await using service = await ScriptedService.start({});
  return service.port;
}

const client = (port: number, options: Options = {}): HalyardClient =>
  init("sdk-test", {
    baseUri: `http://127.0.0.1:${port}`,
    logger: keptLines().logger,
    sendEvents: false,
    reconnectDelayMs: 5,
    ...options,
  });

/** A whole set whose every flag differs from one version to the next, and by who asks. */
function whole(version: number): string {
  const intent = { payloads: [{ id: "p", target: version, intentCode: "xfer-full", reason: "-" }] };
  const objects = flagKeys.map((key, index) => ({
    ...flag(version, "off", key),
    on: true,
    variations: [`${key} ${version}`, { list: [version, index, null] }, version % 2 === 0],
    targets: [{ variation: (version + index) % 3, values: ["ada"] }],
    fallthrough: { rollout: { variations: [0, 1, 2].map(weighed) } },
    salt: `salt-${version}`,
  }));
  return [
    event("server-intent", intent),
    ...objects.map((object) =>
      event("put-object", { kind: "flag", key: object.key, version, object }),
    ),
    event("payload-transferred", { state: `e:${version}`, version }),
  ].join("");
}

const weighed = (variation: number) => ({ variation, weight: variation === 0 ? 33_334 : 33_333 });

const answers = (flags: HalyardClient): readonly unknown[] =>
  people.flatMap((context) => [
    ...flagKeys.map((key) => flags.variation(key, context, "fallback")),
    flags.allFlagsState(context).allValues(),
  ]);

describe("a restart while the server is down", () => {
  it("gives at once what the client gave before, and says that it comes from the cache", async () => {
    const port = await freePort();
    let before: readonly unknown[] = [];
    for (let life = 1; life <= 100; life += 1) {
      if (life > 1) {
        await using restarted = client(port, { cachePath: folder });
        expect([restarted.source, restarted.status]).toEqual(["cache", "stale"]);
        expect([restarted.epoch, restarted.version]).toEqual(["e", life - 1]);
        expect(answers(restarted)).toEqual(before);
        const start = await restarted.waitForInitialization();
        expect(start).toMatchObject({ status: "complete", source: "cache" });
      }
      await using _service = await ScriptedService.start(
        { "/sdk/stream": streams(whole(life)) },
        port,
      );
      await using flags = client(port, { cachePath: folder });
      await expect
        .poll(() => [flags.version, flags.status], { interval: 5 })
        .toEqual([life, "live"]);
      expect(answers(flags)).not.toEqual(before);
      before = answers(flags);
    }
  });
});

describe("a first start without server and cache", () => {
  it("gives fallbacks with the reason, and is live once the server is there", async () => {
    for (let start = 1; start <= 20; start += 1) {
      const port = await freePort();
      const { lines, logger } = keptLines();
      await using flags = client(port, { logger });
      const [ada = {}] = people;
      const ask = () => flags.variationDetail("checkout", ada, "fallback");
      const unready = {
        value: "fallback",
        reason: { kind: "ERROR", errorKind: "CLIENT_NOT_READY" },
        source: "fallback",
        version: undefined,
        ageMs: undefined,
      };

      expect([ask(), flags.status]).toMatchObject([unready, "initializing"]);
      const initialization = await flags.waitForInitialization({ timeout: 0.02 });
      expect(initialization).toMatchObject({ status: "timeout", source: "none" });
      await expect.poll(() => flags.status).toBe("offline");
      expect(ask()).toMatchObject(unready);
      expect(lines.filter((line) => line.includes("serving fallbacks"))).toHaveLength(1);

      await using _service = await ScriptedService.start(
        { "/sdk/stream": streams(whole(7)) },
        port,
      );
      await expect.poll(() => flags.status, { interval: 5 }).toBe("live");
      expect(ask()).toMatchObject({ source: "stream", version: 7 });
      expect(await flags.waitForInitialization()).toMatchObject({ status: "complete" });
    }
  });
});
