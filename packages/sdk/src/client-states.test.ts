import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
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
} from "../test/scripted-service.ts";
import { type HalyardClient, init, type Options } from "./index.ts";

const ada = { kind: "user", key: "ada" };
const bootstrap = { flags: { checkout: flag(1, "given") }, segments: {} };
const whole = streams(transfer("xfer-full", 3, "new"));
const silence = (): void => undefined;

let open: AsyncDisposable[] = [];
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-states-"));
});

afterEach(async () => {
  for (const one of open.reverse()) await one[Symbol.asyncDispose]();
  open = [];
  await rm(folder, { recursive: true, force: true });
});

function client(baseUri: string, options: Options = {}): HalyardClient {
  const { logger } = keptLines();
  const quick = { reconnectDelayMs: 5, pollIntervalMs: 5, sendEvents: false, logger };
  const flags = init("sdk-test", { baseUri, ...quick, ...options });
  open.push(flags);
  return flags;
}

async function serviceOf(script: Script, port = 0): Promise<ScriptedService> {
  const service = await ScriptedService.start(script, port);
  open.push(service);
  return service;
}

/** A client of a service that answers so. */
async function of(script: Script, options: Options = {}): Promise<HalyardClient> {
  return client((await serviceOf(script)).url, options);
}

/** Leaves the flags of a client on disk; gives the address, where now nobody is. */
async function cached(): Promise<string> {
  await using service = await ScriptedService.start({ "/sdk/stream": whole });
  await using flags = client(service.url, { cachePath: folder });
  await flags.waitForInitialization();
  return service.url;
}

/** A client whose cache is filled, of a service that answers so. */
async function cachedOf(script: Script, options: Options = {}): Promise<HalyardClient> {
  const url = await cached();
  await serviceOf(script, Number(new URL(url).port));
  return client(url, { cachePath: folder, ...options });
}

async function reaching(
  flags: Promise<HalyardClient> | HalyardClient,
  wanted: HalyardClient["status"],
): Promise<HalyardClient> {
  const reached = await flags;
  await expect.poll(() => reached.status, { interval: 5 }).toBe(wanted);
  return reached;
}

async function closed(flags: HalyardClient): Promise<HalyardClient> {
  await flags.close();
  return flags;
}

interface State {
  readonly status: HalyardClient["status"];
  readonly source?: HalyardClient["source"];
  readonly version?: number;
  /** What a wait for the start gives, and from where. */
  readonly start: string;
  /** What the flag gives; the fallback where there are no flags. */
  readonly gives?: string;
}

type Row = readonly [name: string, reach: () => Promise<HalyardClient>, is: State];

const given = { source: "bootstrap", gives: "given", start: "complete bootstrap" } as const;
const kept = { source: "cache", version: 3, gives: "new", start: "complete cache" } as const;
const streamed = { source: "stream", version: 3, gives: "new", start: "complete stream" } as const;
const polledOnce = { source: "poll", version: 3, gives: "new", start: "complete poll" } as const;
const first = { generation: "first" } as const;
const byPoll = { streaming: false } as const;
const gone = "http://127.0.0.1:9";

const beforeTheNetwork: readonly Row[] = [
  [
    "nothing",
    () => of({ "/sdk/stream": silence }),
    { status: "initializing", start: "timeout none" },
  ],
  [
    "a bootstrap",
    () => of({ "/sdk/stream": silence }, { bootstrap }),
    { status: "stale", ...given },
  ],
  ["a cache", () => cachedOf({ "/sdk/stream": silence }), { status: "stale", ...kept }],
  [
    "a cache, which is newer than the bootstrap",
    () => cachedOf({ "/sdk/stream": silence }, { bootstrap }),
    { status: "stale", ...kept },
  ],
  [
    "a bootstrap that is broken",
    () => of({ "/sdk/stream": silence }, { bootstrap: "oops" }),
    { status: "initializing", start: "timeout none" },
  ],
];

const inStep: readonly Row[] = [
  [
    "by stream",
    () => reaching(of({ "/sdk/stream": whole }), "live"),
    { status: "live", ...streamed },
  ],
  [
    "by a stream of the first generation",
    () => reaching(of({ "/all": streams(put(3, "new", "e:3")) }, first), "live"),
    { status: "live", ...streamed },
  ],
  [
    "by a stream without numbers",
    () => reaching(of({ "/all": streams(put(3, "new")) }, first), "live"),
    { status: "live", source: "stream", gives: "new", start: "complete stream" },
  ],
  [
    "by poll",
    () => reaching(of({ "/sdk/poll": polled(3, "new") }, byPoll), "live"),
    { status: "live", ...polledOnce },
  ],
  [
    "by polls where streams say nothing",
    () =>
      reaching(
        of({ "/sdk/stream": streams(""), "/sdk/poll": polled(3, "new") }, { readTimeoutMs: 10 }),
        "live",
      ),
    { status: "live", ...polledOnce },
  ],
  [
    "with a cache that the server stands by",
    () => reaching(cachedOf({ "/sdk/stream": streams(upToDate) }), "live"),
    { status: "live", ...streamed },
  ],
  [
    "with a bootstrap that the server stands by",
    () => reaching(of({ "/sdk/stream": streams(upToDate) }, { bootstrap }), "live"),
    { status: "live", source: "stream", gives: "given", start: "complete stream" },
  ],
  [
    "again after polls that failed",
    async () => {
      const service = await serviceOf({ "/sdk/poll": [status(503), polled(3, "new")] });
      return reaching(client(service.url, byPoll), "live");
    },
    { status: "live", ...polledOnce },
  ],
];

