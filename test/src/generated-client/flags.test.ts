import {
  ContextsApi,
  type FeatureFlag,
  type FeatureFlagBody,
  FeatureFlagsApi,
  type PatchOperation,
} from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const flags = new FeatureFlagsApi(client.configuration);
const project = "default";

async function patched(key: string, patch: readonly PatchOperation[]): Promise<FeatureFlag> {
  const { data } = await flags.patchFeatureFlag(project, key, { patch: [...patch] });
  return data;
}

/** What a context gets, as the server evaluates it. */
async function valuesFor(context: object): Promise<Record<string, unknown>> {
  const contexts = new ContextsApi(client.configuration);
  const { data } = await contexts.evaluateContextInstance(project, "test", { ...context });
  return Object.fromEntries(data.items.map(({ key, _value }) => [key, _value]));
}

describe("the generated client", () => {
  const values = {
    "boolean-flag": [true, false],
    "text-flag": ["old", "new"],
    "number-flag": [1, 2.5],
    "json-flag": [{ limit: 1 }, { limit: [2, null] }],
  };

  it.each(Object.entries(values))("makes a %s", async (key, [first, second]) => {
    const body: FeatureFlagBody = {
      key,
      name: key,
      tags: ["made"],
      variations: [{ value: first }, { value: second }],
      defaults: { onVariation: 0, offVariation: 1 },
      clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
    };

    const { data: made } = await flags.postFeatureFlag(project, body);

    expect(made.variations.map(({ value }) => value)).toEqual([first, second]);
    expect(made.environments?.["test"]).toMatchObject({ on: false, offVariation: 1 });
  });

  it("turns a flag on, targets, adds a rule, a rollout and a prerequisite", async () => {
    await patched("boolean-flag", [{ op: "replace", path: "/environments/test/on", value: true }]);
    await patched("text-flag", [
      { op: "replace", path: "/environments/test/on", value: true },
      {
        op: "add",
        path: "/environments/test/targets/-",
        value: { variation: 1, values: ["ada"], contextKind: "user" },
      },
      {
        op: "add",
        path: "/environments/test/rules/-",
        value: {
          variation: 1,
          clauses: [
            { contextKind: "user", attribute: "country", op: "in", values: ["NL"], negate: false },
          ],
        },
      },
      {
        op: "replace",
        path: "/environments/test/fallthrough",
        value: {
          rollout: {
            variations: [
              { variation: 0, weight: 100_000 },
              { variation: 1, weight: 0 },
            ],
          },
        },
      },
      {
        op: "add",
        path: "/environments/test/prerequisites/-",
        value: { key: "boolean-flag", variation: 0 },
      },
    ]);

    expect(await valuesFor({ kind: "user", key: "ada" })).toMatchObject({ "text-flag": "new" });
    expect(await valuesFor({ kind: "user", key: "bob", country: "NL" })).toMatchObject({
      "text-flag": "new",
    });
    expect(await valuesFor({ kind: "user", key: "bob" })).toMatchObject({ "text-flag": "old" });
  });

  it("says when a target ends", async () => {
    const { data: flag } = await flags.getFeatureFlag(project, "text-flag");
    const value = Date.UTC(2100, 0);
    const instruction = {
      kind: "addExpiringTarget",
      contextKind: "user",
      contextKey: "ada",
      variationId: flag.variations[1]?._id,
      value,
    };

    await flags.patchExpiringTargets(project, "test", "text-flag", {
      instructions: [instruction],
    });
    const { data } = await flags.getExpiringContextTargets(project, "test", "text-flag");

    expect(data.items).toMatchObject([{ contextKey: "ada", expirationDate: value }]);
  });

  it("lists flags by filter, order and page, and reads one", async () => {
    const { data: list } = await flags.getFeatureFlags(
      project,
      "test",
      undefined,
      2,
      1,
      undefined,
      false,
      "tags:made",
      "key",
    );
    const { data: one } = await flags.getFeatureFlag(project, "text-flag", "test");

    expect(list.totalCount).toBe(4);
    expect(list.items.map(({ key }) => key)).toEqual(["json-flag", "number-flag"]);
    expect(list._links["next"]?.href).toContain("offset=3");
    expect(one.environments?.["test"]?.rules).toHaveLength(1);
  });

  it("changes names and tags, archives and deletes", async () => {
    const changed = await patched("json-flag", [
      { op: "replace", path: "/name", value: "Limits" },
      { op: "add", path: "/tags/-", value: "later" },
      { op: "replace", path: "/archived", value: true },
    ]);
    await flags.deleteFeatureFlag(project, "json-flag");

    expect(changed).toMatchObject({ name: "Limits", tags: ["made", "later"], archived: true });
    expect(await statusOfRefusal(flags.getFeatureFlag(project, "json-flag"))).toBe(404);
  });

  it("is told where a value has changed meanwhile", async () => {
    const patch = [
      { op: "test", path: "/name", value: "another" },
      { op: "replace", path: "/name", value: "mine" },
    ];

    expect(await statusOfRefusal(patched("text-flag", patch))).toBe(409);
  });
});
