import { afterAll, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const owner = TemporaryServer.ownerToken;
let offsetMs = 0;
const server = await TemporaryServer.start({ now: () => Date.now() + offsetMs });
afterAll(() => server[Symbol.asyncDispose]());

function ask(token: string, method: "GET" | "POST" | "DELETE", url: string, payload?: object) {
  return server.ask(method, url, payload, token);
}

async function tokenOf(role: string): Promise<{ _id: string; token: string }> {
  return (await ask(owner, "POST", "/api/v2/tokens", { name: role, role })).json();
}

it("shows a token's secret once, and later only its end", async () => {
  const made = await tokenOf("writer");

  const { items } = (await ask(owner, "GET", "/api/v2/tokens")).json();
  const listed = items.find(({ _id }: { _id: string }) => _id === made._id);
  expect(made.token).toMatch(/^api-[0-9a-f]{40}$/u);
  expect(listed).toMatchObject({ name: "writer", token: `********${made.token.slice(-4)}` });
});

it.each([
  { role: "reader", read: 200, write: 403, administer: 403 },
  { role: "writer", read: 200, write: 201, administer: 403 },
  { role: "admin", read: 200, write: 201, administer: 200 },
])("lets a $role do what the role says", async ({ role, read, write, administer }) => {
  const { token } = await tokenOf(role);
  const flag = { key: `made-by-${role}`, name: "Made" };

  expect((await ask(token, "GET", "/api/v2/projects")).statusCode).toBe(read);
  expect((await ask(token, "POST", "/api/v2/flags/default", flag)).statusCode).toBe(write);
  expect((await ask(token, "GET", "/api/v2/account/relay-auto-configs")).statusCode).toBe(
    administer,
  );
});

it("lets a reader ask what a context would get", async () => {
  const { token } = await tokenOf("reader");
  const url = "/api/v2/projects/default/environments/test/flags/evaluate";

  const answer = await ask(token, "POST", url, { kind: "user", key: "ada" });

  expect(answer.statusCode).toBe(200);
});

it("knows a deleted token no more", async () => {
  const { _id, token } = await tokenOf("reader");

  expect((await ask(owner, "DELETE", `/api/v2/tokens/${_id}`)).statusCode).toBe(204);

  expect((await ask(token, "GET", "/api/v2/projects")).statusCode).toBe(401);
  expect((await ask(owner, "DELETE", `/api/v2/tokens/${_id}`)).statusCode).toBe(404);
});

it("tells a caller who it is", async () => {
  const { _id, token } = await tokenOf("reader");

  const identity = (await ask(token, "GET", "/api/v2/caller-identity")).json();

  expect(identity).toEqual({
    accountId: expect.stringMatching(/^[0-9a-f]{24}$/u),
    authKind: "token",
    tokenKind: "auth",
    tokenName: "reader",
    tokenId: _id,
    serviceToken: true,
    scopes: ["reader"],
  });
});

it("may, if it is a person's, no more than the person may now", async () => {
  const ada = await newMember(server, { email: "ada@example.com", role: "admin" });
  const body = { name: "mine", role: "admin" };
  const { token } = (await server.askAs(ada, "POST", "/api/v2/tokens", body)).json();
  const flag = (key: string) => ({ key, name: key });

  const before = await ask(token, "POST", "/api/v2/flags/default", flag("while-admin"));
  await server.ask("PATCH", `/api/v2/members/${ada.id}`, [
    { op: "replace", path: "/role", value: "reader" },
  ]);
  const after = await ask(token, "POST", "/api/v2/flags/default", flag("while-reader"));

  expect([before.statusCode, after.statusCode]).toEqual([201, 403]);
});

it("is not given more than its maker may", async () => {
  const writer = await newMember(server, { email: "writer@example.com", role: "writer" });
  const { token: admin } = await newToken(server, { role: "admin" });
  const { _id, token } = await newToken(server, { role: "writer" });
  const everything = [{ effect: "allow", actions: ["*"], resources: ["*"] }];
  const service = { name: "more", serviceToken: true };
  const toOwner = [{ op: "replace", path: "/role", value: "owner" }];

  const byWriter = await server.askAs(writer, "POST", "/api/v2/tokens", {
    ...service,
    inlineRole: everything,
  });
  const byToken = await ask(token, "POST", "/api/v2/tokens", { ...service, role: "admin" });
  const promoted = await server.ask("PATCH", `/api/v2/tokens/${_id}`, toOwner, admin);

  expect([byWriter, byToken, promoted].map((one) => one.statusCode)).toEqual([403, 403, 403]);
});

it("opens nothing after its time", async () => {
  const expiresAt = Date.now() + 60_000;
  const { token } = await newToken(server, { expiresAt });

  const before = await ask(token, "GET", "/api/v2/projects");
  offsetMs = 61_000;
  const after = await ask(token, "GET", "/api/v2/projects");
  offsetMs = 0;

  expect(before.statusCode).toBe(200);
  expect(after.statusCode).toBe(401);
  expect(after.json().message).toContain("expired");
});

it("gets another secret, and the former holds on for as long as is said", async () => {
  const { _id, token } = await newToken(server, { role: "reader" });
  const url = `/api/v2/tokens/${_id}/reset?expiry=${Date.now() + 60_000}`;

  const { token: next } = (await ask(owner, "POST", url)).json();

  expect(next).not.toBe(token);
  expect((await ask(next, "GET", "/api/v2/projects")).statusCode).toBe(200);
  expect((await ask(token, "GET", "/api/v2/projects")).statusCode).toBe(200);
  offsetMs = 61_000;
  expect((await ask(token, "GET", "/api/v2/projects")).statusCode).toBe(401);
  expect((await ask(next, "GET", "/api/v2/projects")).statusCode).toBe(200);
  offsetMs = 0;
});

it("is seen and ended by the person whose it is, and by no other reader", async () => {
  const ada = await newMember(server, { email: "seen@example.com" });
  const grace = await newMember(server, { email: "unseen@example.com" });
  const { _id } = (await server.askAs(ada, "POST", "/api/v2/tokens", { name: "mine" })).json();
  const url = `/api/v2/tokens/${_id}`;

  const listed = (await server.askAs(ada, "GET", "/api/v2/tokens")).json().items;

  expect(listed).toMatchObject([{ _id, name: "mine" }]);
  expect((await server.askAs(grace, "GET", url)).statusCode).toBe(403);
  expect((await server.askAs(grace, "DELETE", url)).statusCode).toBe(403);
  expect((await server.askAs(ada, "DELETE", url)).statusCode).toBe(204);
});
