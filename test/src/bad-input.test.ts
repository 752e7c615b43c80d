import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Management } from "./management.ts";
import { bootstrapToken, ServerProcess } from "./server-process.ts";

const semanticPatch = "application/json; domain-model=launchdarkly.semanticpatch";
const flag = "/api/v2/flags/shop/checkout";
let server: ServerProcess;
let management: Management;

beforeAll(async () => {
  server = await ServerProcess.start();
  management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  for (const key of ["checkout", "other"]) await management.createFlag("shop", key, ["old", "new"]);
});

afterAll(() => server[Symbol.asyncDispose]());

function patch(instructions: readonly object[], path = flag) {
  return management.request(
    "PATCH",
    path,
    { environmentKey: "production", instructions },
    semanticPatch,
  );
}

async function variationId(key: string): Promise<string> {
  const found = (await management.ask("GET", `/api/v2/flags/shop/${key}`)) as {
    variations: { _id: string }[];
  };
  return found.variations[0]?._id ?? "";
}

describe("the REST API answers", () => {
  it.each([
    {
      what: "an unknown flag",
      path: "/api/v2/flags/shop/chekout",
      status: 404,
      code: "not_found",
      words: 'no flag "chekout"',
    },
    {
      what: "an unknown project",
      path: "/api/v2/flags/shopp",
      status: 404,
      code: "not_found",
      words: 'no project "shopp"',
    },
    {
      what: "an unknown path",
      path: "/api/v2/nothing",
      status: 404,
      code: "not_found",
      words: "there is no GET /api/v2/nothing",
    },
    {
      what: "an unknown environment",
      path: "/api/v2/flags/shop/checkout?env=prodution",
      status: 404,
      code: "not_found",
      words: 'no environment "prodution"',
    },
    {
      what: "an order that is none",
      path: "/api/v2/flags/shop?sort=colour",
      status: 400,
      code: "invalid_request",
      words: 'sort knows no "colour"',
    },
    {
      what: "a path that cannot be decoded",
      path: "/api/v2/flags/shop/%E0%A4%A",
      status: 400,
      code: "invalid_request",
      words: "%E0%A4%A",
    },
    {
      what: "an unknown filter",
      path: "/api/v2/flags/shop?filter=colour:red",
      status: 400,
      code: "invalid_request",
      words: 'filter knows no "colour"',
    },
  ])("$what with $status", async ({ path, status, code, words }) => {
    const answer = await management.request("GET", path);

    expect(answer).toMatchObject({
      status,
      body: { code, message: expect.stringContaining(words) },
    });
  });

  it("a key that cannot be one with 400, naming the place", async () => {
    const answer = await management.request("POST", "/api/v2/flags/shop", {
      key: "a b",
      name: "x",
    });

    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", message: expect.stringContaining("body/key") },
    });
  });

  it("a key that is taken with 409", async () => {
    const answer = await management.request("POST", "/api/v2/flags/shop", {
      key: "checkout",
      name: "x",
    });

    expect(answer).toMatchObject({
      status: 409,
      body: { code: "conflict", message: expect.stringContaining("choose another key") },
    });
  });

  it("an instruction that does not exist with 400", async () => {
    expect(await patch([{ kind: "explode" }])).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("instruction 0 (explode)") },
    });
  });

  it("a regular expression that cannot be run in linear time with 400, and stores nothing", async () => {
    const clauses = [{ attribute: "email", op: "matches", values: ["(?=a)b"] }];

    const answer = await patch([
      { kind: "turnFlagOn" },
      { kind: "addRule", clauses, variationId: await variationId("checkout") },
    ]);

    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("the regular expression") },
    });
    expect(await management.ask("GET", flag)).toMatchObject({
      environments: { production: { on: false, rules: [] } },
    });
  });

  it("a cycle of prerequisites with 400", async () => {
    const requires = async (key: string) => ({
      kind: "addPrerequisite",
      key,
      variationId: await variationId(key),
    });
    expect(await patch([await requires("other")])).toMatchObject({ status: 200 });

    const answer = await patch([await requires("checkout")], "/api/v2/flags/shop/other");

    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("cycle") },
    });
  });

  it("a flag that another requires, when it is to be deleted, with 409", async () => {
    expect(await management.request("DELETE", "/api/v2/flags/shop/other")).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('"checkout" requires it') },
    });
  });

  it.each([
    { what: "JSON that is none", body: "{", status: 400, words: "the body is not JSON" },
    { what: "an empty body", body: "", status: 400, words: "JSON" },
    {
      what: "a body above the limit",
      body: JSON.stringify({ key: "a".repeat(2 ** 20) }),
      status: 413,
      words: "send less at once",
    },
  ])("$what with $status", async ({ body, status, words }) => {
    const headers = { authorization: bootstrapToken, "content-type": "application/json" };

    const answer = await fetch(`${server.url}/api/v2/flags/shop`, {
      method: "POST",
      headers,
      body,
    });

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(words) });
  });

  it.each([
    { authorization: "", words: "sign in, or send an access token" },
    { authorization: "api-wrong", words: "not known here" },
    { authorization: "sdk-0123", words: "an SDK key does not open the REST API" },
  ])('401 to the authorization "$authorization"', async ({ authorization, words }) => {
    const headers: Record<string, string> = authorization === "" ? {} : { authorization };

    const answer = await fetch(`${server.url}/api/v2/projects`, { headers });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      code: "unauthorized",
      message: expect.stringContaining(words),
    });
  });
});

