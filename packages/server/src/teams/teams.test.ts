import { afterAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/teams";
const expand = "expand=members,roles,maintainers,roleAttributes";
const turnOn = { environmentKey: "test", instructions: [{ kind: "turnFlagOn" }] };
await server.ask("POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });
await server.ask("POST", "/api/v2/roles", {
  key: "project-switchers",
  name: "Switchers of a project",
  policy: [
    {
      effect: "allow",
      actions: ["updateOn"],
      resources: [`proj/\${roleAttribute/projects}:env/*:flag/*`],
    },
  ],
});

it("gives its members its roles, with its attributes, for as long as they are in it", async () => {
  const ada = await newMember(server, { email: "ada@example.com" });
  const flag = "/api/v2/flags/default/checkout";
  await server.ask("POST", path, { key: "shop", name: "Shop", memberIDs: [ada.id] });

  const before = await server.askAs(ada, "PATCH", flag, turnOn);
  const roles = { kind: "addCustomRoles", values: ["project-switchers"] };
  await server.ask("PATCH", `${path}/shop`, { instructions: [roles] });
  const withoutAttribute = await server.askAs(ada, "PATCH", flag, turnOn);
  const attribute = { kind: "addRoleAttribute", key: "projects", values: ["other", "default"] };
  await server.ask("PATCH", `${path}/shop`, { instructions: [attribute] });
  const within = await server.askAs(ada, "PATCH", flag, turnOn);
  const leaving = { kind: "removeMembers", values: [ada.id] };
  await server.ask("PATCH", `${path}/shop`, { instructions: [leaving] });
  const afterwards = await server.askAs(ada, "PATCH", flag, turnOn);

  expect([before, withoutAttribute, within, afterwards].map((one) => one.statusCode)).toEqual([
    403, 403, 200, 403,
  ]);
});

it("is shown with what is asked for", async () => {
  const grace = await newMember(server, { email: "grace@example.com" });
  const body = {
    key: "tills",
    name: "Tills",
    memberIDs: [grace.id],
    customRoleKeys: ["project-switchers"],
    permissionGrants: [{ actionSet: "maintainTeam", memberIDs: [grace.id] }],
    roleAttributes: { projects: ["default"] },
  };

  const made = await server.ask("POST", `${path}?${expand}`, body);
  const plain = await server.ask("GET", `${path}/tills`);
  const listed = await server.ask("GET", `${path}?filter=query:till,members:${grace.id}&${expand}`);

  expect(made.statusCode).toBe(201);
  expect(made.json()).toMatchObject({
    members: { totalCount: 1 },
    roles: { items: [{ key: "project-switchers" }] },
    maintainers: { items: [{ email: "grace@example.com" }] },
    roleAttributes: { projects: ["default"] },
  });
  expect(plain.json().members).toBeUndefined();
  expect(listed.json().items).toMatchObject([{ key: "tills", members: { totalCount: 1 } }]);
});

it("is looked after by its maintainers, who are no admins for that", async () => {
  const lead = await newMember(server, { email: "lead@example.com" });
  const other = await newMember(server, { email: "other@example.com" });
  const permissionGrants = [{ actionSet: "maintainTeam", memberIDs: [lead.id] }];
  await server.ask("POST", path, { key: "led", name: "Led", permissionGrants });

  const adding = { instructions: [{ kind: "addMembers", values: [other.id] }] };
  const roles = { instructions: [{ kind: "addCustomRoles", values: ["project-switchers"] }] };

  expect((await server.askAs(lead, "PATCH", `${path}/led`, adding)).statusCode).toBe(200);
  expect((await server.askAs(lead, "PATCH", `${path}/led`, roles)).statusCode).toBe(403);
  expect((await server.askAs(other, "PATCH", `${path}/led`, adding)).statusCode).toBe(403);
});

it("does nothing where one instruction does not fit", async () => {
  await server.ask("POST", path, { key: "whole", name: "Whole" });

  const answer = await server.ask("PATCH", `${path}/whole`, {
    instructions: [
      { kind: "updateName", value: "Half" },
      { kind: "addMembers", values: ["000000000000000000000000"] },
    ],
  });

  expect(answer.statusCode).toBe(404);
  expect((await server.ask("GET", `${path}/whole`)).json()).toMatchObject({
    name: "Whole",
    _version: 1,
  });
});

describe("a CSV file of members", () => {
  const upload = `${path}/uploaded/members`;
  const send = (contentType: string, payload: string) =>
    server.running.app.inject({
      method: "POST",
      url: upload,
      headers: { authorization: TemporaryServer.ownerToken, "content-type": contentType },
      payload,
    });

  it("puts into a team whoever is a member, and says of each other line why not", async () => {
    await server.ask("POST", path, { key: "uploaded", name: "Uploaded" });
    await newMember(server, { email: "csv@example.com" });
    const csv = '\uFEFFEmail,Name\r\n"CSV@example.com",Ada\r\n\r\nnobody@example.com,Eve\r\n';
    const form = [
      "--edge",
      'Content-Disposition: form-data; name="file"; filename="team.csv"',
      "Content-Type: text/csv",
      "",
      csv,
      "--edge--",
      "",
    ].join("\r\n");

    const partly = await send("multipart/form-data; boundary=edge", form);
    const whole = await send("text/csv", "csv@example.com\n");

    expect([partly.statusCode, whole.statusCode]).toEqual([207, 201]);
    expect(partly.json().items).toMatchObject([
      { status: "success", value: "CSV@example.com" },
      { status: "error", value: "nobody@example.com", message: expect.stringContaining("invite") },
    ]);
    const team = (await server.ask("GET", `${path}/uploaded?expand=members`)).json();
    expect(team.members).toEqual({ totalCount: 1 });
  });

  it.each([
    ["multipart/form-data; boundary=edge", "no form at all"],
    ["text/csv", "Email\n"],
  ])("of %s that holds %j is refused", async (contentType, payload) => {
    expect((await send(contentType, payload)).statusCode).toBe(400);
  });
});
