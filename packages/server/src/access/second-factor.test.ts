import { generateSync } from "otplib";
import { afterAll, describe, expect, it } from "vitest";
import { newMember, type SignedIn } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_800_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const password = "correct horse battery";
const path = "/api/session/second-factor";
const codeOf = (secret: string, at = now) => generateSync({ secret, epoch: Math.floor(at / 1000) });

function signIn(email: string, code?: string) {
  const payload = { email, password, ...(code === undefined ? {} : { code }) };
  return server.running.app.inject({ method: "POST", url: "/api/session", payload });
}

interface WithFactor {
  readonly member: SignedIn;
  readonly email: string;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

async function memberWithFactor(): Promise<WithFactor> {
  now += 60_000;
  const email = `${now}@example.com`;
  const { id, cookie } = await newMember(server, { email });
  const { secret } = (await server.askAs({ cookie }, "POST", path, { password })).json();
  const code = codeOf(secret);
  const confirmed = await server.askAs({ cookie }, "POST", `${path}/confirmation`, { code });
  const renewed = String(confirmed.headers["set-cookie"]).split(";")[0] ?? "";
  now += 60_000;
  const { recoveryCodes } = confirmed.json();
  return { member: { id, cookie: renewed }, email, secret, recoveryCodes };
}

describe("a second factor", () => {
  it("counts once a code has confirmed it, and shows in the member", async () => {
    const member = await newMember(server, { email: "ada@example.com" });
    const mfa = async () => (await server.ask("GET", `/api/v2/members/${member.id}`)).json().mfa;

    const wrong = await server.askAs(member, "POST", path, { password: "not it" });
    const { secret, otpauthUrl } = (await server.askAs(member, "POST", path, { password })).json();
    const before = await mfa();
    const odd = await server.askAs(member, "POST", `${path}/confirmation`, { code: "000000" });
    const code = codeOf(secret);
    const confirmed = await server.askAs(member, "POST", `${path}/confirmation`, { code });

    expect(wrong.statusCode).toBe(403);
    expect(otpauthUrl).toMatch(/^otpauth:\/\/totp\/Halyard:ada(@|%40)example\.com\?secret=/u);
    expect([before, odd.statusCode, confirmed.statusCode]).toEqual(["disabled", 403, 200]);
    expect(confirmed.json().recoveryCodes).toHaveLength(10);
    expect(await mfa()).toBe("enabled");
    expect((await server.askAs(member, "GET", "/api/session")).statusCode).toBe(401);
  });

  it("is asked for at the sign-in, and each code holds once", async () => {
    const { email, secret } = await memberWithFactor();

    const without = await signIn(email);
    const wrong = await signIn(email, "123456");
    const right = await signIn(email, codeOf(secret));
    const again = await signIn(email, codeOf(secret));

    expect([without.statusCode, without.json().code]).toEqual([401, "second_factor_required"]);
    expect(without.headers["set-cookie"]).toBeUndefined();
    expect([wrong.statusCode, right.statusCode, again.statusCode]).toEqual([401, 200, 401]);
  });

  it("lets a clock be half a minute off, and no more", async () => {
    const { email, secret } = await memberWithFactor();

    const old = await signIn(email, codeOf(secret, now - 90_000));
    const slow = await signIn(email, codeOf(secret, now - 30_000));

    expect([old.statusCode, slow.statusCode]).toEqual([401, 200]);
  });

  it("is stood in for by a recovery code, which holds once and is kept as a hash", async () => {
    const { email, recoveryCodes } = await memberWithFactor();
    const [code = ""] = recoveryCodes;

    expect(await server.filesHold(code)).toBe(false);
    expect((await signIn(email, ` ${code.toUpperCase()} `)).statusCode).toBe(200);
    expect((await signIn(email, code)).statusCode).toBe(401);
  });

  it("is removed by its owner with a code, and by an admin for who has lost it", async () => {
    const own = await memberWithFactor();
    const lost = await memberWithFactor();

    const wrong = await server.askAs(own.member, "DELETE", path, { code: "111111" });
    const removed = await server.askAs(own.member, "DELETE", path, { code: codeOf(own.secret) });
    const reader = await newMember(server, { email: "reader@example.com" });
    const url = `/api/v2/members/${lost.member.id}/mfa`;
    const byReader = await server.askAs(reader, "DELETE", url);
    const byAdmin = await server.ask("DELETE", url);

    expect([wrong.statusCode, removed.statusCode]).toEqual([403, 204]);
    expect([byReader.statusCode, byAdmin.statusCode]).toEqual([403, 204]);
    expect((await server.askAs(lost.member, "GET", "/api/session")).statusCode).toBe(401);
    expect((await signIn(own.email)).statusCode).toBe(200);
    expect((await signIn(lost.email)).statusCode).toBe(200);
  });

  it("is still asked for after a new password was chosen by a link", async () => {
    const { member, email } = await memberWithFactor();
    const made = await server.ask("POST", `/api/v2/members/${member.id}/password-link`);
    const payload = { token: made.json().link.replace("/invite/", ""), password };

    const chosen = await server.running.app.inject({
      method: "POST",
      url: "/api/invitation",
      payload,
    });

    expect([chosen.statusCode, chosen.json().isSignedIn]).toEqual([201, false]);
    expect(chosen.headers["set-cookie"]).toBeUndefined();
    expect((await signIn(email)).json().code).toBe("second_factor_required");
  });

  it("that is guessed costs waits, from whatever address", async () => {
    const { email, secret } = await memberWithFactor();
    for (let guess = 0; guess < 20; guess += 1) {
      now += 60_000;
      await signIn(email, "000000");
    }

    expect((await signIn(email, codeOf(secret))).statusCode).toBe(429);
  });
});

describe("an account that asks everybody for a second factor", () => {
  it("lets who has none do nothing but add one", async () => {
    const member = await newMember(server, { email: "late@example.com" });
    const url = "/api/v2/account/security";

    const set = await server.ask("PATCH", url, { requiresSecondFactor: true });
    const refused = await server.askAs(member, "GET", "/api/v2/projects");
    const { needsSecondFactor } = (await server.askAs(member, "GET", "/api/session")).json();
    const { secret } = (await server.askAs(member, "POST", path, { password })).json();
    const code = codeOf(secret);
    const confirmed = await server.askAs(member, "POST", `${path}/confirmation`, { code });
    const cookie = String(confirmed.headers["set-cookie"]).split(";")[0] ?? "";

    expect(set.json()).toMatchObject({ requiresSecondFactor: true });
    expect(refused.json().code).toBe("second_factor_required");
    expect(needsSecondFactor).toBe(true);
    expect((await server.askAs({ cookie }, "GET", "/api/v2/projects")).statusCode).toBe(200);
    await server.ask("PATCH", url, { requiresSecondFactor: false });
  });
});
