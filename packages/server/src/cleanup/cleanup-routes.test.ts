import { afterAll, expect, it } from "vitest";
import { z } from "zod";
import { TemporaryServer } from "../testing/temporary-server.ts";

const dayMs = 24 * 3_600_000;
let clock = Date.UTC(2026, 0, 1);
const server = await TemporaryServer.start({ now: () => clock });
afterAll(() => server[Symbol.asyncDispose]());

async function report(environment: string, counters: Readonly<Record<string, object>>) {
  const path = `/api/v2/projects/default/environments/${environment}`;
  const { apiKey } = z.object({ apiKey: z.string() }).parse((await server.ask("GET", path)).json());
  const headers = { authorization: apiKey, "content-type": "application/json" };
  const features = Object.fromEntries(
    Object.entries(counters).map(([key, one]) => [key, { counters: [one] }]),
  );
  const body = JSON.stringify([{ kind: "summary", startDate: 1, endDate: 2, features }]);
  await fetch(`${server.url}/bulk`, { method: "POST", headers, body });
}

it("puts each flag that can go where it belongs, with what speaks for it", async () => {
  for (const key of ["launched", "forgotten", "in-use", "left"])
    await server.ask("POST", "/api/v2/flags/default", { key, name: key, temporary: true });
  const semantic = { "content-type": "application/json; domain-model=launchdarkly.semanticpatch" };
  for (const environmentKey of ["test", "production"]) {
    const instructions = [{ kind: "turnFlagOn" }];
    await server.ask(
      "PATCH",
      "/api/v2/flags/default/launched",
      { environmentKey, instructions },
      semantic,
    );
  }
  await report("test", { left: { variation: 0, version: 1, count: 1 } });
  clock += 30 * dayMs;
  const known = { variation: 0, version: 1, count: 1 };
  await report("production", {
    launched: known,
    "in-use": known,
    frogotten: { unknown: true, count: 3 },
  });

  const { items, totalCount } = (
    await server.ask("GET", "/api/v2/projects/default/cleanup")
  ).json();

  const byKey = Object.fromEntries(
    z
      .array(z.looseObject({ key: z.string() }))
      .parse(items)
      .map((one) => [one.key, one]),
  );
  expect(totalCount).toBe(4);
  expect(byKey).toMatchObject({
    launched: {
      column: "readyToRemove",
      keep: true,
      evidence: {
        isTemporary: true,
        referenceCount: 0,
        environments: [
          { key: "test", isOn: true },
          { key: "production", isOn: true, lastEvaluatedAt: clock },
        ],
      },
    },
    forgotten: { column: "neverUsed", sentence: "Made 30 days ago, and never asked for." },
    left: { column: "safeToArchive" },
    frogotten: {
      column: "unknown",
      sentence:
        'SDKs asked for it 3 times in production, and no flag has this key. Is "forgotten" meant?',
    },
  });
});

it("follows the project's own rules, and leaves out what is kept", async () => {
  const path = "/api/v2/projects/default/lifecycle";
  const board = async () => (await server.ask("GET", "/api/v2/projects/default/cleanup")).json();
  const columnOf = async (key: string) =>
    z
      .array(z.looseObject({ key: z.string(), column: z.string() }))
      .parse((await board()).items)
      .find((one) => one.key === key)?.column;
  await server.ask("POST", "/api/v2/flags/default", { key: "kept", name: "Kept" });
  clock += 20 * dayMs;
  expect(await columnOf("kept")).toBe("neverUsed");

  const changed = await server.ask("PATCH", path, { unusedDays: 30 });

  expect(changed.json()).toMatchObject({ servedDays: 7, unaskedDays: 7, unusedDays: 30 });
  expect((await server.ask("GET", path)).json()).toEqual(changed.json());
  expect(await columnOf("kept")).toBeUndefined();
  expect((await server.ask("PATCH", path, { unusedDays: 0 })).statusCode).toBe(400);

  await server.ask("PATCH", path, { unusedDays: 14 });
  const values = [new Date(clock + 10 * dayMs).toISOString().slice(0, 10)];
  const keep = {
    kind: "replaceCustomProperties",
    key: "halyard.keep-until",
    name: "Keep until",
    values,
  };
  const semantic = { "content-type": "application/json; domain-model=launchdarkly.semanticpatch" };
  await server.ask("PATCH", "/api/v2/flags/default/kept", { instructions: [keep] }, semantic);

  expect(await columnOf("kept")).toBeUndefined();
  expect((await board()).kept).toMatchObject([{ key: "kept", name: "Kept" }]);
  clock += 11 * dayMs;
  expect(await columnOf("kept")).toBe("neverUsed");
  expect((await board()).kept).toEqual([]);
});
