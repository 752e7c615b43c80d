import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-01-01");
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const users = "/api/v2/users/default/test";
const contexts = "/api/v2/projects/default/environments/test/contexts";
let variations: readonly { _id: string; value: unknown }[];

beforeAll(async () => {
  const { apiKey } = (await server.ask("GET", "/api/v2/projects/default/environments/test")).json();
  const seen = [
    { key: "ada", name: "Ada", email: "ada@example.org", custom: { plan: "pro" } },
    { key: "grace", name: "Grace", anonymous: true },
    { key: "shy", email: "hidden", privateAttributeNames: ["email"] },
  ];
  for (const user of seen) {
    now += 1000;
    await fetch(`${server.url}/bulk`, {
      method: "POST",
      headers: { authorization: apiKey },
      body: JSON.stringify([{ kind: "identify", creationDate: now, user }]),
    });
  }
  const flag = { key: "beta", name: "Beta", isFlagOn: true };
  variations = (await server.ask("POST", "/api/v2/flags/default", flag)).json().variations;
  const [on, off] = variations;
  const clauses = [{ contextKind: "user", attribute: "plan", op: "in", values: ["pro"] }];
  const instructions = [
    { kind: "addRule", clauses, variationId: on?._id },
    { kind: "updateFallthroughVariationOrRollout", variationId: off?._id },
  ];
  const patch = { environmentKey: "test", instructions };
  expect((await server.ask("PATCH", "/api/v2/flags/default/beta", patch)).statusCode).toBe(200);
});

interface Listed {
  readonly user: { readonly key: string };
}
const keysOf = ({ items }: { items: readonly Listed[] }) => items.map(({ user }) => user.key);

describe("users", () => {
  it("are the contexts of that kind, in their older shape", async () => {
    const { user, lastPing } = (await server.ask("GET", `${users}/ada`)).json();

    expect(user).toEqual({
      key: "ada",
      name: "Ada",
      email: "ada@example.org",
      custom: { plan: "pro" },
    });
    expect(lastPing).toBe("2026-01-01T00:00:01.000Z");
    expect((await server.ask("GET", `${users}/shy`)).json().user).toEqual({
      key: "shy",
      privateAttrs: ["email"],
    });
  });

  it("are listed page by page", async () => {
    const first = (await server.ask("GET", `${users}?limit=2`)).json();
    const second = (await server.ask("GET", first._links.next.href)).json();

    expect([keysOf(first), keysOf(second)]).toEqual([["shy", "grace"], ["ada"]]);
    expect(second._links).not.toHaveProperty("next");
  });

  it.each([
    ["q=EXAMPLE", ["ada"]],
    ["q=a&sort=key", ["ada", "grace"]],
    ["filter=name:gra", ["grace"]],
    ["sort=-key&limit=1&offset=1", ["grace"]],
    ["sort=lastPing&searchAfter=ada", ["grace", "shy"]],
  ])("are searched by %s", async (query, keys) => {
    const found = await server.ask("GET", `/api/v2/user-search/default/test?${query}`);

    expect(keysOf(found.json())).toEqual(keys);
  });

  it("say which attributes they have", async () => {
    const answer = (await server.ask("GET", "/api/v2/user-attributes/default/test")).json();

    expect(answer).toMatchObject({ private: ["email"], custom: ["plan"] });
  });

  it("are forgotten by whoever may, and are not there then", async () => {
    const { token } = await newToken(server, { role: "reader" });

    expect((await server.ask("DELETE", `${users}/grace`, undefined, token)).statusCode).toBe(403);
    expect((await server.ask("DELETE", `${users}/grace`)).statusCode).toBe(204);
    expect((await server.ask("GET", `${users}/grace`)).statusCode).toBe(404);
  });
});

describe("the setting of a flag for one context", () => {
  const flag = async () => (await server.ask("GET", `${users}/linus/flags/beta`)).json();

  it("makes it a target of the variation, of one alone, and none without a value", async () => {
    const url = `${users}/linus/flags/beta`;
    expect(await flag()).toMatchObject({ _value: false, setting: null });

    await server.ask("PUT", url, { setting: true, comment: "asked for" });
    expect(await flag()).toMatchObject({
      _value: true,
      setting: true,
      reason: { kind: "TARGET_MATCH" },
    });

    await server.ask("PUT", url, { setting: false });
    expect(await flag()).toMatchObject({ _value: false, setting: false });

    expect((await server.ask("PUT", url, { setting: null })).statusCode).toBe(204);
    expect(await flag()).toMatchObject({ setting: null, reason: { kind: "FALLTHROUGH" } });
  });

  it("is for contexts of any kind", async () => {
    const url = `${contexts}/org/acme/flags/beta`;

    expect((await server.ask("PUT", url, { setting: true })).statusCode).toBe(204);

    const shown = (await server.ask("GET", "/api/v2/flags/default/beta")).json();
    expect(shown.environments.test.contextTargets).toMatchObject([
      { contextKind: "org", values: ["acme"], variation: 0 },
    ]);
  });

  it("refuses a value that no variation has, and names those that there are", async () => {
    const answer = await server.ask("PUT", `${users}/linus/flags/beta`, { setting: "maybe" });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("its values are true, false");
  });

  it("asks for the right to change targets", async () => {
    const { token } = await newToken(server, { role: "reader" });

    for (const url of [`${users}/linus/flags/beta`, `${contexts}/org/acme/flags/beta`]) {
      const answer = await server.ask("PUT", url, { setting: true }, token);
      expect(answer.json().message).toContain("updateTargets");
    }
  });

  it("is listed with what the user gets, by the attributes that it was seen with", async () => {
    const { items } = (await server.ask("GET", `${users}/ada/flags`)).json();

    expect(items.beta).toMatchObject({
      _value: true,
      setting: null,
      reason: { kind: "RULE_MATCH", ruleID: expect.any(String) },
    });
  });
});

describe("the end of a user's targeting", () => {
  const url = "/api/v2/users/default/zoe/expiring-user-targets/test";
  const instruct = (instruction: object) =>
    server.ask("PATCH", url, { instructions: [{ flagKey: "beta", ...instruction }] });

  it("is said over all flags at once, and comes", async () => {
    const variationId = variations[0]?._id;
    await server.ask("PUT", `${users}/zoe/flags/beta`, { setting: true });

    const made = await instruct({
      kind: "addExpireUserTargetDate",
      variationId,
      value: now + 1000,
    });

    expect(made.json()).toMatchObject({ totalInstructions: 1, successfulInstructions: 1 });
    expect((await server.ask("GET", url)).json().items).toMatchObject([
      { userKey: "zoe", variationId, _resourceId: { flagKey: "beta" } },
    ]);
    now += 1000;
    await server.running.runDueWork();
    expect((await server.ask("GET", `${users}/zoe/flags/beta`)).json().setting).toBe(null);
    expect((await server.ask("GET", url)).json().items).toEqual([]);
  });

  it("does nothing where one instruction does not fit", async () => {
    const variationId = variations[0]?._id;
    const answer = await instruct({ kind: "addExpireUserTargetDate", variationId });

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("value is missing");
  });
});
