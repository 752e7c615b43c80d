import { afterAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_800_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const hour = 3_600_000;
const password = "correct horse battery";
const projects = "/api/v2/projects";

function signIn(payload: object, cookie = "") {
  const headers = { cookie, "user-agent": "a browser" };
  return server.running.app.inject({ method: "POST", url: "/api/session", payload, headers });
}

function cookieOf({ headers }: { headers: Record<string, unknown> }): string {
  return String(headers["set-cookie"]).split(";")[0] ?? "";
}

describe("a session", () => {
  it("ends when nobody has used it for twelve hours, and after seven days in any case", async () => {
    const idle = await newMember(server, { email: "idle@example.com" });
    const busy = await newMember(server, { email: "busy@example.com" });

    for (let day = 0; day < 13; day += 1) {
      now += 11 * hour;
      expect((await server.askAs(busy, "GET", projects)).statusCode).toBe(200);
      await server.running.runDueWork();
    }
    now += 11 * hour;

    expect((await server.askAs(idle, "GET", projects)).statusCode).toBe(401);
    expect((await server.askAs(busy, "GET", projects)).statusCode).toBe(200);
    now += 24 * hour;
    expect((await server.askAs(busy, "GET", projects)).statusCode).toBe(401);
  });

  it("that was idle is over at once, before anything is tidied up", async () => {
    const idle = await newMember(server, { email: "asleep@example.com" });
    now += 12 * hour - 1;
    const before = await server.askAs(idle, "GET", "/api/session");
    now += 1;

    expect(before.statusCode).toBe(200);
    expect((await server.askAs(idle, "GET", "/api/session")).statusCode).toBe(401);
  });

  it("is another one after each sign-in, and the one before ends", async () => {
    const before = await newMember(server, { email: "again@example.com" });

    const after = await signIn({ email: "again@example.com", password }, before.cookie);

    expect(cookieOf(after)).not.toBe(before.cookie);
    expect((await server.askAs(before, "GET", "/api/session")).statusCode).toBe(401);
    expect((await server.askAs({ cookie: cookieOf(after) }, "GET", "/api/session")).json()).toEqual(
      {
        member: {
          _id: before.id,
          email: "again@example.com",
          name: "again@example.com",
          role: "reader",
        },
        needsSecondFactor: false,
      },
    );
  });

  it("is listed for the one whose it is, and ended one by one or all but the own", async () => {
    const email = "many@example.com";
    const first = await newMember(server, { email });
    const [second, third] = [await signIn({ email, password }), await signIn({ email, password })];
    const own = { cookie: cookieOf(third) };

    const { items } = (await server.askAs(own, "GET", "/api/sessions")).json();
    const other = items.find(({ userAgent }: { userAgent: string }) => userAgent !== "a browser");
    await server.askAs(own, "DELETE", `/api/sessions/${other._id}`);
    const afterOne = await server.askAs(first, "GET", "/api/session");
    await server.askAs(own, "DELETE", "/api/sessions");

    expect(items).toHaveLength(3);
    expect(items.filter((one: { isCurrent: boolean }) => one.isCurrent)).toMatchObject([
      { userAgent: "a browser", address: "127.0.0.1" },
    ]);
    expect(afterOne.statusCode).toBe(401);
    const former = { cookie: cookieOf(second) };
    expect((await server.askAs(former, "GET", "/api/session")).statusCode).toBe(401);
    expect((await server.askAs(own, "GET", "/api/session")).statusCode).toBe(200);
    const stranger = await newMember(server, { email: "stranger@example.com" });
    const [mine] = (await server.askAs(own, "GET", "/api/sessions")).json().items;
    const foreign = await server.askAs(stranger, "DELETE", `/api/sessions/${mine._id}`);
    expect(foreign.statusCode).toBe(404);
  });

  it("ends where the role of its member changes", async () => {
    const member = await newMember(server, { email: "raised@example.com" });
    const raise = [{ op: "replace", path: "/role", value: "writer" }];

    await server.ask("PATCH", `/api/v2/members/${member.id}`, raise);

    expect((await server.askAs(member, "GET", projects)).statusCode).toBe(401);
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site" }],
    ["a site beside ours", { "sec-fetch-site": "same-site" }],
    ["another origin", { origin: "https://evil.example" }],
    ["no origin that can be told", { origin: "null" }],
    ["a form", { "sec-fetch-site": "same-origin", "content-type": "text/plain" }],
    ["a form with fields", { "content-type": "application/x-www-form-urlencoded" }],
  ])("is not used by %s to change anything", async (_, headers) => {
    const owner = await newMember(server, { email: `${now++}@example.com`, role: "owner" });
    const url = "/api/v2/projects";
    const payload = JSON.stringify({ key: "forged", name: "Forged" });
    const content = { "content-type": "application/json", cookie: owner.cookie, ...headers };

    const forged = await server.running.app.inject({
      method: "POST",
      url,
      payload,
      headers: content,
    });

    expect(forged.statusCode).toBe(403);
    expect((await server.ask("GET", `${url}/forged`)).statusCode).toBe(404);
  });

  it("is known by a cookie for this host alone where people come over HTTPS", async () => {
    await using secure = await TemporaryServer.start({ baseUrl: "https://flags.example" });
    const { cookie } = await newMember(secure, { email: "secure@example.com" });
    const answer = await secure.running.app.inject({
      method: "POST",
      url: "/api/session",
      payload: { email: "secure@example.com", password },
    });

    expect(answer.headers["set-cookie"]).toMatch(
      /^__Host-halyard_session=[\w-]{43}; Secure; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/u,
    );
    expect((await secure.askAs({ cookie }, "GET", projects)).statusCode).toBe(200);
    const planted = { cookie: cookie.replace("__Host-", "") };
    expect((await secure.askAs(planted, "GET", projects)).statusCode).toBe(401);
  });

  it("is kept by the hash of its secret alone", async () => {
    const { cookie } = await newMember(server, { email: "hashed@example.com" });

    expect(await server.filesHold(cookie.split("=")[1] ?? "")).toBe(false);
  });
});

describe("a password", () => {
  it("is changed by whoever knows it, and every other session ends", async () => {
    const email = "changer@example.com";
    const other = await newMember(server, { email });
    const own = { cookie: cookieOf(await signIn({ email, password })) };
    const url = "/api/session/password";
    const newPassword = "another long password";

    const wrong = await server.askAs(own, "PUT", url, { password: "wrong", newPassword });
    const changed = await server.askAs(own, "PUT", url, { password, newPassword });

    expect(wrong.statusCode).toBe(403);
    expect(changed.statusCode).toBe(204);
    const next = { cookie: cookieOf(changed) };
    expect((await server.askAs(other, "GET", "/api/session")).statusCode).toBe(401);
    expect((await server.askAs(own, "GET", "/api/session")).statusCode).toBe(401);
    expect((await server.askAs(next, "GET", "/api/session")).statusCode).toBe(200);
    expect((await signIn({ email, password })).statusCode).toBe(401);
    expect((await signIn({ email, password: newPassword })).statusCode).toBe(200);
  });

  it.each([
    ["of seven characters", "sevench", 400],
    ["that is guessed first", "iloveyou", 400],
    ["that is guessed first, in capitals", "PASSWORD", 400],
    ["of eight characters", "xkq7vbnz", 201],
    ["of a hundred characters", "wordy ".repeat(17), 201],
  ])("%s is answered %#", async (_, chosen, status) => {
    const email = `${now++}@example.com`;

    const answer = await server.ask("POST", "/api/v2/members", [{ email, password: chosen }]);

    expect(answer.statusCode).toBe(status);
  });

  it("is chosen anew by a link that an admin made, once, and all sessions end", async () => {
    const member = await newMember(server, { email: "forgetful@example.com" });
    const made = await server.ask("POST", `/api/v2/members/${member.id}/password-link`);
    const token = made.json().link.replace("/invite/", "");
    const payload = { token, password: "a new one, remembered" };
    const choose = () =>
      server.running.app.inject({ method: "POST", url: "/api/invitation", payload });

    const chosen = await choose();

    expect(chosen.statusCode).toBe(201);
    expect((await choose()).statusCode).toBe(403);
    expect((await server.askAs(member, "GET", "/api/session")).statusCode).toBe(401);
    const sameLink = await server.askAs(
      member,
      "POST",
      `/api/v2/members/${member.id}/password-link`,
    );
    expect(sameLink.statusCode).toBe(401);
  });

  it("that is guessed again and again costs longer and longer waits, for that address alone", async () => {
    const email = "guessed@example.com";
    await newMember(server, { email });
    const waits: unknown[] = [];
    for (let guess = 0; guess < 22; guess += 1) {
      now += 60_000;
      waits.push((await signIn({ email, password: "a guess" })).statusCode);
    }
    now += 30_000;

    const tooSoon = await signIn({ email, password });

    expect(waits.slice(0, 20)).toEqual(Array(20).fill(401));
    expect([tooSoon.statusCode, tooSoon.headers["retry-after"]]).toEqual([429, "90"]);
    now += 90_000;
    expect((await signIn({ email, password })).statusCode).toBe(200);
  });
});

describe("when something was last used", () => {
  it("is written once a minute, for members and tokens", async () => {
    const member = await newMember(server, { email: "seen@example.com" });
    const made = await server.askAs(member, "POST", "/api/v2/tokens", { name: "used" });
    const { _id, token } = made.json();
    await server.ask("GET", projects, undefined, token);
    const at = now;
    now += 61_000;

    await server.running.runDueWork();

    const shown = (await server.ask("GET", `/api/v2/members/${member.id}`)).json();
    expect(shown._lastSeen).toBe(at);
    now += 1_000;
    await server.ask("GET", projects, undefined, token);
    await server.running.runDueWork();
    const soon = await server.ask("GET", `/api/v2/members/${member.id}`);
    expect(soon.json()._lastSeen).toBe(at);
    expect((await server.ask("GET", `/api/v2/tokens/${_id}`)).json().lastUsed).toBe(at);
  });
});
