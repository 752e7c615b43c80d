import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newMember } from "../testing/accounts.ts";
import { IdentityProvider } from "../testing/identity-provider.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
const provider = await IdentityProvider.start({});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});

const path = "/api/v2/account/sso";
const { issuer, clientId, clientSecret } = provider;
const settings = { issuer, clientId, clientSecret };
beforeEach(async () => {
  await server.ask("PUT", path, settings);
});

async function checksOf(body: object): Promise<unknown> {
  return (await server.ask("POST", `${path}/test`, body)).json().checks;
}

describe("the settings of single sign-on", () => {
  it("keep the secret while issuer and client stay", async () => {
    const answer = await server.ask("PUT", path, { issuer, clientId, defaultRole: "writer" });

    expect(answer.json()).toMatchObject({ defaultRole: "writer" });
    expect(await checksOf({ issuer, clientId })).toMatchObject([{}, {}, { passed: true }]);
  });

  it.each([
    { issuer: "https://elsewhere.example", clientId },
    { issuer, clientId: "another" },
  ])("give the secret that is kept to nobody else: %o", async (body) => {
    const answers = [
      await server.ask("PUT", path, body),
      await server.ask("POST", `${path}/test`, body),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
  });

  it("tell what the provider has to be told", async () => {
    expect((await server.ask("GET", `${path}/addresses`)).json()).toEqual({
      redirectUri: expect.stringMatching(/^http.*\/api\/sso\/callback$/u),
      signOutUri: expect.stringMatching(/^http.*\/login$/u),
      scimUri: expect.stringMatching(/^http.*\/scim\/v2$/u),
    });
  });
});

describe("asking a provider whether it would let people in", () => {
  it("finds everything in order", async () => {
    expect(await checksOf(settings)).toEqual([
      { name: "description", passed: true, message: expect.stringContaining(issuer) },
      { name: "signatures", passed: true, message: "it signs by RS256" },
      {
        name: "credentials",
        passed: true,
        message: "it knows the client ID and the client secret",
      },
    ]);
  });

  it("finds a secret that is wrong", async () => {
    expect(await checksOf({ ...settings, clientSecret: "guessed" })).toMatchObject([
      { passed: true },
      { passed: true },
      { passed: false, message: expect.stringMatching(/^it does not take the client ID and/u) },
    ]);
  });

  it.each([
    ["nobody listens", "http://127.0.0.1:49151", "nobody listens at 127.0.0.1:49151"],
    ["no provider is", `${issuer}/nothing`, "there is no OpenID description under"],
    ["the name differs", issuer.replace("127.0.0.1", "localhost"), "calls itself otherwise"],
  ])("says what to look at where %s", async (_, address, words) => {
    expect(await checksOf({ ...settings, issuer: address })).toEqual([
      { name: "description", passed: false, message: expect.stringContaining(words) },
    ]);
  });
});

describe("an account that takes single sign-on alone", () => {
  it("lets in owners with their password, and nobody else", async () => {
    const members = ["owner", "writer"].map((role) => ({ email: `${role}@example.com`, role }));
    for (const member of members) await newMember(server, member);
    const enter = async (role: string) => {
      const payload = { email: `${role}@example.com`, password: "correct horse battery" };
      const url = "/api/session";
      return (await server.running.app.inject({ method: "POST", url, payload })).statusCode;
    };

    await server.ask("PATCH", path, { isRequired: true });
    const required = [await enter("owner"), await enter("writer")];
    await server.ask("PATCH", path, { isRequired: false });

    expect(required).toEqual([200, 403]);
    expect(await enter("writer")).toBe(200);
  });

  it("asks for none once there is no provider", async () => {
    await server.ask("PATCH", path, { isRequired: true });
    await server.ask("DELETE", path);

    expect((await server.ask("GET", "/api/sso")).json()).toEqual({
      isOn: false,
      isRequired: false,
    });
    expect((await server.ask("PATCH", path, { isRequired: true })).statusCode).toBe(404);
  });
});
