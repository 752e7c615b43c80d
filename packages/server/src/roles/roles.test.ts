import { afterAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/roles";
const flag = "/api/v2/flags/default/checkout";
const turnOn = (environmentKey: string) => ({
  environmentKey,
  instructions: [{ kind: "turnFlagOn" }],
});
await server.ask("POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });

const switching = (key: string, resource: string, basePermissions = "reader") => ({
  key,
  name: key,
  basePermissions,
  policy: [{ effect: "allow", actions: ["updateOn"], resources: [resource] }],
});

describe("a custom role", () => {
  it("is made, shown, changed and deleted", async () => {
    const body = switching("switchers", "proj/*:env/test:flag/*");

    const made = await server.ask("POST", path, body);
    const again = await server.ask("POST", path, body);
    const changed = await server.ask("PATCH", `${path}/switchers`, [
      { op: "replace", path: "/name", value: "Who switches" },
      { op: "add", path: "/policy/0/actions/-", value: "updateRules" },
    ]);
    const shown = await server.ask("GET", `${path}/switchers`);
    const gone = await server.ask("DELETE", `${path}/switchers`);

    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ ...body, assignedTo: { membersCount: 0, teamsCount: 0 } });
    expect(again.statusCode).toBe(409);
    expect(changed.statusCode).toBe(200);
    expect(shown.json()).toMatchObject({
      name: "Who switches",
      policy: [{ actions: ["updateOn", "updateRules"] }],
    });
    expect(gone.statusCode).toBe(204);
    expect((await server.ask("GET", `${path}/switchers`)).statusCode).toBe(404);
  });

  it("is refused with a policy that cannot be read, and with a member that a role has not", async () => {
    await server.ask("POST", path, switching("strict", "proj/*"));

    const policy = [{ effect: "allow", actions: ["*"], resources: ["all of it"] }];
    const unreadable = await server.ask("POST", path, { key: "odd", name: "Odd", policy });
    const unknown = await server.ask("PATCH", `${path}/strict`, [
      { op: "add", path: "/power", value: "all" },
    ]);

    expect(unreadable.statusCode).toBe(400);
    expect(unreadable.json().message).toContain("write KIND/KEY");
    expect(unknown.statusCode).toBe(400);
    expect(unknown.json().message).toContain("power");
  });

  it("lets its members do what it says, at once when it changes, and no more", async () => {
    await server.ask("POST", path, switching("testers", "proj/*:env/test:flag/*"));
    const grace = await newMember(server, {
      email: "grace@example.com",
      customRoles: ["testers"],
    });

    const inTest = await server.askAs(grace, "PATCH", flag, turnOn("test"));
    const inProduction = await server.askAs(grace, "PATCH", flag, turnOn("production"));
    const rename = { instructions: [{ kind: "updateName", value: "Till" }] };
    const renamed = await server.askAs(grace, "PATCH", flag, rename);
    await server.ask("PATCH", `${path}/testers`, [
      { op: "replace", path: "/policy/0/resources/0", value: "proj/*:env/production:flag/*" },
    ]);
    const afterwards = await server.askAs(grace, "PATCH", flag, turnOn("production"));

    expect(inTest.statusCode).toBe(200);
    expect(inProduction.statusCode).toBe(403);
    expect(inProduction.json().message).toContain(
      "do not allow updateOn on proj/default:env/production:flag/checkout",
    );
    expect(renamed.statusCode).toBe(403);
    expect(afterwards.statusCode).toBe(200);
  });

  it("is not deleted while somebody has it", async () => {
    await server.ask("POST", path, switching("held", "proj/*:env/test:flag/*"));
    await newMember(server, { email: "held@example.com", customRoles: ["held"] });

    const refused = await server.ask("DELETE", `${path}/held`);

    expect(refused.statusCode).toBe(409);
    expect(refused.json().message).toContain("1 members");
  });

  it("that sees nothing by itself does not even show that there is a project", async () => {
    await server.ask("POST", "/api/v2/projects", { key: "hidden", name: "Hidden" });
    const role = {
      key: "narrow",
      name: "Narrow",
      basePermissions: "no_access",
      policy: [{ effect: "allow", actions: ["viewProject"], resources: ["proj/default"] }],
    };
    await server.ask("POST", path, role);
    const { token } = await newToken(server, { customRoleIds: ["narrow"] });

    const projects = await server.ask("GET", "/api/v2/projects", undefined, token);
    const hidden = await server.ask("GET", "/api/v2/projects/hidden", undefined, token);
    const missing = await server.ask("GET", "/api/v2/projects/missing", undefined, token);

    expect(projects.json().items.map(({ key }: { key: string }) => key)).toEqual(["default"]);
    expect(hidden.statusCode).toBe(404);
    expect(missing.statusCode).toBe(404);
    expect(hidden.json().message.replace("hidden", "missing")).toBe(missing.json().message);
  });

  it("looks at tags and at what is critical", async () => {
    await server.ask("PATCH", flag, { instructions: [{ kind: "addTags", values: ["beta"] }] });
    await server.ask("POST", "/api/v2/flags/default", { key: "plain", name: "Plain" });
    const inlineRole = [
      { effect: "allow", actions: ["updateOn"], resources: ["proj/*:env/*:flag/*;beta"] },
      { effect: "deny", actions: ["*"], resources: ["proj/*:env/*;{critical:true}:flag/*"] },
    ];
    const { token } = await newToken(server, { inlineRole });

    const off = (environmentKey: string) => ({
      environmentKey,
      instructions: [{ kind: "turnFlagOff" }],
    });
    const plain = "/api/v2/flags/default/plain";

    expect((await server.ask("PATCH", flag, off("test"), token)).statusCode).toBe(200);
    expect((await server.ask("PATCH", flag, off("production"), token)).statusCode).toBe(403);
    expect((await server.ask("PATCH", plain, off("test"), token)).statusCode).toBe(403);
  });
});
