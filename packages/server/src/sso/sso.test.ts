import { afterAll, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { IdentityProvider } from "../testing/identity-provider.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const people = {
  ada: { email: "ada@example.com", email_verified: true, groups: ["engineers", "admins"] },
  bert: { email: "bert@example.com", email_verified: true, groups: ["engineers"] },
  invited: { email: "invited@example.com", email_verified: true },
  unverified: { email: "unverified@example.com", email_verified: false },
  foreign: { email: "eve@elsewhere.example", email_verified: true },
};
let now = Date.now();
const server = await TemporaryServer.start({ now: () => now });
const provider = await IdentityProvider.start(people);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const path = "/api/v2/account/sso";
const { issuer, clientId, clientSecret } = provider;
const settings = {
  issuer,
  clientId,
  clientSecret,
  allowedDomains: ["example.com"],
  roleClaim: "groups",
  roles: { engineers: "writer", admins: "admin" },
  teamClaim: "groups",
  teams: { engineers: "engineering" },
};
await server.ask("POST", "/api/v2/teams", { key: "engineering", name: "Engineering" });
await server.ask("PUT", path, settings);

interface Begun {
  readonly url: string;
  readonly cookie: string;
}

async function begin(returnTo?: string): Promise<Begun> {
  now += 2_000;
  const query = returnTo === undefined ? "" : `?returnTo=${encodeURIComponent(returnTo)}`;
  const answer = await server.running.app.inject({ url: `/api/sso/start${query}` });
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  return { url: String(answer.headers.location), cookie };
}

function comeBack(to: URL, cookie: string, accept = "application/json") {
  return server.running.app.inject({
    url: `${to.pathname}${to.search}`,
    headers: { cookie, accept },
  });
}

async function signIn(login: string, returnTo?: string) {
  const { url, cookie } = await begin(returnTo);
  return comeBack(await provider.signIn(url, login), cookie);
}

function sessionOf(answer: { headers: Record<string, unknown> }): { cookie: string } {
  const cookies = [answer.headers["set-cookie"]].flat().map(String);
  return { cookie: cookies.find((one) => one.startsWith("halyard_session"))?.split(";")[0] ?? "" };
}

describe("signing in by an identity provider", () => {
  it("brings a new member, with the role and the teams that the claims say", async () => {
    const answer = await signIn("ada", "/p/default/flags?x=1");

    expect([answer.statusCode, answer.headers.location]).toEqual([302, "/p/default/flags?x=1"]);
    const own = (await server.askAs(sessionOf(answer), "GET", "/api/session")).json().member;
    expect(own).toMatchObject({ email: "ada@example.com", role: "admin" });
    const member = (await server.ask("GET", `/api/v2/members/${own._id}`)).json();
    expect(member.teams).toMatchObject([{ key: "engineering" }]);
  });

  it("knows the member again, and follows the claims", async () => {
    const { _id } = (
      await server.askAs(sessionOf(await signIn("bert")), "GET", "/api/session")
    ).json().member;
    await server.ask("PUT", path, { ...settings, roles: { engineers: "reader" }, teams: {} });

    const again = sessionOf(await signIn("bert"));

    expect((await server.askAs(again, "GET", "/api/session")).json().member).toMatchObject({
      _id,
      role: "reader",
    });
    await server.ask("PUT", path, settings);
  });

  it("is the way in for who was invited by the address", async () => {
    const body = [{ email: "invited@example.com", role: "writer" }];
    const [{ _id }] = (await server.ask("POST", "/api/v2/members", body)).json().items;

    const own = sessionOf(await signIn("invited"));

    expect((await server.askAs(own, "GET", "/api/session")).json().member).toMatchObject({
      _id,
      role: "writer",
    });
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/.//evil.example",
    "/x/..//evil.example/",
    "//evil.example/welcome",
  ])("never leads on to %j", async (returnTo) => {
    expect((await signIn("ada", returnTo)).headers.location).toBe("/");
  });

  it("begins at the provider with PKCE, a state and a nonce", async () => {
    const { url } = await begin();

    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      state: expect.stringMatching(/^[\w-]{43}$/u),
      nonce: expect.stringMatching(/^[\w-]{43}$/u),
      redirect_uri: "http://localhost/api/sso/callback",
    });
  });

  it("is begun sixty times a minute from one address, and no more", async () => {
    await using fresh = await TemporaryServer.start({ now: () => 1_700_000_000_000 });
    const statuses: number[] = [];
    for (let way = 0; way < 61; way += 1)
      statuses.push((await fresh.running.app.inject({ url: "/api/sso/start" })).statusCode);

    expect(statuses).toEqual([...Array(60).fill(404), 429]);
  });

  it("ends here and at the provider", async () => {
    const own = sessionOf(await signIn("ada"));

    const { location } = (await server.askAs(own, "POST", "/api/sso/logout")).json();

    expect(location).toContain(`${issuer}/session/end?`);
    expect((await server.askAs(own, "GET", "/api/session")).statusCode).toBe(401);
  });
});

