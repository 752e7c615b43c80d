import { CodeReferencesApi, FeatureFlagsApi } from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const references = new CodeReferencesApi(client.configuration);
const flag = { projKey: "default", flagKey: "checkout" };
const branch = {
  name: "main",
  head: "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3",
  syncTime: 1_700_000_000_000,
  references: [
    {
      path: "src/cart.ts",
      hunks: [{ ...flag, startingLineNumber: 3, lines: 'flag("checkout")', aliases: [] }],
    },
  ],
};

describe("the generated client", () => {
  it("tells of a repository and of what is named on its branch", async () => {
    const flags = new FeatureFlagsApi(client.configuration);
    await flags.postFeatureFlag("default", { key: "checkout", name: "Checkout" });
    await references.postRepository({ name: "shop", type: "github", defaultBranch: "main" });
    await references.putBranch("shop", "main", branch);

    const { data: read } = await references.getBranch("shop", "main", "default", "checkout");
    const { data: list } = await references.getRepositories("true", "true", "default", "checkout");
    const { data: counts } = await references.getStatistics("default", "checkout");
    const { data: root } = await references.getRootStatistic();

    expect(read.references).toMatchObject(branch.references);
    expect(list.items).toMatchObject([{ name: "shop", type: "github" }]);
    expect(counts.flags["checkout"]).toMatchObject([{ fileCount: 1, hunkCount: 1 }]);
    expect(root.projects).toHaveLength(1);
  });

  it("tells where a flag was named for the last time", async () => {
    const gone = { revision: "b", message: "Drop it", time: 1_700_000_000_001, ...flag };
    await references.postExtinction("shop", "main", [gone]);
    const { data } = await references.getExtinctions("shop", "main", "default", "checkout");

    expect(data.items["shop"]).toEqual([gone]);
  });

  it("changes a repository, and takes branches and the repository away", async () => {
    const { data: changed } = await references.patchRepository("shop", [
      { op: "replace", path: "/defaultBranch", value: "trunk" },
    ]);
    const { data: before } = await references.getBranches("shop");
    await references.deleteBranches("shop", ["main"]);
    const { data: after } = await references.getBranches("shop");
    await references.deleteRepository("shop");

    expect(changed.defaultBranch).toBe("trunk");
    expect([before.items.length, after.items.length]).toEqual([1, 0]);
    expect(await statusOfRefusal(references.getRepository("shop"))).toBe(404);
  });
});
