import { afterAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const inlineRole = [{ effect: "allow", actions: ["manageScim"], resources: ["acct"] }];
const { token } = await newToken(server, { serviceToken: true, inlineRole });
const users = "/scim/v2/Users";
const groups = "/scim/v2/Groups";
const patchOf = (...Operations: object[]) => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations,
});

function scim(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  url: string,
  body?: object,
  more: Readonly<Record<string, string>> = {},
) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
    ...more,
  };
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
  return server.running.app.inject({ method, url, headers, ...payload });
}

let made = 0;
async function newUser(more: object = {}): Promise<{ id: string; userName: string }> {
  made += 1;
  const userName = `user${made}@example.com`;
  const name = { givenName: "Ada", familyName: "Lovelace" };
  const answer = await scim("POST", users, { userName, externalId: `ext-${made}`, name, ...more });
  return answer.json();
}

describe("a directory", () => {
  it("comes by a service token that may, and by nothing else", async () => {
    const owner = await newMember(server, { email: "owner@example.com", role: "owner" });
    const personal = await server.askAs(owner, "POST", "/api/v2/tokens", {
      name: "mine",
      role: "admin",
    });
    const reader = await newToken(server, { serviceToken: true, role: "reader" });
    const asked = async (headers: Record<string, string>) =>
      (await server.running.app.inject({ url: users, headers })).statusCode;

    expect(await asked({ authorization: `Bearer ${token}` })).toBe(200);
    expect(await asked({})).toBe(401);
    expect(await asked({ cookie: owner.cookie })).toBe(403);
    expect(await asked({ authorization: personal.json().token })).toBe(403);
    expect(await asked({ authorization: reader.token })).toBe(403);
  });

  it.each(["ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas"])(
    "is told about %s",
    async (name) => {
      const answer = await scim("GET", `/scim/v2/${name}`);

      expect(answer.statusCode).toBe(200);
      expect(answer.headers["content-type"]).toContain("application/scim+json");
    },
  );

  it("hears of errors in the words of SCIM", async () => {
    const { userName } = await newUser();

    const twice = await scim("POST", users, { userName });
    const missing = await scim("GET", `${users}/nobody`);
    const odd = await scim("GET", `${users}?filter=${encodeURIComponent("userName is ada")}`);

    expect(twice.json()).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "409",
      scimType: "uniqueness",
    });
    expect(missing.json()).toMatchObject({ status: "404" });
    expect(odd.json()).toMatchObject({ status: "400", scimType: "invalidFilter" });
  });
});

describe("a provisioned user", () => {
  it("is a member, found by filters and page by page", async () => {
    const { id, userName } = await newUser();
    const find = async (filter: string, more = "") =>
      (await scim("GET", `${users}?filter=${encodeURIComponent(filter)}${more}`)).json();

    const member = (await server.ask("GET", `/api/v2/members/${id}`)).json();

    expect(member).toMatchObject({ email: userName, firstName: "Ada", role: "reader" });
    expect((await find(`userName eq "${userName.toUpperCase()}"`)).Resources).toMatchObject([
      { id },
    ]);
    expect((await find(`externalId eq "ext-${made}" and active eq true`)).totalResults).toBe(1);
    expect((await find(`emails.value eq "${userName}"`)).totalResults).toBe(1);
    expect((await find('userName eq "nobody@example.com"')).totalResults).toBe(0);
    const page = await find('name.familyName sw "Love"', "&startIndex=2&count=1");
    expect(page).toMatchObject({ startIndex: 2, itemsPerPage: 1 });
    expect(page.totalResults).toBeGreaterThan(1);
  });

  it.each([
    ["as Okta does", { op: "replace", value: { active: false } }],
    ["as Entra does", { op: "Replace", path: "active", value: "False" }],
  ])("who is deactivated %s comes in no more, by session or token", async (_, operation) => {
    const member = await newMember(server, { email: `${made++}-gone@example.com` });
    const body = { name: "mine" };
    const own = (await server.askAs(member, "POST", "/api/v2/tokens", body)).json().token;
    const asked = async () => [
      (await server.askAs(member, "GET", "/api/v2/projects")).statusCode,
      (await server.ask("GET", "/api/v2/projects", undefined, own)).statusCode,
    ];
    const before = await asked();

    const answer = await scim("PATCH", `${users}/${member.id}`, patchOf(operation));

    expect(answer.json()).toMatchObject({ active: false });
    expect([before, await asked()]).toEqual([
      [200, 200],
      [401, 401],
    ]);
    await scim(
      "PATCH",
      `${users}/${member.id}`,
      patchOf({ op: "replace", path: "active", value: true }),
    );
    expect(await asked()).toEqual([401, 200]);
  });

  it.each([
    [{ op: "replace", path: "name.givenName", value: "Bert" }, { name: { givenName: "Bert" } }],
    [{ op: "Add", value: { "name.familyName": "Byron" } }, { name: { familyName: "Byron" } }],
    [
      { op: "replace", path: "urn:ietf:params:scim:schemas:core:2.0:User:externalId", value: "x" },
      { externalId: "x" },
    ],
    [{ op: "add", path: 'roles[primary eq "True"].value', value: "writer" }, {}],
    [
      { op: "replace", path: "roles", value: [{ value: "writer" }] },
      { roles: [{ value: "writer" }] },
    ],
    [{ op: "replace", path: 'emails[type eq "work"].value', value: "new@example.com" }, {}],
  ])("is changed by %j", async (operation, expected) => {
    const { id } = await newUser();

    const answer = await scim("PATCH", `${users}/${id}`, patchOf(operation));

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject(expected);
  });

  it("loses what is removed, and is replaced as a whole", async () => {
    const { id, userName } = await newUser();

    const removed = await scim(
      "PATCH",
      `${users}/${id}`,
      patchOf({ op: "remove", path: "externalId" }),
    );
    const name = { givenName: "Grace", familyName: "Hopper" };
    const replaced = await scim("PUT", `${users}/${id}`, { userName, name, active: false });

    expect(removed.json().externalId).toBeUndefined();
    expect(replaced.json()).toMatchObject({ displayName: "Grace Hopper", active: false });
  });

  it("has a version, by which a stale write is refused", async () => {
    const { id } = await newUser();
    const { etag } = (await scim("GET", `${users}/${id}`)).headers;
    const rename = patchOf({ op: "replace", path: "name.givenName", value: "Bert" });
    const stale = { "if-match": String(etag) };

    const known = await scim("GET", `${users}/${id}`, undefined, { "if-none-match": String(etag) });
    const first = await scim("PATCH", `${users}/${id}`, rename, stale);
    const second = await scim("PATCH", `${users}/${id}`, rename, stale);

    expect([known, first, second].map((one) => one.statusCode)).toEqual([304, 200, 412]);
    expect(first.json().meta.version).toBe(first.headers.etag);
  });

  it("is removed, and nobody makes or locks out owners that way", async () => {
    const { id } = await newUser();
    const owner = await newMember(server, { email: "boss@example.com", role: "owner" });
    const lockOut = patchOf({ op: "replace", path: "active", value: false });
    const raise = patchOf({ op: "replace", path: "roles", value: [{ value: "owner" }] });

    expect((await scim("PATCH", `${users}/${id}`, raise)).statusCode).toBe(403);
    expect((await scim("DELETE", `${users}/${id}`)).statusCode).toBe(204);
    expect((await scim("GET", `${users}/${id}`)).statusCode).toBe(404);
    expect((await scim("PATCH", `${users}/${owner.id}`, lockOut)).statusCode).toBe(403);
    expect((await scim("DELETE", `${users}/${owner.id}`)).statusCode).toBe(403);
  });
});