describe("whoever comes back from the provider is refused", () => {
  it("with another state", async () => {
    const { url, cookie } = await begin();
    const back = await provider.signIn(url, "ada");
    back.searchParams.set("state", "of somebody else");

    expect((await comeBack(back, cookie)).statusCode).toBe(401);
  });

  it("in a browser that did not begin, as where a link was planted", async () => {
    const { url } = await begin();
    const back = await provider.signIn(url, "ada");
    const { cookie } = await begin();

    const planted = await comeBack(back, cookie);

    expect(planted.statusCode).toBe(401);
    expect(planted.json().message).toContain("begun elsewhere");
  });

  it("with another nonce", async () => {
    const { url, cookie } = await begin();
    const changed = new URL(url);
    changed.searchParams.set("nonce", "of another sign-in");

    const answer = await comeBack(await provider.signIn(changed.href, "ada"), cookie);

    expect(answer.statusCode).toBe(401);
    expect(answer.json().message).toContain("does not hold");
  });

  it("with the answer of another issuer", async () => {
    const { url, cookie } = await begin();
    const back = await provider.signIn(url, "ada");
    back.searchParams.set("iss", "https://other.example");

    expect((await comeBack(back, cookie)).statusCode).toBe(401);
  });

  it("a second time with the same code, and with a code that was used elsewhere", async () => {
    const { url, cookie } = await begin();
    const back = await provider.signIn(url, "ada");
    const other = await begin();
    const otherBack = await provider.signIn(other.url, "ada");

    const first = await comeBack(back, cookie);
    const replayed = await comeBack(back, cookie);
    otherBack.searchParams.set("code", back.searchParams.get("code") ?? "");
    const swapped = await comeBack(otherBack, other.cookie);

    expect([first, replayed, swapped].map((one) => one.statusCode)).toEqual([302, 401, 401]);
  });

  it("with a code that has run out", async () => {
    const { url, cookie } = await begin();
    const back = await provider.signIn(url, "ada");
    await provider.letExpire(back.searchParams.get("code") ?? "");

    expect((await comeBack(back, cookie)).statusCode).toBe(401);
  });

  it("after more than ten minutes", async () => {
    const { url, cookie } = await begin();
    const back = await provider.signIn(url, "ada");
    now += 11 * 60_000;

    expect((await comeBack(back, cookie)).statusCode).toBe(401);
  });

  it("with an address that is not verified, or of a domain that is not let in", async () => {
    const unverified = await signIn("unverified");
    const foreign = await signIn("foreign");

    expect([unverified.statusCode, foreign.statusCode]).toEqual([403, 403]);
    expect(unverified.json().message).toContain("verified");
    expect(foreign.json().message).toContain("elsewhere.example");
    const found = await server.ask("GET", "/api/v2/members?filter=query:unverified");
    expect(found.json().totalCount).toBe(0);
  });

  it("with a token that is signed by the secret both know", async () => {
    await using weak = await IdentityProvider.start(people, "HS256");
    await server.ask("PUT", path, { ...settings, issuer: weak.issuer });
    const { url, cookie } = await begin();

    const answer = await comeBack(await weak.signIn(url, "ada"), cookie);

    expect(answer.statusCode).toBe(401);
    await server.ask("PUT", path, settings);
  });

  it("with what the provider refused, and a browser is shown a page", async () => {
    const { url, cookie } = await begin();
    const state = new URL(url).searchParams.get("state") ?? "";
    const query = `error=%3Cscript%3E&state=${state}&iss=${encodeURIComponent(issuer)}`;
    const back = new URL(`http://localhost/api/sso/callback?${query}`);

    const page = await comeBack(back, cookie, "text/html");

    expect(page.statusCode).toBe(401);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.body).toContain("&lt;script&gt;");
    expect(page.body).not.toContain("<script");
  });
});

describe("the settings of single sign-on", () => {
  it("show no secret, and are for admins", async () => {
    const writer = await newMember(server, { email: "writer@example.com", role: "writer" });

    const shown = await server.ask("GET", path);

    expect(shown.json()).toMatchObject({ issuer, clientId, isFromEnvironment: false });
    expect(shown.body).not.toContain(clientSecret);
    expect((await server.askAs(writer, "PUT", path, settings)).statusCode).toBe(403);
  });

  it.each(["http://idp.example", "ftp://idp.example", "idp"])(
    "refuse the issuer %s",
    async (odd) => {
      expect((await server.ask("PUT", path, { ...settings, issuer: odd })).statusCode).toBe(400);
    },
  );

  it("say clearly that the provider does not answer", async () => {
    await server.ask("PUT", path, { ...settings, issuer: "http://127.0.0.1:9" });

    const answer = await server.running.app.inject({ url: "/api/sso/start" });

    expect([answer.statusCode, answer.json().code]).toEqual([503, "unavailable"]);
    await server.ask("PUT", path, settings);
  });

  it("are taken away again", async () => {
    await server.ask("DELETE", path);

    expect((await server.running.app.inject({ url: "/api/sso" })).json()).toEqual({
      isOn: false,
      isRequired: false,
    });
    expect((await server.running.app.inject({ url: "/api/sso/start" })).statusCode).toBe(404);
    expect((await server.ask("GET", path)).statusCode).toBe(404);
  });
});
