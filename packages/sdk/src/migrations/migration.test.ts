import { describe, expect, it } from "vitest";
import { event, keptLines, ScriptedService, status, streams } from "../../test/scripted-service.ts";
import { createMigration, init, type MigrationOptions, type Stage } from "../index.ts";

const ada = { kind: "user", key: "ada" };
const stages = ["off", "dualwrite", "shadow", "live", "rampdown", "complete"] as const;

/** A client whose flag "move" is at this stage, and what it reports. */
async function startAt(stage: string, rest: object = {}) {
  const flag = {
    key: "move",
    version: 7,
    on: false,
    offVariation: 0,
    variations: [stage],
    ...rest,
  };
  const put = event("put", { path: "/", data: { flags: { move: flag }, segments: {} } });
  const service = await ScriptedService.start({ "/all": streams(put), "/bulk": status(202) });
  const { lines, logger } = keptLines();
  const flags = init("sdk-test", { baseUri: service.url, logger, generation: "first" });
  await flags.waitForInitialization();
  return {
    flags,
    lines,
    async operations() {
      await flags.flush();
      return service.events.filter(({ kind }) => kind === "migration_op");
    },
    async [Symbol.asyncDispose]() {
      await flags.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

type Options = MigrationOptions<string, string, string>;

/** Systems that note who was asked for what. */
function systems(rest: Partial<Options> = {}) {
  const calls: string[] = [];
  const note = (name: string) => (payload: string) => {
    calls.push(name);
    return `${name} ${payload}`;
  };
  const options: Options = {
    readOld: note("readOld"),
    readNew: note("readNew"),
    writeOld: note("writeOld"),
    writeNew: note("writeNew"),
    reading: "serial",
    ...rest,
  };
  return { calls, options };
}

const expected: Readonly<Record<Stage, { read: string[]; write: string[] }>> = {
  off: { read: ["readOld"], write: ["writeOld"] },
  dualwrite: { read: ["readOld"], write: ["writeOld", "writeNew"] },
  shadow: { read: ["readOld", "readNew"], write: ["writeOld", "writeNew"] },
  live: { read: ["readNew", "readOld"], write: ["writeNew", "writeOld"] },
  rampdown: { read: ["readNew"], write: ["writeNew", "writeOld"] },
  complete: { read: ["readNew"], write: ["writeNew"] },
};

describe("Migration", () => {
  it.each(stages)(
    "asks at stage %s whom it should, and counts the first one's answer",
    async (stage) => {
      await using app = await startAt(stage);
      const { calls, options } = systems();
      const migration = createMigration(app.flags, options);

      const read = await migration.read("move", ada, "off", "x");
      const reads = calls.splice(0);
      const written = await migration.write("move", ada, "off", "y");

      expect([reads, calls]).toEqual([expected[stage].read, expected[stage].write]);
      expect(read).toMatchObject({ isOk: true, value: `${expected[stage].read[0]} x` });
      expect(written.authoritative).toMatchObject({ value: `${expected[stage].write[0]} y` });
      expect(written.other === undefined).toBe(expected[stage].write.length === 1);
    },
  );

  it("reports what was invoked, how long it took, and whether both agreed", async () => {
    await using app = await startAt("shadow");
    const { options } = systems({ isSame: () => false });

    await createMigration(app.flags, options).read("move", ada, "off", "x");

    expect(await app.operations()).toEqual([
      {
        kind: "migration_op",
        operation: "read",
        creationDate: expect.any(Number),
        context: ada,
        evaluation: {
          key: "move",
          value: "shadow",
          default: "off",
          variation: 0,
          version: 7,
          reason: { kind: "OFF" },
        },
        measurements: [
          { key: "invoked", values: { old: true, new: true } },
          { key: "consistent", value: false, samplingRatio: 1 },
          { key: "latency_ms", values: { old: expect.any(Number), new: expect.any(Number) } },
        ],
      },
    ]);
  });

  it("gives errors back, reports them, and writes no second system after a failed first", async () => {
    await using app = await startAt("dualwrite");
    const failure = new Error("disk full");
    const { calls, options } = systems({
      writeOld: () => {
        throw failure;
      },
      trackLatency: false,
    });

    const { authoritative, other } = await createMigration(app.flags, options).write(
      "move",
      ada,
      "off",
      "y",
    );

    expect(authoritative).toEqual({ isOk: false, origin: "old", error: failure });
    expect([other, calls]).toEqual([undefined, []]);
    expect((await app.operations())[0]).toMatchObject({
      measurements: [
        { key: "invoked", values: { old: true } },
        { key: "error", values: { old: true } },
      ],
    });
  });

  it("asks both at once, unless told to take turns", async () => {
    await using app = await startAt("shadow");
    const gate = Promise.withResolvers<void>();
    const { options } = systems({
      readOld: async () => {
        await gate.promise;
        return "old";
      },
      readNew: () => {
        gate.resolve();
        return "new";
      },
      reading: "concurrent",
    });

    const read = await createMigration(app.flags, options).read("move", ada, "off", "x");

    expect(read).toEqual({ isOk: true, origin: "old", value: "old" });
  });

  it("falls back to the default stage where the flag gives no stage", async () => {
    await using app = await startAt("sideways");
    const { calls, options } = systems();

    await createMigration(app.flags, options).read("move", ada, "complete", "x");

    expect(calls).toEqual(["readNew"]);
    expect(app.lines.join()).toContain('"move" gives "sideways", which is no migration stage');
    expect((await app.operations())[0]).toMatchObject({
      evaluation: { value: "complete", reason: { kind: "ERROR", errorKind: "WRONG_TYPE" } },
    });
  });

  it("compares as seldom as the flag says, and reports as seldom as it samples", async () => {
    await using never = await startAt("shadow", { migration: { checkRatio: 0 } });
    await using unsampled = await startAt("shadow", { samplingRatio: 0 });
    const compared: string[] = [];
    const { options } = systems({ isSame: (old) => compared.push(old) > 0 });

    await createMigration(never.flags, options).read("move", ada, "off", "x");
    await createMigration(unsampled.flags, systems().options).read("move", ada, "off", "x");

    expect(compared).toEqual([]);
    expect(await never.operations()).toHaveLength(1);
    expect(await unsampled.operations()).toEqual([]);
  });

  it("does not report what contradicts itself, and says why", async () => {
    await using app = await startAt("off");
    const { tracker } = app.flags.migrationVariation("move", ada, "off");
    tracker.operation("read");
    tracker.invoked("old");
    tracker.latency("new", 3);

    app.flags.trackMigration(tracker);

    expect(await app.operations()).toEqual([]);
    expect(app.lines).toEqual([
      "halyard: a migration is not reported: new has a latency and was not invoked.",
    ]);
  });
});