describe("a provisioned group", () => {
  it("is a team, whose members the directory adds, removes and replaces", async () => {
    const [ada, bert, eve] = [await newUser(), await newUser(), await newUser()];
    const members = [{ value: ada.id }];
    const group = (await scim("POST", groups, { displayName: "Web Team", members })).json();
    const url = `${groups}/${group.id}`;
    const idsAfter = async (...operations: object[]) =>
      (await scim("PATCH", url, patchOf(...operations)))
        .json()
        .members.map(({ value }: { value: string }) => value)
        .sort();

    const team = (await server.ask("GET", "/api/v2/teams/web-team?expand=members")).json();
    const added = await idsAfter({ op: "Add", path: "members", value: [{ value: bert.id }] });
    const one = await idsAfter({ op: "remove", path: `members[value eq "${ada.id}"]` });
    const other = await idsAfter({ op: "Remove", path: "members", value: [{ value: bert.id }] });
    const replaced = await idsAfter({ op: "replace", value: { members: [{ value: eve.id }] } });
    const none = await idsAfter({ op: "remove", path: "members" });

    expect(team).toMatchObject({ name: "Web Team", _idpSynced: true, members: { totalCount: 1 } });
    expect(added).toEqual([ada.id, bert.id].sort());
    expect([one, other, replaced, none]).toEqual([[bert.id], [], [eve.id], []]);
  });

  it("is found by its name, renamed, replaced and deleted", async () => {
    const { id } = (await scim("POST", groups, { displayName: "Old", externalId: "g1" })).json();
    const url = `${groups}/${id}`;
    const filter = encodeURIComponent('displayName eq "Old"');

    const found = (
      await scim("GET", `${groups}?filter=${filter}&excludedAttributes=members`)
    ).json();
    const rename = patchOf({ op: "replace", value: { id, displayName: "New" } });
    const renamed = await scim("PATCH", url, rename);
    const replaced = await scim("PUT", url, { displayName: "Newer", members: [] });
    const odd = await scim("PUT", url, { displayName: "Newer", members: [{ value: "nobody" }] });
    const gone = await scim("DELETE", url);

    expect(found.Resources).toMatchObject([{ id, externalId: "g1" }]);
    expect(found.Resources[0].members).toBeUndefined();
    expect(renamed.json()).toMatchObject({ displayName: "New", externalId: "g1" });
    expect(replaced.json()).toMatchObject({ displayName: "Newer" });
    expect([odd.statusCode, odd.json().scimType]).toEqual([400, "invalidValue"]);
    expect(gone.statusCode).toBe(204);
    expect((await scim("GET", url)).statusCode).toBe(404);
  });
});
