import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { History, type Step } from "../../test/history.ts";
import { Store } from "../store.ts";
import type { Clock } from "./clock.ts";
import { RemoteSource } from "./remote-source.ts";
import type { Transport } from "./transport.ts";

const generations = ["first", "second"] as const;
type Generation = (typeof generations)[number];

const instantly: Clock = {
  now: () => 0,
  random: () => 0,
  sleep: () => Promise.resolve(),
};

interface Followed {
  /** The versions that were held, one after another. */
  readonly versions: readonly number[];
  /** What was held that the service never had so. */
  readonly holes: readonly unknown[];
  /** The states that streams were asked for with. */
  readonly asked: readonly (string | undefined)[];
}

/**
 * Follows the history over a first stream that is made of these chunks, and over right ones after
 * it, until the client has everything. Whatever is held on the way has to be what the service had.
 */
async function follow(
  history: History,
  generation: Generation,
  chunks: readonly Uint8Array[],
): Promise<Followed> {
  const store = new Store();
  const versions: number[] = [];
  const holes: unknown[] = [];
  const asked: (string | undefined)[] = [];
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  const request: Transport["request"] = (url, { headers, signal }) => {
    const state = new URL(url).searchParams.get("basis") ?? headers["last-event-id"] ?? undefined;
    asked.push(state);
    const right = [Buffer.from(history.answerTo(state))];
    const body = spoken(asked.length === 1 ? chunks : right, signal, asked.length > 1);
    return Promise.resolve({ status: 200, headers: {}, body: body as unknown as IncomingMessage });
  };
  const source = new RemoteSource(settingsWith(request, generation), instantly);
  const isDone = (): boolean => store.position?.version === history.version;
  source.start({
    held: () => store,
    onChange: (change) => {
      store.apply(change);
      const version = store.position?.version ?? Number.NaN;
      versions.push(version);
      if (!isDeepStrictEqual(valuesIn(store), history.valuesAt(version))) {
        holes.push({ version, held: valuesIn(store) });
      }
      if (isDone()) finish();
    },
    onCurrent: () => undefined,
    onTrouble: () => undefined,
    onEnvironmentId: () => undefined,
  });
  await done;
  await source.close();
  return { versions, holes, asked };
}

/** Yields the chunks; then ends, or stays open until the client goes. */
async function* spoken(
  chunks: readonly Uint8Array[],
  signal: AbortSignal,
  staysOpen: boolean,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (!staysOpen || signal.aborted) return;
  await once(signal, "abort");
}

function settingsWith(request: Transport["request"], generation: Generation) {
  return {
    transport: { request },
    streamUri: "http://localhost:1",
    baseUri: "http://localhost:1",
    headers: {},
    filter: undefined,
    generation,
    streaming: true,
    pollIntervalMs: 30_000,
    reconnectDelayMs: 1,
    readTimeoutMs: undefined,
    connectTimeoutMs: 10_000,
  };
}

function valuesIn(store: Store): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...store.flags()].map((flag) => [flag.key, flag.variations?.[0]]));
}

const step: fc.Arbitrary<Step> = fc.dictionary(
  fc.constantFrom("a", "b", "c"),
  fc.option(fc.string({ maxLength: 3 })),
  { minKeys: 1 },
);

/** A stream's message: what changed between two versions, everything at one, or where the service is. */
type Message = readonly [kind: "change" | "whole" | "heartbeat", from: number, to: number];

const disturbed = fc.array(step, { minLength: 1, maxLength: 8 }).chain((steps) => {
  const version = fc.integer({ min: 0, max: steps.length });
  const message = fc
    .tuple(fc.constantFrom("change", "change", "change", "whole", "heartbeat"), version, version)
    .map(([kind, one, other]): Message => [kind, Math.min(one, other), Math.max(one, other)])
    .filter(([kind, from, to]) => kind !== "change" || from < to);
  return fc.tuple(fc.constant(steps), version, fc.array(message, { maxLength: 12 }));
});

/** The highest version that hangs together, until a message shows that one was missed. */
function highestContiguous(begin: number, messages: readonly Message[]): number {
  let held = begin;
  for (const [kind, from, to] of messages) {
    if (kind === "whole") held = Math.max(held, to);
    else if (from > held) return held;
    else if (kind === "change") held = Math.max(held, to);
  }
  return held;
}

describe.each(generations)("a stream of the %s generation", (generation) => {
  it("may repeat, leave out and mix up what it says: what is held hangs together", async () => {
    await fc.assert(
      fc.asyncProperty(disturbed, async ([steps, begin, messages]) => {
        const history = new History(steps, generation);
        const texts = messages.map(([kind, from, to]) => {
          if (kind === "whole") return history.whole(to);
          return kind === "change" ? history.change(from, to) : history.heartbeat(from);
        });
        const chunks = [history.whole(begin), ...texts].map((text) => Buffer.from(text));

        const { versions, holes, asked } = await follow(history, generation, chunks);

        const contiguous = highestContiguous(begin, messages);
        expect(holes).toEqual([]);
        expect(versions).toEqual(versions.toSorted((a, b) => a - b));
        expect(versions.at(-1)).toBe(history.version);
        // Where not everything came, the rest is asked for from there.
        if (contiguous < history.version) expect(asked).toEqual([undefined, `e:${contiguous}`]);
      }),
      { numRuns: 5_000 },
    );
  });

  it("does not bring back with an old change what a newer full set is without", async () => {
    const history = new History([{ a: "1" }, { a: null }], generation);
    const texts = [history.whole(2), history.change(0, 1)];

    const { versions, holes } = await follow(
      history,
      generation,
      texts.map((one) => Buffer.from(one)),
    );

    expect([new Set(versions), holes]).toEqual([new Set([2]), []]);
  });

  const steps = [
    { a: "1", b: "ü" },
    { a: "2 🚀", b: null },
    { a: "3", b: "new" },
  ];
  const history = new History(steps, generation);
  const parts = [history.whole(1), history.change(1, 2), history.change(2, 3)];
  const ends = parts.map((_, at) => Buffer.byteLength(parts.slice(0, at + 1).join("")));
  const bytes = Buffer.from(parts.join(""));

  it("may be cut at any byte: a change is held whole or not at all", async () => {
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const { versions, holes, asked } = await follow(history, generation, [
        bytes.subarray(0, cut),
      ]);

      const whole = ends.filter((end) => end <= cut).length;
      expect(asked).toEqual([undefined, whole === 0 ? undefined : `e:${whole}`]);
      expect([versions, holes]).toEqual([[...[1, 2, 3].slice(0, whole), 3], []]);
    }
  });

  it("may arrive in pieces that are split at any byte", async () => {
    for (let split = 0; split <= bytes.length; split += 1) {
      const pieces = [bytes.subarray(0, split), bytes.subarray(split)];

      const { versions, holes, asked } = await follow(history, generation, pieces);

      expect([versions, holes, asked]).toEqual([[1, 2, 3], [], [undefined]]);
    }
  });
});
