import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { flag, keptLines } from "../../test/scripted-service.ts";
import { fileSource, type HalyardClient, init } from "../index.ts";

const ada = { kind: "user", key: "ada" };

describe("fileSource", () => {
  let folder = "";
  const file = (name: string): string => path.join(folder, name);
  const write = (name: string, content: object): Promise<void> =>
    writeFile(file(name), JSON.stringify(content));

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "halyard-files-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it("serves the flags, segments and plain values of its files at once", async () => {
    const clause = { contextKind: "user", attribute: "", op: "segmentMatch", values: ["staff"] };
    const staffOnly = {
      ...flag(1, false, "debug"),
      on: true,
      variations: [false, true],
      rules: [{ id: "r", variation: 1, clauses: [clause] }],
      fallthrough: { variation: 0 },
    };
    await write("flags.json", { flags: { debug: staffOnly }, flagValues: { checkout: "new" } });
    await write("segments.json", {
      segments: { staff: { key: "staff", version: 1, included: ["ada"] } },
    });

    await using flags = init(undefined, {
      source: fileSource({ paths: [file("flags.json"), file("segments.json")] }),
    });

    expect(flags.boolVariation("debug", ada, false)).toBe(true);
    expect(flags.boolVariation("debug", { kind: "user", key: "bo" }, true)).toBe(false);
    expect(flags.variationDetail("checkout", ada, "old")).toMatchObject({
      value: "new",
      source: "file",
    });
    expect(flags.status).toBe("live");
  });

  it("takes up what is saved, also by an editor that puts another file in its place", async () => {
    await write("flags.json", { flagValues: { checkout: "old" } });
    await using flags = init(undefined, {
      source: fileSource({ paths: [file("flags.json")], watch: true }),
    });
    const value = (): string => flags.stringVariation("checkout", ada, "fallback");
    const changed = (): Promise<void> =>
      new Promise((resolve) => flags.on("change:checkout", () => resolve()));
    expect(value()).toBe("old");

    const first = changed();
    await write("flags.json", { flagValues: { checkout: "new" } });
    await first;
    expect(value()).toBe("new");
    await write("draft.json", { flagValues: { checkout: "newest" } });
    await rename(file("draft.json"), file("flags.json"));

    await expect.poll(value).toBe("newest");
  });

  it("keeps what it has while a file is broken, and says which", async () => {
    await write("flags.json", { flagValues: { checkout: "old" } });
    const { lines, logger } = keptLines();
    await using flags = init(undefined, {
      logger,
      source: fileSource({ paths: [file("flags.json")], watch: true }),
    });

    await writeFile(file("flags.json"), "{oops");
    await expect.poll(() => lines.length).toBe(1);

    expect(lines[0]).toContain(`the flags in ${file("flags.json")} cannot be used`);
    expect([flags.stringVariation("checkout", ada, "fallback"), flags.status]).toEqual([
      "old",
      "stale",
    ]);
  });

  it("does not start without a file, or where two files name one flag", async () => {
    await write("one.json", { flagValues: { checkout: "old" } });
    await write("two.json", { flags: { checkout: flag(1, "new") } });
    const started = async (...names: readonly string[]): Promise<string | undefined> => {
      const { lines, logger } = keptLines();
      const source = fileSource({ paths: names.map(file) });
      await using flags: HalyardClient = init(undefined, { logger, source });
      expect(flags.status).toBe("offline");
      return lines[0];
    };

    expect(await started("one.json", "two.json")).toContain('the flag "checkout" is in two files');
    expect(await started("nowhere.json")).toContain("no such file");
  });

  it("reads other notations with a parser of the app's", async () => {
    await writeFile(file("flags.txt"), "checkout=new");
    const parse = (text: string) => ({ flagValues: Object.fromEntries([text.split("=")]) });

    await using flags = init(undefined, {
      source: fileSource({ paths: [file("flags.txt")], parse }),
    });

    expect(flags.stringVariation("checkout", ada, "fallback")).toBe("new");
  });
});
