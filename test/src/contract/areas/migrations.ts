import assert from "node:assert/strict";
import type { Bench, SdkEvent } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { type Answer, says, status } from "../suite/endpoint.ts";
import { only, recording } from "../suite/recording.ts";
import { flag } from "../suite/sdk-data.ts";

type Members = Readonly<Record<string, unknown>>;
type Origin = "old" | "new";

const area = new Area("migrations", { needs: ["migrations"] });
export const migrationCases = area.cases;

const ada = { kind: "user", key: "ada" };
const stages = ["off", "dualwrite", "shadow", "live", "rampdown", "complete"] as const;
type Stage = (typeof stages)[number];

/** Who is asked at a stage, the one whose word counts first. */
const asked: Record<"read" | "write", Record<Stage, readonly [Origin, ...Origin[]]>> = {
  read: {
    off: ["old"],
    dualwrite: ["old"],
    shadow: ["old", "new"],
    live: ["new", "old"],
    rampdown: ["new"],
    complete: ["new"],
  },
  write: {
    off: ["old"],
    dualwrite: ["old", "new"],
    shadow: ["old", "new"],
    live: ["new", "old"],
    rampdown: ["new", "old"],
    complete: ["new"],
  },
};

const migrating = (stage: Stage, members: Members = {}) => ({
  flags: flag("move", {
    version: 7,
    variations: stages,
    fallthrough: { variation: stages.indexOf(stage) },
    ...members,
  }),
});

interface Given {
  readonly operation: "read" | "write";
  readonly stage: Stage;
  readonly old?: Answer;
  readonly fresh?: Answer;
  readonly flag?: Members;
  readonly options?: Members;
}

interface Seen {
  readonly order: readonly string[];
  readonly payloads: readonly string[];
  readonly result: unknown;
  readonly event: () => Promise<Members>;
  readonly events: () => Promise<readonly SdkEvent[]>;
}

async function migrate(bench: Bench, given: Given): Promise<Seen> {
  const { operation, stage, old = says("old"), fresh = says("new") } = given;
  const { sdk, sent } = await recording(bench, migrating(stage, given.flag));
  const systems = await bench.endpoint((response, request) =>
    (request.path === "/old" ? old : fresh)(response, request),
  );
  const result = await sdk.command("migrationOperation", {
    key: "move",
    context: ada,
    defaultStage: "off",
    readExecutionOrder: "serial",
    operation,
    oldEndpoint: `${systems.url}/old`,
    newEndpoint: `${systems.url}/new`,
    payload: "the payload",
    trackLatency: false,
    trackErrors: false,
    trackConsistency: false,
    ...given.options,
  });
  return {
    order: systems.received.map(({ path }) => path.slice(1)),
    payloads: systems.received.map(({ body }) => body.toString()),
    result: (result as { result: unknown }).result,
    event: async () => only(await sent(), "migration_op"),
    events: sent,
  };
}

interface Measurement {
  readonly key: string;
  readonly values?: Record<string, unknown>;
  readonly value?: unknown;
  readonly samplingRatio?: number;
}
const measured = (event: Members, key: string): Measurement | undefined =>
  (event["measurements"] as Measurement[]).find((one) => one.key === key);

