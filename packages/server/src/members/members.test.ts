import { afterAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/members";
const owner = await newMember(server, { email: "owner@example.com", role: "owner" });

function accept(payload: object) {
  return server.running.app.inject({ method: "POST", url: "/api/invitation", payload });
}

describe("an invitation", () => {
  it("may be invited with an empty role, which is the least that sees anything", async () => {
    const invited = await server.ask("POST", "/api/v2/members", [
      { email: "empty@example.com", role: "" },
    ]);

    expect(invited.json().items).toMatchObject([{ role: "reader" }]);
  });

  it("lets somebody choose a password, once", async () => {
    const [{ _id, invitation, _pendingInvite }] = (
      await server.ask("POST", path, [{ email: "Ada@Example.com", role: "writer" }])
    ).json().items;
    const token = invitation.replace("/invite/", "");

    const short = await accept({ token, password: "short" });
    const accepted = await accept({ token, password: "a long enough one", firstName: "Ada" });
    const again = await accept({ token, password: "another long one" });

    expect(_pendingInvite).toBe(true);
    expect(short.statusCode).toBe(400);
    expect(accepted.json().member).toEqual({
      _id,
      email: "ada@example.com",
      name: "Ada",
      role: "writer",
    });
    expect(again.statusCode).toBe(403);
    expect(again.json().message).toContain("ask who gave it to you");
    expect((await server.ask("GET", `${path}/${_id}`)).json()).toMatchObject({
      firstName: "Ada",
      _pendingInvite: false,
    });
  });

  it("says whom it lets in, as long as it holds", async () => {
    const [{ invitation }] = (
      await server.ask("POST", path, [{ email: "hedy@example.com", firstName: "Hedy" }])
    ).json().items;
    const token = invitation.slice(8);
    const preview = async () =>
      server.running.app.inject({
        method: "POST",
        url: "/api/invitation/preview",
        payload: { token },
      });

    const before = await preview();
    await accept({ token, password: "a long enough one" });

    expect(before.json()).toEqual({
      email: "hedy@example.com",
      firstName: "Hedy",
      lastName: "",
      isNew: true,
    });
    expect((await preview()).statusCode).toBe(403);
  });

  it("is over when a new one was made", async () => {
    const [{ _id, invitation }] = (
      await server.ask("POST", path, [{ email: "late@example.com" }])
    ).json().items;

    const { invitation: newer } = (await server.ask("POST", `${path}/${_id}/invitation`)).json();

    const password = "a long enough one";
    expect((await accept({ token: invitation.slice(8), password })).statusCode).toBe(403);
    expect((await accept({ token: newer.slice(8), password })).statusCode).toBe(201);
  });

  it("to an address that is a member's, or that is none, changes nothing", async () => {
    const count = async () => (await server.ask("GET", path)).json().totalCount;
    const before = await count();

    const twice = await server.ask("POST", path, [
      { email: "fresh@example.com" },
      { email: "owner@example.com" },
    ]);
    const odd = await server.ask("POST", path, [{ email: "nobody" }]);

    expect(twice.statusCode).toBe(409);
    expect(odd.statusCode).toBe(400);
    expect(await count()).toBe(before);
  });
});

describe("a member", () => {
  it("is found by text and role, and listed page by page", async () => {
    await newMember(server, { email: "find@example.com", firstName: "Findus", role: "admin" });

    const found = await server.ask("GET", `${path}?filter=query:findus,role:admin+writer`);
    const page = (await server.ask("GET", `${path}?limit=1&offset=1&sort=email`)).json();

    expect(found.json().items).toMatchObject([{ email: "find@example.com" }]);
    expect(page.items).toHaveLength(1);
    expect(page._links.next.href).toContain("offset=2");
  });

  it("may change the own name, and not the own role", async () => {
    const own = await newMember(server, { email: "own@example.com", role: "reader" });

    const name = [{ op: "replace", path: "/firstName", value: "Own" }];
    const role = [{ op: "replace", path: "/role", value: "admin" }];

    expect((await server.askAs(own, "PATCH", `${path}/${own.id}`, name)).statusCode).toBe(200);
    expect((await server.askAs(own, "PATCH", `${path}/${own.id}`, role)).statusCode).toBe(403);
    expect((await server.askAs(own, "PATCH", `${path}/${owner.id}`, name)).statusCode).toBe(403);
  });

  it("is made or unmade an owner by owners alone, and one is left", async () => {
    const admin = await newMember(server, { email: "admin@example.com", role: "admin" });
    const role = (value: string) => [{ op: "replace", path: "/role", value }];

    const self = await server.askAs(admin, "PATCH", `${path}/${admin.id}`, role("owner"));
    const other = await server.askAs(admin, "PATCH", `${path}/${owner.id}`, role("reader"));
    const invite = [{ email: "boss@example.com", role: "owner" }];
    const invited = await server.askAs(admin, "POST", path, invite);
    const last = await server.ask("PATCH", `${path}/${owner.id}`, role("reader"));
    const deleted = await server.ask("DELETE", `${path}/${owner.id}`);

    expect([self.statusCode, other.statusCode, invited.statusCode]).toEqual([403, 403, 403]);
    expect([last.statusCode, deleted.statusCode]).toEqual([409, 409]);
    expect(last.json().message).toContain("only owner");
  });

  it("is nobody any more once removed, and neither are the personal tokens", async () => {
    const member = await newMember(server, { email: "leaver@example.com", role: "writer" });
    const body = { name: "mine", role: "writer" };
    const { token } = (await server.askAs(member, "POST", "/api/v2/tokens", body)).json();
    expect((await server.ask("GET", "/api/v2/projects", undefined, token)).statusCode).toBe(200);

    await server.ask("DELETE", `${path}/${member.id}`);

    expect((await server.askAs(member, "GET", "/api/v2/projects")).statusCode).toBe(401);
    expect((await server.ask("GET", "/api/v2/projects", undefined, token)).statusCode).toBe(401);
  });

  it("gets another role together with others", async () => {
    const one = await newMember(server, { email: "one@example.com" });
    const two = await newMember(server, { email: "two@example.com" });
    const memberIDs = [one.id, two.id];

    const answer = await server.ask("PATCH", path, {
      instructions: [{ kind: "replaceMembersRoles", value: "writer", memberIDs }],
    });

    expect(answer.json()).toEqual({ members: memberIDs, errors: [] });
    expect((await server.ask("GET", `${path}/${two.id}`)).json().role).toBe("writer");
  });
});
