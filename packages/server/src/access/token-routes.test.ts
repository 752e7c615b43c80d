import { afterAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const owner = TemporaryServer.ownerToken;
const server = await TemporaryServer.start();
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
  expect((await ask(token, "GET", "/api/v2/tokens")).statusCode).toBe(administer);
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
    authKind: "token",
    tokenKind: "auth",
    tokenName: "reader",
    tokenId: _id,
  });
});