for (const stage of stages) {
  area.it(`the stage ${stage}`, async (bench) => {
    const sdk = await bench.client(await bench.flags(migrating(stage)));
    const given = { key: "move", context: ada, defaultStage: "off" };

    assert.deepEqual(await sdk.command("migrationVariation", given), { result: stage });
  });

  for (const operation of ["read", "write"] as const) {
    const origins = asked[operation][stage];

    area.it(`a ${operation} at ${stage} asks ${origins.join(" and ")}`, async (bench) => {
      const { order, payloads, result, event } = await migrate(bench, { operation, stage });

      // Reads may be asked in whatever order; a write goes first where its word counts.
      if (operation === "write") assert.deepEqual(order, origins);
      else assert.deepEqual([...order].sort(), [...origins].sort());
      assert.deepEqual(new Set(payloads), new Set(["the payload"]));
      assert.equal(result, origins[0]);
      const { creationDate, measurements, ...rest } = await event();
      assert.equal(typeof creationDate, "number");
      assert.deepEqual(rest, {
        kind: "migration_op",
        operation,
        context: ada,
        evaluation: {
          key: "move",
          value: stage,
          default: "off",
          variation: stages.indexOf(stage),
          version: 7,
          reason: { kind: "FALLTHROUGH" },
        },
      });
      const invoked = Object.fromEntries(origins.map((origin) => [origin, true]));
      assert.deepEqual(measurements, [{ key: "invoked", values: invoked }]);
    });

    area.it(`a ${operation} at ${stage} measures how long it took`, async (bench) => {
      const options = { trackLatency: true, readExecutionOrder: "concurrent" };
      const { event } = await migrate(bench, { operation, stage, options });

      const { values = {} } = measured(await event(), "latency_ms") ?? { key: "" };
      assert.deepEqual(Object.keys(values).sort(), [...origins].sort());
      for (const ms of Object.values(values)) assert.ok(typeof ms === "number" && ms >= 0);
    });

    for (const failing of ["old", "new"] as const) {
      area.it(`a ${operation} at ${stage} where the ${failing} one fails`, async (bench) => {
        const options = { trackErrors: true };
        const broken = { [failing === "old" ? "old" : "fresh"]: status(409) };
        const seen = await migrate(bench, { operation, stage, options, ...broken });

        // A write that failed where it counts is not written elsewhere.
        const isStopped = operation === "write" && failing === origins[0];
        assert.deepEqual([...seen.order].sort(), isStopped ? [failing] : [...origins].sort());
        const { values } = measured(await seen.event(), "error") ?? {};
        assert.deepEqual(values, origins.includes(failing) ? { [failing]: true } : undefined);
      });
    }
  }
}

for (const stage of ["shadow", "live"] as const) {
  for (const isSame of [true, false]) {
    area.it(`a read at ${stage} says that both ${isSame ? "agree" : "differ"}`, async (bench) => {
      const fresh = says(isSame ? "old" : "new");
      const options = { trackConsistency: true };
      const { event } = await migrate(bench, { operation: "read", stage, fresh, options });

      assert.deepEqual(measured(await event(), "consistent"), {
        key: "consistent",
        value: isSame,
        samplingRatio: 1,
      });
    });
  }
}

area.it("compares nothing where only one was read", async (bench) => {
  const options = { trackConsistency: true };
  const { event } = await migrate(bench, { operation: "read", stage: "off", options });

  assert.equal(measured(await event(), "consistent"), undefined);
});

area.it("compares as seldom as the flag says", async (bench) => {
  const options = { trackConsistency: true };
  const never = { migration: { checkRatio: 0 } };
  const { event } = await migrate(bench, {
    operation: "read",
    stage: "live",
    options,
    flag: never,
  });

  assert.equal(measured(await event(), "consistent"), undefined);
});

area.it("reports nothing at a sampling ratio of 0", async (bench) => {
  const { events } = await migrate(bench, {
    operation: "read",
    stage: "live",
    flag: { samplingRatio: 0 },
  });

  assert.equal((await events()).filter(({ kind }) => kind === "migration_op").length, 0);
});

area.it("keeps to the default where the flag gives no stage", async (bench) => {
  const { sdk, sent } = await recording(bench, {
    flags: flag("move", { variations: ["nowhere"] }),
  });
  const given = { key: "move", context: ada, defaultStage: "shadow" };

  assert.deepEqual(await sdk.command("migrationVariation", given), { result: "shadow" });
  assert.ok((await sent()).some(({ kind }) => kind === "summary"));
});

area.it("keeps to the default where there is no flag", async (bench) => {
  const sdk = await bench.client(await bench.flags({}));
  const given = { key: "move", context: ada, defaultStage: "live" };

  assert.deepEqual(await sdk.command("migrationVariation", given), { result: "live" });
});

for (const order of ["serial", "random", "concurrent"]) {
  area.it(`reads both in the order "${order}"`, async (bench) => {
    const options = { readExecutionOrder: order };
    const seen = await migrate(bench, { operation: "read", stage: "live", options });

    assert.deepEqual([...seen.order].sort(), ["new", "old"]);
    assert.equal(seen.result, "new");
  });
}
