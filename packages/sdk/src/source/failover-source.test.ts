import { describe, expect, it } from "vitest";
import { type FailoverSettings, FailoverSource, type Reading } from "./failover-source.ts";
import type { FlagSource, SourceListener } from "./flag-source.ts";

/** A clock whose time passes when a test says so. */
function startClock() {
  let now = 0;
  const sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    random: () => 0,
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((wake) => {
        signal.addEventListener("abort", () => wake(), { once: true });
        sleeping.push({ until: now + ms, wake });
      }),
    async pass(ms: number): Promise<void> {
      now += ms;
      for (const { until, wake } of sleeping) if (until <= now) wake();
      await settled();
    },
  };
}

/** Everything that waits for nothing but its turn has had it. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Sources that say what a test makes them say, and how they were started and closed. */
function scripted(count: number) {
  const log: string[] = [];
  const listeners: SourceListener[] = [];
  const onlyFirst: (() => void)[] = [];
  const synchronizers = Array.from(
    { length: count },
    (_, at) =>
      (onOnly: () => void): FlagSource => {
        onlyFirst[at] = onOnly;
        return sourceOf(`${at}`, log, (listener) => {
          listeners[at] = listener;
        });
      },
  );
  const refuse = async (at: number): Promise<void> => {
    listeners[at]?.onTrouble({ error: new Error("refused"), isRefused: true, retryInMs: 1 });
    await settled();
  };
  return { log, listeners, onlyFirst, synchronizers, refuse };
}

function sourceOf(
  name: string,
  log: string[],
  onStart: (listener: SourceListener) => void,
): FlagSource {
  return {
    start(listener) {
      log.push(`start ${name}`);
      onStart(listener);
    },
    close: () => void log.push(`close ${name}`),
  };
}

const told: boolean[] = [];
const listener: SourceListener = {
  held: () => ({ state: undefined, position: undefined }),
  onChange: () => undefined,
  onCurrent: () => undefined,
  onTrouble: ({ isRefused }) => void told.push(isRefused),
  onEnvironmentId: () => undefined,
};

async function following(
  settings: Partial<FailoverSettings> & Pick<FailoverSettings, "synchronizers">,
) {
  const clock = startClock();
  const source = new FailoverSource(
    { initializers: [], firstGeneration: undefined, ...settings },
    clock,
  );
  source.start(listener);
  await settled();
  return { clock, source };
}

describe("a source that fails over", () => {
  it("follows the next one where one refuses, and never comes back to that", async () => {
    const { log, listeners, synchronizers, refuse } = scripted(2);
    told.length = 0;
    const { clock, source } = await following({ synchronizers });

    await refuse(0);
    listeners[1]?.onCurrent("stream");
    await clock.pass(600_000);

    expect(log).toEqual(["start 0", "close 0", "start 1"]);
    expect(told, "no refusal yet, for another may answer").toEqual([false]);
    await source.close();
    expect(log.at(-1)).toBe("close 1");
  });

  it("follows the next one where one says nothing for ten seconds, and goes back after five minutes", async () => {
    const { log, listeners, synchronizers } = scripted(2);
    const { clock, source } = await following({ synchronizers });

    await clock.pass(9_999);
    expect(log).toEqual(["start 0"]);
    await clock.pass(1);
    expect(log).toEqual(["start 0", "close 0", "start 1"]);
    listeners[1]?.onCurrent("stream");
    await clock.pass(300_000);

    expect(log.slice(3)).toEqual(["close 1", "start 0"]);
    await source.close();
  });

  it("goes back to the best one that has not refused", async () => {
    const { log, listeners, synchronizers, refuse } = scripted(3);
    const { clock, source } = await following({ synchronizers });
    await refuse(0);
    await clock.pass(10_000);
    listeners[2]?.onCurrent("stream");

    await clock.pass(300_000);

    expect(log.at(-1)).toBe("start 1");
    await source.close();
  });

  it("stays with one that is interrupted for less than two minutes", async () => {
    const { log, listeners, synchronizers } = scripted(2);
    const { clock, source } = await following({ synchronizers });
    listeners[0]?.onCurrent("stream");
    const trouble = { error: new Error("cut"), isRefused: false, retryInMs: 1 };

    listeners[0]?.onTrouble(trouble);
    await clock.pass(119_000);
    listeners[0]?.onCurrent("stream");
    await clock.pass(119_000);
    listeners[0]?.onTrouble(trouble);
    await clock.pass(119_999);
    expect(log).toEqual(["start 0"]);
    await clock.pass(1);

    expect(log.at(-1)).toBe("start 1");
    await source.close();
  });

  it("stays with the only one, and passes its refusal on", async () => {
    const { log, synchronizers, refuse } = scripted(1);
    told.length = 0;
    const { clock, source } = await following({ synchronizers });

    await refuse(0);
    await clock.pass(1_000_000);

    expect([log, told]).toEqual([["start 0"], [true]]);
    await source.close();
  });

  it("reads what can be read first, and no more", async () => {
    const { log, synchronizers } = scripted(1);
    const reader = (name: string, reading: Reading) => async () => {
      log.push(`read ${name}`);
      return reading;
    };
    const initializers = [
      reader("a", "nothing"),
      reader("b", "everything"),
      reader("c", "everything"),
    ];
    const { source } = await following({ synchronizers, initializers });

    expect(log).toEqual(["read a", "read b", "start 0"]);
    await source.close();
  });

  it("follows the first generation alone where it was sent there by what it read", async () => {
    const { log, synchronizers } = scripted(1);
    const firstGeneration = () => sourceOf("first", log, () => undefined);
    const initializers = [async (): Promise<Reading> => "first generation"];
    const { source } = await following({ synchronizers, initializers, firstGeneration });

    expect(log).toEqual(["start first"]);
    await source.close();
  });

  it("follows the first generation for an hour where a service sends it there", async () => {
    const { log, onlyFirst, synchronizers } = scripted(2);
    const firstGeneration = () => sourceOf("first", log, () => undefined);
    const { clock, source } = await following({ synchronizers, firstGeneration });

    onlyFirst[0]?.();
    await settled();
    await clock.pass(3_599_999);
    expect(log).toEqual(["start 0", "close 0", "start first"]);
    await clock.pass(1);

    expect(log.slice(3)).toEqual(["close first", "start 0"]);
    await source.close();
    expect(log.at(-1)).toBe("close 0");
  });
});
