import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type HalyardClient, init, type Options } from "@halyard/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const ada = { kind: "user", key: "ada" };
const ignore = (): void => undefined;
const logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

let server: ServerProcess;
let management: Management;
let sdkKey: string;

beforeAll(async () => {
  server = await ServerProcess.start();
  management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  sdkKey = await management.sdkKey("shop", "production");
});

afterAll(() => server[Symbol.asyncDispose]());

const client = (options: Options = {}): HalyardClient =>
  init(sdkKey, {
    baseUri: server.url,
    logger,
    sendEvents: false,
    warnBeforeReady: false,
    reconnectDelayMs: 5,
    pollIntervalMs: 20,
    ...options,
  });

const value = (flags: HalyardClient, key: string): string => flags.variation(key, ada, "gone");
const turn = (key: string, kind: "turnFlagOn" | "turnFlagOff"): Promise<unknown> =>
  management.instruct("shop", key, "production", [{ kind }]);
const remove = (key: string): Promise<unknown> =>
  management.ask("DELETE", `/api/v2/flags/shop/${key}`);
/** A flag that gives the first of these where it is on, and the second where it is off. */
const create = async (key: string, whenOn: string): Promise<void> => {
  await management.createFlag("shop", key, [whenOn, "B"]);
  await turn(key, "turnFlagOn");
};

/** What is done to a flag that gives A, and what it gives then. */
const steps = (key: string, round: number) =>
  [
    ["B", () => turn(key, "turnFlagOff")],
    ["A", () => turn(key, "turnFlagOn")],
    ["gone", () => remove(key)],
    [`A${round}`, () => create(key, `A${round}`)],
    ["gone", () => remove(key)],
    ["A", () => create(key, "A")],
  ] as const;

/** How often a flag goes its round; the whole proof takes more. */
const rounds = Number(process.env["HALYARD_REVERTS"] ?? 5);
const timeout = 10_000 * rounds;

describe("a client of a flag that goes back to what it was", () => {
  it("follows each revert, deletion and new flag of the same key, however it listens", {
    timeout,
  }, async () => {
    await create("checkout", "A");
    await using streamed = client();
    await using first = client({ generation: "first" });
    await using polled = client({ streaming: false });
    await using polledFirst = client({ streaming: false, generation: "first" });
    const clients = [streamed, first, polled, polledFirst];
    await Promise.all(clients.map((one) => one.waitForInitialization()));

    for (let round = 1; round <= rounds; round += 1) {
      for (const [expected, act] of steps("checkout", round)) {
        await act();
        await expect
          .poll(() => clients.map((one) => value(one, "checkout")), { interval: 5 })
          .toEqual(clients.map(() => expected));
      }
    }
    // What the first generation polls carries no number.
    const { version } = streamed;
    expect(clients.map((one) => one.version)).toEqual([version, version, version, undefined]);
  });

  it("finds what a flag has become since it last looked, whatever it was between", {
    timeout,
  }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-life-"));
    await create("banner", "A");
    for (let round = 1; round <= rounds; round += 1) {
      for (const [index, [expected]] of steps("banner", round).entries()) {
        await using before = client({ cachePath: folder });
        await expect.poll(() => before.status, { interval: 5 }).toBe("live");
        await before.close();
        for (const [, act] of steps("banner", round).slice(0, index + 1)) await act();

        await using after = client({ cachePath: folder });

        expect(after.source).toBe("cache");
        await expect.poll(() => value(after, "banner"), { interval: 5 }).toBe(expected);
        await expect.poll(() => after.status, { interval: 5 }).toBe("live");
        for (const [, act] of steps("banner", round).slice(index + 1)) await act();
      }
    }
    await rm(folder, { recursive: true, force: true });
  });
});