const outOfStep: readonly Row[] = [
  [
    "since the stream was lost",
    () =>
      reaching(
        of({ "/sdk/stream": [streamsAndEnds(transfer("xfer-full", 3, "new")), status(503)] }),
        "stale",
      ),
    { status: "stale", ...streamed },
  ],
  [
    "since the key was refused",
    () =>
      reaching(
        of({ "/sdk/stream": [streamsAndEnds(transfer("xfer-full", 3, "new")), status(401)] }),
        "stale",
      ),
    { status: "stale", ...streamed },
  ],
  [
    "since polls fail",
    () => reaching(of({ "/sdk/poll": [polled(3, "new"), status(500)] }, byPoll), "stale"),
    { status: "stale", ...polledOnce },
  ],
  [
    "with a bootstrap, nobody there",
    async () => client(gone, { bootstrap }),
    { status: "stale", ...given },
  ],
  [
    "with a cache, nobody there",
    async () => client(await cached(), { cachePath: folder }),
    { status: "stale", ...kept },
  ],
  [
    "with a cache, the key refused",
    () => cachedOf({ "/sdk/stream": status(401) }),
    { status: "stale", ...kept },
  ],
];

const without: readonly Row[] = [
  [
    "and nobody there",
    () => reaching(client(gone), "offline"),
    { status: "offline", start: "timeout none" },
  ],
  [
    "and the key refused",
    () => reaching(of({ "/sdk/stream": status(401) }), "offline"),
    { status: "offline", start: "failed none" },
  ],
  [
    "and none at this address",
    () => reaching(of({}), "offline"),
    { status: "offline", start: "failed none" },
  ],
  [
    "and none that could be read",
    () => reaching(of({ "/all": streams("event: put\ndata: {oops\n\n") }, first), "offline"),
    { status: "offline", start: "timeout none" },
  ],
  [
    "and told to ask nobody",
    async () => client(gone, { offline: true }),
    { status: "offline", start: "failed none" },
  ],
];

const letGo: readonly Row[] = [
  [
    "with a bootstrap, told to ask nobody",
    async () => client(gone, { offline: true, bootstrap }),
    { status: "offline", ...given },
  ],
  [
    "with a cache, told to ask nobody",
    async () => client(await cached(), { offline: true, cachePath: folder }),
    { status: "offline", ...kept },
  ],
  [
    "with what the stream brought, closed",
    async () => closed(await reaching(of({ "/sdk/stream": whole }), "live")),
    { status: "offline", ...streamed },
  ],
  [
    "with nothing, closed",
    async () => closed(client(gone)),
    { status: "offline", start: "failed none" },
  ],
];

describe.each([
  ["before the network, with", beforeTheNetwork],
  ["in step", inStep],
  ["out of step", outOfStep],
  ["without flags", without],
  ["let go", letGo],
] as const)("a client %s", (_, rows) => {
  it.each(rows)("%s, says so in all it tells", async (...row) => {
    const [, reach, is] = row;

    const flags = await reach();

    const { status: outcome, source } = await flags.waitForInitialization({ timeout: 0.01 });
    expect({ status: flags.status, source: flags.source, version: flags.version }).toEqual({
      status: is.status,
      source: is.source,
      version: is.version,
    });
    expect(`${outcome} ${source}`).toBe(is.start);
    expect(answersOf(flags)).toEqual(is.gives === undefined ? unready : ready(is));
  });
});

function answersOf(flags: HalyardClient) {
  const ask = (key: string, context: object) => {
    const detail = flags.variationDetail(key, context, "fallback");
    const { value, variationIndex, reason, source, version, ageMs } = detail;
    return { value, variationIndex, reason, source, version, hasAge: ageMs !== undefined };
  };
  return {
    known: ask("checkout", ada),
    unknown: ask("nope", ada),
    toNobody: ask("checkout", {}),
    typed: flags.boolVariation("checkout", ada, true),
    isValid: flags.allFlagsState(ada).valid,
  };
}

const failed = (errorKind: string) => ({
  value: "fallback",
  variationIndex: null,
  reason: { kind: "ERROR", errorKind },
  source: "fallback",
  version: undefined,
  hasAge: false,
});

const unready = {
  known: failed("CLIENT_NOT_READY"),
  unknown: failed("CLIENT_NOT_READY"),
  toNobody: failed("CLIENT_NOT_READY"),
  typed: true,
  isValid: false,
};

function ready({ gives: value, source, version }: State) {
  const held = { version, hasAge: true };
  return {
    known: { value, variationIndex: 0, reason: { kind: "OFF" }, source, ...held },
    unknown: { ...failed("FLAG_NOT_FOUND"), ...held },
    toNobody: { ...failed("USER_NOT_SPECIFIED"), ...held },
    typed: true,
    isValid: true,
  };
}