describe("a new flag", () => {
  const variations = (...values: unknown[]) => values.map((value) => ({ value }));

  it.each([
    { what: "values of two kinds", given: variations("a", 1), words: "values of one kind" },
    { what: "a value given twice", given: variations("a", "b", "a"), words: "each value once" },
    {
      what: "an id given twice",
      given: variations("a", "b").map((one) => ({ ...one, _id: "x" })),
      words: "leave _id out",
    },
  ])("with $what is refused", async ({ given, words }) => {
    const body = { key: "odd", name: "Odd", variations: given };

    expect(await management.request("POST", "/api/v2/flags/shop", body)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(words) },
    });
  });

  it.each([
    { depth: 30, status: 201 },
    { depth: 33, status: 400 },
    { depth: 50_000, status: 400 },
  ])("with a value $depth levels deep gets $status", async ({ depth, status }) => {
    const nested = "[".repeat(depth - 3) + "]".repeat(depth - 3);
    const body = `{"key":"deep-${depth}","name":"Deep","variations":[{"value":${nested}},{"value":{}}]}`;
    const headers = { authorization: bootstrapToken, "content-type": "application/json" };

    const answer = await fetch(`${server.url}/api/v2/flags/shop`, {
      method: "POST",
      headers,
      body,
    });

    expect(answer.status).toBe(status);
  });
});

describe("a segment", () => {
  const segments = "/api/v2/segments/shop/production";
  const asks = (key: string) => [
    {
      kind: "addRule",
      ruleId: `asks-${key}`,
      clauses: [{ attribute: "", op: "segmentMatch", values: [key] }],
    },
  ];

  it("that would ask for itself is refused, also by way of another", async () => {
    for (const key of ["inner", "outer"]) {
      await management.ask("POST", segments, { key, name: key });
    }
    await management.ask("PATCH", `${segments}/outer`, { instructions: asks("inner") });

    for (const key of ["inner", "outer"]) {
      expect(
        await management.request("PATCH", `${segments}/inner`, { instructions: asks(key) }),
      ).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("asked for itself") },
      });
    }
  });

  it("that a rule names is not deleted", async () => {
    await management.ask("POST", segments, { key: "staff", name: "Staff" });
    const rule = { ...asks("staff")[0], variationId: await variationId("other") };
    await management.instruct("shop", "other", "production", [rule]);

    expect(await management.request("DELETE", `${segments}/staff`)).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('rules of flag "other" name it') },
    });
  });
});

describe("input that looks like a part of the language", () => {
  it.each(["constructor", "__proto__", "toString"])(
    "is no environment: %s",
    async (environmentKey) => {
      const body = { environmentKey, instructions: [{ kind: "turnFlagOn" }] };

      expect(await management.request("PATCH", flag, body, semanticPatch)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining(`there is no environment "${environmentKey}"`) },
      });
    },
  );

  it.each(["null", "junk", "https://elsewhere.example"])(
    "is no origin of ours: %s",
    async (origin) => {
      const headers = { origin, "content-type": "application/json" };
      const body = JSON.stringify({ email: "a@b.example", password: "wrong" });

      const answer = await fetch(`${server.url}/api/session`, { method: "POST", headers, body });

      expect(answer.status).toBe(403);
    },
  );
});

it("serves a flag under the longest key that it takes", async () => {
  const key = "k".repeat(256);
  await management.createFlag("shop", key, ["old", "new"]);

  expect(await management.request("GET", `/api/v2/flags/shop/${key}`)).toMatchObject({
    status: 200,
  });
});

describe("the SDK's endpoints answer", () => {
  it.each([
    { key: "", words: "send the environment's SDK key" },
    { key: "sdk-wrong", words: "not known here" },
    { key: `sdk-${"0".repeat(40)}`, words: "a character of the key is wrong" },
    { key: "mob-1", words: "a mobile key is for client-side SDKs" },
  ])('401 to the key "$key"', async ({ key, words }) => {
    const headers: Record<string, string> = key === "" ? {} : { authorization: key };

    const answer = await fetch(`${server.url}/sdk/latest-all`, { headers });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(words) });
  });

  it("202 to events of which one cannot be read", async () => {
    const authorization = await management.sdkKey("shop", "production");
    const body = JSON.stringify([{ kind: { toString: 1 } }, { kind: "identify" }]);
    const headers = { authorization, "content-type": "application/json" };

    expect((await fetch(`${server.url}/bulk`, { method: "POST", headers, body })).status).toBe(202);
  });
});

it("outlives an upgrade of a path that is no path", async () => {
  await new Promise((resolve) => {
    const asked = request(server.url, {
      path: "//",
      headers: { connection: "upgrade", upgrade: "websocket" },
    });
    asked.once("error", resolve).once("response", resolve).end();
  });

  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
