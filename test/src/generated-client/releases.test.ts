import {
  FeatureFlagsApi,
  ReleasePipelinesBetaApi,
  ReleasesBetaApi,
} from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const pipelines = new ReleasePipelinesBetaApi(client.configuration);
const releases = new ReleasesBetaApi(client.configuration);
const flags = new FeatureFlagsApi(client.configuration);
const phases = ["test", "production"].map((environmentKey) => ({
  name: environmentKey,
  audiences: [{ environmentKey, name: "Everyone" }],
}));

describe("the generated client", () => {
  it("makes a release pipeline, changes it, lists and deletes it", async () => {
    const body = { key: "passing", name: "Passing", phases, tags: ["web"] };
    const { data: made } = await pipelines.postReleasePipeline("default", body);
    const { data: put } = await pipelines.putReleasePipeline("default", "passing", {
      name: "Passed",
      phases,
    });
    const { data: list } = await pipelines.getAllReleasePipelines("default", "query:pass");
    await pipelines.deleteReleasePipeline("default", "passing");

    expect(made.phases.map(({ name }) => name)).toEqual(["test", "production"]);
    expect(put.name).toBe("Passed");
    expect(list.items.map(({ key }) => key)).toEqual(["passing"]);
    const reading = pipelines.getReleasePipelineByKey("default", "passing");
    expect(await statusOfRefusal(reading)).toBe(404);
  });

  it("takes a flag through the phases of a pipeline", async () => {
    await pipelines.postReleasePipeline("default", { key: "web", name: "Web", phases });
    const { data: flag } = await flags.postFeatureFlag("default", { key: "new", name: "New" });
    const { data: begun } = await releases.createReleaseForFlag("default", "new", {
      releasePipelineKey: "web",
      releaseVariationId: String(flag.variations[0]?._id),
    });
    const place = ["default", "new"] as const;
    const first = String(begun.phases[0]?._id);

    const { data: started } = await releases.updatePhaseStatus(...place, first, {
      status: "Started",
    });
    const { data: completed } = await releases.patchReleaseByFlagKey(...place, [
      { op: "replace", path: "/phases/1/complete", value: true },
    ]);
    const { data: served } = await flags.getFeatureFlag("default", "new");
    const { data: progress } = await pipelines.getAllReleaseProgressionsForReleasePipeline(
      "default",
      "web",
    );
    const { data: read } = await releases.getReleaseByFlagKey(...place);
    await releases.deleteReleaseByFlagKey(...place);

    expect(started.phases[0]).toMatchObject({ _name: "test", started: true });
    expect(completed.phases.map(({ complete }) => complete)).toEqual([true, true]);
    const on = ["test", "production"].map((key) => served.environments?.[key]?.on);
    expect(on).toEqual([true, true]);
    expect(progress.items).toMatchObject([{ flagKey: "new" }]);
    expect(read.releasePipelineKey).toBe("web");
    expect(await statusOfRefusal(releases.getReleaseByFlagKey(...place))).toBe(404);
  });
});
