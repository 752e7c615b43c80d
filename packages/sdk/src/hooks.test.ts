import { describe, expect, it } from "vitest";
import { flag, keptLines, ScriptedService, streams, transfer } from "../test/scripted-service.ts";
import { type Hook, init } from "./index.ts";

const ada = { kind: "user", key: "ada" };
const bootstrap = { flags: { checkout: flag(1, "new") }, segments: {} };
const { logger } = keptLines();

describe("Hooks", () => {
  it("run around an evaluation: the first begins first and ends last", async () => {
    const order: unknown[] = [];
    const hook = (name: string): Hook => ({
      getMetadata: () => ({ name }),
      beforeEvaluation: (series, data) => {
        order.push([name, "before", series.flagKey, series.method, data]);
        return { ...data, by: name };
      },
      afterEvaluation: (_, data, detail) => {
        order.push([name, "after", data, detail.value]);
        return data;
      },
    });
    await using flags = init(undefined, {
      logger,
      offline: true,
      bootstrap,
      hooks: [hook("one"), hook("two")],
    });

    flags.stringVariation("checkout", ada, "old");

    expect(order).toEqual([
      ["one", "before", "checkout", "stringVariation", {}],
      ["two", "before", "checkout", "stringVariation", {}],
      ["two", "after", { by: "two" }, "new"],
      ["one", "after", { by: "one" }, "new"],
    ]);
  });

  it("see every way to ask, with the fallback and the reason", async () => {
    const seen: unknown[] = [];
    await using flags = init(undefined, { logger, offline: true, bootstrap });
    flags.addHook({
      getMetadata: () => ({ name: "spy" }),
      afterEvaluation: ({ method, defaultValue }, data, { reason }) => {
        seen.push([method, defaultValue, reason.kind]);
        return data;
      },
    });

    flags.variation("checkout", ada, "old");
    flags.variationDetail("checkout", ada, "old");
    flags.boolVariation("checkout", ada, true);
    flags.numberVariation("nope", ada, 7);
    flags.jsonVariation("checkout", ada, null);

    expect(seen).toEqual([
      ["variation", "old", "OFF"],
      ["variationDetail", "old", "OFF"],
      ["boolVariation", true, "ERROR"],
      ["numberVariation", 7, "ERROR"],
      ["jsonVariation", null, "OFF"],
    ]);
  });

  it("see what is tracked, and the service's name for the environment", async () => {
    await using service = await ScriptedService.start({
      "/sdk/stream": streams(transfer("xfer-full", 3, "new"), { "x-ld-envid": "env-9" }),
    });
    const tracked: unknown[] = [];
    await using flags = init("sdk-test", {
      logger,
      baseUri: service.url,
      sendEvents: false,
      hooks: [
        { getMetadata: () => ({ name: "spy" }), afterTrack: (series) => void tracked.push(series) },
      ],
    });
    await flags.waitForInitialization();

    flags.track("bought", ada, { sku: 1 }, 9.5);

    expect(tracked).toEqual([
      { key: "bought", context: ada, data: { sku: 1 }, metricValue: 9.5, environmentId: "env-9" },
    ]);
  });

  it("run around the stage of a migration", async () => {
    const seen: unknown[] = [];
    await using flags = init(undefined, {
      logger: keptLines().logger,
      offline: true,
      bootstrap: {
        flags: {
          move: {
            key: "move",
            version: 1,
            on: true,
            variations: ["live"],
            fallthrough: { variation: 0 },
          },
        },
      },
      hooks: [
        {
          getMetadata: () => ({ name: "spy" }),
          beforeEvaluation: ({ method, defaultValue }) => ({ method, defaultValue }),
          afterEvaluation: (_, data, { value, reason }) => {
            seen.push(data, value, reason);
            return data;
          },
        },
      ],
    });

    expect(flags.migrationVariation("move", ada, "off").value).toBe("live");

    const left = { method: "migrationVariation", defaultValue: "off" };
    expect(seen).toEqual([left, "live", { kind: "FALLTHROUGH" }]);
  });

  it("do no harm when they throw", async () => {
    const { lines, logger: keeping } = keptLines();
    const fail = (): never => {
      throw new Error("no collector");
    };
    const hook = { getMetadata: () => ({ name: "tracing" }), afterTrack: fail };
    await using flags = init(undefined, {
      logger: keeping,
      offline: true,
      bootstrap,
      hooks: [{ ...hook, beforeEvaluation: fail, afterEvaluation: fail }],
    });

    expect(flags.stringVariation("checkout", ada, "old")).toBe("new");
    flags.track("bought", ada);

    expect(lines).toEqual([
      'halyard: beforeEvaluation of the hook "tracing" threw no collector.',
      'halyard: afterEvaluation of the hook "tracing" threw no collector.',
      'halyard: afterTrack of the hook "tracing" threw no collector.',
    ]);
  });
});
