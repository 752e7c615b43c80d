import { afterAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/webhooks";
const url = "http://127.0.0.1:9/hook";
const unsigned = { url, sign: false, on: false };

describe("a webhook", () => {
  it("is made, listed, shown, changed and deleted", async () => {
    const statements = [
      { effect: "allow", actions: ["*"], resources: ["proj/*:env/production:flag/*"] },
    ];
    const body = { ...unsigned, name: "Chat", statements, tags: ["ops"] };

    const made = await server.ask("POST", path, body);
    const self = `${path}/${made.json()._id}`;
    const changed = await server.ask("PATCH", self, [
      { op: "replace", path: "/name", value: "Ops chat" },
      { op: "add", path: "/tags/-", value: "chat" },
      { op: "replace", path: "/on", value: true },
    ]);
    const listed = await server.ask("GET", path);
    const gone = await server.ask("DELETE", self);

    expect(made.statusCode).toBe(200);
    expect(made.json()).toMatchObject({ name: "Chat", url, on: false, statements, tags: ["ops"] });
    expect(made.json().secret).toBeUndefined();
    expect(changed.json()).toMatchObject({ name: "Ops chat", tags: ["ops", "chat"], on: true });
    expect(listed.json().items).toContainEqual(changed.json());
    expect(gone.statusCode).toBe(204);
    expect((await server.ask("GET", self)).statusCode).toBe(404);
  });

  it("gets a secret where it shall sign and has none", async () => {
    const made = (await server.ask("POST", path, { ...unsigned, sign: true })).json();
    const given = (
      await server.ask("POST", path, { ...unsigned, sign: true, secret: "mine" })
    ).json();

    expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/u);
    expect(given.secret).toBe("mine");
  });

  it("shows its secret only to those who may change it, and to no audit log", async () => {
    const secret = "a-secret-that-is-nowhere-else";
    const { _id } = (await server.ask("POST", path, { ...unsigned, sign: true, secret })).json();
    const reader = await newMember(server, { email: "reader@example.com", role: "reader" });

    const shown = await server.askAs(reader, "GET", `${path}/${_id}`);
    const changes = await server.running.db.selectFrom("change").selectAll().execute();

    expect(shown.statusCode).toBe(200);
    expect(shown.body).not.toContain(secret);
    expect(JSON.stringify(changes)).not.toContain(secret);
  });

  it.each([
    ["http://10.0.0.1/", "not on the public internet"],
    ["http://[::ffff:10.0.0.1]/", "not on the public internet"],
    ["http://0x0a000001/", "not on the public internet"],
    ["ftp://example.com/", "use https: or http:"],
  ])("is refused for %s, also as a change", async (wrong, words) => {
    const { _id } = (await server.ask("POST", path, unsigned)).json();

    const made = await server.ask("POST", path, { ...unsigned, url: wrong });
    const changed = await server.ask("PATCH", `${path}/${_id}`, { url: wrong });

    for (const answer of [made, changed]) {
      expect(answer.statusCode).toBe(400);
      expect(answer.json().message).toContain(words);
    }
  });

  it("is changed by those only who may change each member", async () => {
    const { _id } = (await server.ask("POST", path, unsigned)).json();
    const inlineRole = [{ effect: "allow", actions: ["updateOn"], resources: ["webhook/*"] }];
    const { token } = await newToken(server, { serviceToken: true, inlineRole });
    const change = (body: object) => server.ask("PATCH", `${path}/${_id}`, body, token);

    expect((await change({ on: true })).statusCode).toBe(200);
    expect((await change({ url: "http://127.0.0.1:10/" })).statusCode).toBe(403);
    expect((await server.ask("POST", path, unsigned, token)).statusCode).toBe(403);
    expect((await server.ask("DELETE", `${path}/${_id}`, undefined, token)).statusCode).toBe(403);
    expect((await server.ask("POST", `${path}/${_id}/test`, {}, token)).statusCode).toBe(403);
  });

  it("has its changes in the audit log under the words of policies", async () => {
    const { _id } = (await server.ask("POST", path, unsigned)).json();

    await server.ask("PATCH", `${path}/${_id}`, { name: "Ops chat", on: true });

    const [entry] = (await server.ask("GET", `/api/v2/auditlog?q=${_id}`)).json().items;
    const resource = `webhook/${_id}`;
    expect(entry.accesses).toEqual(
      expect.arrayContaining([
        { action: "updateName", resource },
        { action: "updateOn", resource },
      ]),
    );
  });

  it("refuses a stale change, a member that it has not, and a policy that cannot be read", async () => {
    const { _id } = (await server.ask("POST", path, unsigned)).json();
    const self = `${path}/${_id}`;
    const { etag } = (await server.ask("GET", self)).headers;
    await server.ask("PATCH", self, { name: "newer" });

    const stale = await server.ask("PATCH", self, { on: true }, { "if-match": String(etag) });
    const unknown = await server.ask("PATCH", self, { colour: "red" });
    const policy = { statements: [{ effect: "allow", actions: ["*"], resources: ["all of it"] }] };
    const unreadable = await server.ask("PATCH", self, policy);

    expect(stale.statusCode).toBe(412);
    expect(unknown.json().message).toContain("colour");
    expect(unreadable.json().message).toContain("write KIND/KEY");
  });
});
