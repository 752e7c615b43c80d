import {
  ContextsApi,
  EnvironmentsApi,
  FeatureFlagsApi,
  OtherApi,
  ProjectsApi,
  RelayProxyConfigurationsApi,
  TagsApi,
} from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const projects = new ProjectsApi(client.configuration);
const environments = new EnvironmentsApi(client.configuration);

describe("the generated client", () => {
  it("makes a project with its environments, lists it and reads it", async () => {
    const { data: made } = await projects.postProject({
      key: "shop",
      name: "Shop",
      tags: ["web"],
      environments: [
        { key: "production", name: "Production", color: "417505", critical: true },
        { key: "staging", name: "Staging", color: "f5a623" },
      ],
    });
    const { data: list } = await projects.getProjects(1, 0, "query:shop", "name", "environments");
    const { data: read } = await projects.getProject("shop", "environments");

    expect(made.environments.map(({ key }) => key)).toEqual(["production", "staging"]);
    expect(list).toMatchObject({ totalCount: 1, items: [{ key: "shop", tags: ["web"] }] });
    expect(read.environments?.items.map(({ critical }) => critical)).toEqual([true, false]);
  });

  it("makes an environment, changes it, and gives it new keys", async () => {
    const body = { key: "qa", name: "QA", color: "417505" };
    const { data: made } = await environments.postEnvironment("shop", body);
    const { data: changed } = await environments.patchEnvironment("shop", "qa", [
      { op: "replace", path: "/name", value: "Quality" },
    ]);
    const { data: sdk } = await environments.resetEnvironmentSDKKey("shop", "qa");
    const { data: mobile } = await environments.resetEnvironmentMobileKey("shop", "qa");
    const { data: list } = await environments.getEnvironmentsByProject("shop", 10, 0, "query:qual");

    expect(changed.name).toBe("Quality");
    expect(sdk.apiKey).not.toBe(made.apiKey);
    expect(mobile.mobileKey).not.toBe(made.mobileKey);
    expect(list.items.map(({ apiKey }) => apiKey)).toEqual([sdk.apiKey]);
  });

  it("changes what a project is called and what its new flags get", async () => {
    const { data: changed } = await projects.patchProject("shop", [
      { op: "replace", path: "/name", value: "Web shop" },
    ]);
    await projects.patchFlagDefaultsByProject("shop", [
      { op: "replace", path: "/temporary", value: false },
    ]);
    const flags = new FeatureFlagsApi(client.configuration);
    const { data: flag } = await flags.postFeatureFlag("shop", { key: "lasting", name: "Lasting" });

    expect(changed.name).toBe("Web shop");
    expect(flag.temporary).toBe(false);
  });

  it("keeps kinds of contexts", async () => {
    const contexts = new ContextsApi(client.configuration);
    await contexts.putContextKind("shop", "device", { name: "Device" });
    const { data } = await contexts.getContextKindsByProjectKey("shop");

    expect(data.items.map(({ key }) => key)).toContain("device");
  });

  it("lists tags", async () => {
    const { data } = await new TagsApi(client.configuration).getTags();

    expect(data.items).toContain("web");
  });

  it("deletes an environment and a project", async () => {
    await projects.postProject({ key: "passing", name: "Passing" });
    await environments.deleteEnvironment("passing", "test");
    const { data: left } = await environments.getEnvironmentsByProject("passing");
    await projects.deleteProject("passing");

    expect(left.items.map(({ key }) => key)).toEqual(["production"]);
    expect(await statusOfRefusal(projects.getProject("passing"))).toBe(404);
  });

  const policy = [{ effect: "allow" as const, actions: ["*"], resources: ["proj/*:env/*"] }];

  it("keeps configurations of relays", async () => {
    const relays = new RelayProxyConfigurationsApi(client.configuration);
    const { data: made } = await relays.postRelayAutoConfig({ name: "edge", policy });
    const { data: list } = await relays.getRelayProxyConfigs();
    await relays.deleteRelayAutoConfig(made._id);

    expect(made.fullKey).toMatch(/^rel-/u);
    expect(list.items.map(({ name }) => name)).toEqual(["edge"]);
    expect((await relays.getRelayProxyConfigs()).data.items).toEqual([]);
  });

  it("asks who it is, and which versions there are", async () => {
    const other = new OtherApi(client.configuration);
    const { data: identity } = await other.getCallerIdentity();
    const { data: versions } = await other.getVersions();

    expect(identity).toMatchObject({ authKind: "token", tokenName: "bootstrap token" });
    expect(versions.validVersions).toContain(versions.latestVersion);
  });

  it("is told what is wrong with the status that it knows", async () => {
    expect(await statusOfRefusal(projects.getProject("nowhere"))).toBe(404);
    expect(await statusOfRefusal(projects.postProject({ key: "shop", name: "Twice" }))).toBe(409);
    const stranger = new ProjectsApi(client.configurationFor("api-unknown"));
    expect(await statusOfRefusal(stranger.getProjects())).toBe(401);
  });
});
