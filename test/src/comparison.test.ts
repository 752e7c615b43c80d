import { expect, it } from "vitest";
import { compareSdks } from "./comparison.ts";
import { generateContexts } from "./contexts.ts";
import { everyFeature } from "./every-feature.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

it("gives every context what LaunchDarkly's own SDK gives it, for every feature of the model", async () => {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("features", ["production"]);
  const documents = everyFeature("production");
  const report = await management.import("features", {
    format: "launchdarkly",
    environmentKey: "production",
    documents,
  });
  expect(report.refused).toEqual([]);
  const sdkKey = await management.sdkKey("features", "production");
  const keys = report.taken.filter(({ kind }) => kind === "flag").map(({ key }) => key);
  expect(keys).toHaveLength(documents.flags.length);

  const { compared, differences } = await compareSdks(
    { url: server.url, sdkKey },
    [...keys, "no-such-flag"],
    generateContexts(1000),
  );

  expect(compared).toBe(1000 * (keys.length + 1));
  expect(differences.slice(0, 3)).toEqual([]);
}, 180_000);
