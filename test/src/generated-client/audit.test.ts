import { AuditLogApi, FeatureFlagsApi } from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const log = new AuditLogApi(client.configuration);

describe("the generated client", () => {
  it("finds what was done to a flag, and reads the entry", async () => {
    const flags = new FeatureFlagsApi(client.configuration);
    await flags.postFeatureFlag("default", { key: "logged", name: "Logged" });
    await flags.patchFeatureFlag("default", "logged", {
      comment: "for the sale",
      patch: [{ op: "replace", path: "/environments/test/on", value: true }],
    });

    const spec = "proj/default:env/test:flag/logged";
    const { data: list } = await log.getAuditLogEntries(undefined, undefined, undefined, 5, spec);
    const { data: entry } = await log.getAuditLogEntry(String(list.items[0]?._id));

    expect(list.items[0]).toMatchObject({ kind: "flag", comment: "for the sale" });
    expect(entry.target?.resources).toContain(spec);
    expect(entry.accesses.map(({ action }) => action)).toContain("updateOn");
  });

  it("searches by what a role would allow, and is told of no entry", async () => {
    const statements = [
      { effect: "allow" as const, actions: ["createFlag"], resources: ["proj/*:env/*:flag/*"] },
    ];
    const { data: found } = await log.postAuditLogEntries(
      undefined,
      undefined,
      undefined,
      5,
      statements,
    );

    expect(found.items.map(({ name }) => name)).toEqual(["Logged"]);
    expect(await statusOfRefusal(log.getAuditLogEntry("nothing"))).toBe(404);
  });
});
