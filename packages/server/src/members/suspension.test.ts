import { afterAll, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = (id: string) => `/api/v2/members/${id}/suspension`;
const signIn = (email: string) =>
  server.running.app.inject({
    method: "POST",
    url: "/api/session",
    payload: { email, password: "correct horse battery" },
  });

it("ends sessions and lets nobody in, until it is lifted", async () => {
  const { id, cookie } = await newMember(server, { email: "ada@example.com", role: "writer" });
  const status = async () =>
    (
      await server.running.app.inject({
        method: "GET",
        url: "/api/v2/caller-identity",
        headers: { cookie },
      })
    ).statusCode;
  const before = await status();

  const suspended = await server.ask("PUT", path(id));
  const meanwhile = [await status(), (await signIn("ada@example.com")).statusCode];
  const seen = (await server.ask("GET", `/api/v2/members/${id}`)).json();
  const lifted = await server.ask("DELETE", path(id));

  expect([before, suspended.statusCode, lifted.statusCode]).toEqual([200, 204, 204]);
  expect(meanwhile).toEqual([401, 401]);
  expect(seen).toMatchObject({ isActive: false, role: "writer" });
  expect((await signIn("ada@example.com")).statusCode).toBe(200);
});

it("is not for oneself", async () => {
  const { id, cookie } = await newMember(server, { email: "grace@example.com", role: "admin" });

  const answer = await server.running.app.inject({
    method: "PUT",
    url: path(id),
    headers: { cookie, "sec-fetch-site": "same-origin", "content-type": "application/json" },
    payload: {},
  });

  expect(answer.json()).toMatchObject({ code: "conflict" });
});

it("refuses about who is not there", async () => {
  expect((await server.ask("PUT", path("nobody"))).statusCode).toBe(404);
});
