import {
  AccessTokensApi,
  AccountMembersApi,
  CustomRolesApi,
  FeatureFlagsApi,
  TeamsApi,
} from "launchdarkly-api-typescript";
import { afterAll, describe, expect, it } from "vitest";
import { GeneratedClient, statusOfRefusal } from "./generated-client.ts";

const client = await GeneratedClient.start();
afterAll(() => client[Symbol.asyncDispose]());
const tokens = new AccessTokensApi(client.configuration);
const roles = new CustomRolesApi(client.configuration);
const members = new AccountMembersApi(client.configuration);
const teams = new TeamsApi(client.configuration);

describe("the generated client", () => {
  it("makes a role, and a token that may just what it says", async () => {
    const { data: role } = await roles.postCustomRole({
      key: "flag-maker",
      name: "Flag maker",
      policy: [
        { effect: "allow", actions: ["createFlag"], resources: ["proj/*:env/*:flag/made-*"] },
      ],
    });
    const { data: token } = await tokens.postToken({
      name: "maker",
      customRoleIds: [role._id],
      serviceToken: true,
    });

    const flags = new FeatureFlagsApi(client.configurationFor(String(token.token)));
    const { data: made } = await flags.postFeatureFlag("default", { key: "made-1", name: "Made" });
    const other = flags.postFeatureFlag("default", { key: "other", name: "Other" });

    expect(made.key).toBe("made-1");
    expect(await statusOfRefusal(other)).toBe(403);
  });

  it("changes a token, gives it another secret, and ends it", async () => {
    const { data: made } = await tokens.postToken({ name: "script", role: "reader" });
    const { data: changed } = await tokens.patchToken(made._id, [
      { op: "replace", path: "/name", value: "nightly script" },
    ]);
    const { data: reset } = await tokens.resetToken(made._id);
    await tokens.deleteToken(made._id);

    expect(changed.name).toBe("nightly script");
    expect(reset.token).not.toBe(made.token);
    expect(await statusOfRefusal(tokens.getToken(made._id))).toBe(404);
  });

  it("changes a role and deletes it", async () => {
    await roles.postCustomRole({ key: "passing", name: "Passing", policy: [] });
    const { data: changed } = await roles.patchCustomRole("passing", {
      patch: [{ op: "replace", path: "/name", value: "Passed" }],
    });
    await roles.deleteCustomRole("passing");

    expect(changed.name).toBe("Passed");
    const { data: list } = await roles.getCustomRoles();
    expect(list.items.map(({ key }) => key)).not.toContain("passing");
  });

  it("invites a member, changes the role, and puts the member into a team", async () => {
    const { data: invited } = await members.postMembers([
      { email: "ada@example.com", firstName: "Ada", role: "reader" },
    ]);
    const id = String(invited.items?.[0]?._id);
    const { data: changed } = await members.patchMember(id, [
      { op: "replace", path: "/role", value: "writer" },
    ]);
    await teams.postTeam({ key: "web", name: "Web", customRoleKeys: ["flag-maker"] });
    const { data: team } = await teams.patchTeam(
      "web",
      { instructions: [{ kind: "addMembers", values: [id] }] },
      "members",
    );
    const { data: list } = await members.getMembers(10, 0, "team:web");

    expect(changed.role).toBe("writer");
    expect(team.members?.totalCount).toBe(1);
    expect(list.items.map(({ email }) => email)).toEqual(["ada@example.com"]);
  });

  it("lists teams and their roles, and deletes one", async () => {
    const { data: list } = await teams.getTeams(5, 0, "query:web", "roles,maintainers");
    const { data: ofTeam } = await teams.getTeamRoles("web");
    await teams.deleteTeam("web");

    expect(list.items?.map(({ key }) => key)).toEqual(["web"]);
    expect(ofTeam.items?.map(({ key }) => key)).toEqual(["flag-maker"]);
    expect(await statusOfRefusal(teams.getTeam("web"))).toBe(404);
  });
});
