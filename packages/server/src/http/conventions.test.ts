import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/default";
const projects = "/api/v2/projects";
let server: TemporaryServer;

beforeAll(async () => {
  server = await TemporaryServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

async function oneByOne<T>(inputs: string[], ask: (input: string) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const input of inputs) answers.push(await ask(input));
  return answers;
}

describe("every answer", () => {
  it.each(["/healthz", "/api/v2", projects, `${projects}/nothing`, "/api/nothing", "/%"])(
    "to %s names its request",
    async (url) => {
      const first = await server.ask("GET", url);
      const second = await server.ask("GET", url);

      const ids = [first, second].map(({ headers }) => headers["x-request-id"]);
      expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/u);
      expect(ids[0]).not.toBe(ids[1]);
    },
  );

  it("that is an error carries the request's id in its body", async () => {
    const answer = await server.ask("GET", `${projects}/nothing`);

    expect(answer.json().id).toBe(answer.headers["x-request-id"]);
  });

  it.each([
    ["20191212", "20191212"],
    ["beta", "beta"],
    ["yesterday", "20240415"],
  ])("follows the version that is asked for: %s", async (wanted, used) => {
    const { headers } = await server.ask("GET", projects, undefined, { "ld-api-version": wanted });

    expect(headers["ld-api-version"]).toBe(used);
  });

  it.each([
    ["20220603", "", 22],
    ["20220603", "?limit=2", 2],
    ["20240415", "", 20],
    ["beta", "", 20],
  ])("to version %s%s lists as much as that version does", async (version, query, count) => {
    const name = `v${version}${query.length}`;
    await server.ask("POST", projects, { key: name, name });
    const many = Array.from({ length: 22 }, (_, index) => `flag-${index}`);
    const url = `/api/v2/flags/${name}`;
    await oneByOne(many, (key) => server.ask("POST", url, { key, name: key }));

    const headers = { "ld-api-version": version };
    const { items, totalCount } = (await server.ask("GET", url + query, undefined, headers)).json();

    expect([items.length, totalCount]).toEqual([count, 22]);
  });
});

describe("a request that sends nothing", () => {
  it.each(["application/json", "application/x-www-form-urlencoded", "text/plain"])(
    "may name %s as its type",
    async (type) => {
      const answer = await sendAs(type, "");

      expect(answer.statusCode).toBe(200);
    },
  );

  it("is told from one that sends what is not read here", async () => {
    const answer = await sendAs("application/x-www-form-urlencoded", "a=b");

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain("send application/json");
  });

  function sendAs(type: string, payload: string) {
    return server.running.app.inject({
      method: "POST",
      url: `${projects}/default/environments/test/apiKey`,
      headers: { authorization: TemporaryServer.ownerToken, "content-type": type },
      payload,
    });
  }
});

describe("an error", () => {
  it("tells a wrong method from a wrong path, and names the right ones", async () => {
    const method = await server.ask("PUT", `${flags}/checkout`, {});
    const path = await server.ask("GET", "/api/v2/flag/default");

    expect(method.statusCode).toBe(405);
    expect(method.headers.allow).toBe("DELETE, GET, PATCH");
    expect(method.json()).toMatchObject({
      code: "method_not_allowed",
      message: expect.stringContaining("use DELETE, GET, PATCH"),
    });
    expect([path.statusCode, path.json().code]).toEqual([404, "not_found"]);
  });

  it("is a problem of RFC 9457 where that is asked for", async () => {
    const answer = await server.ask(
      "POST",
      projects,
      { key: "-" },
      {
        accept: "application/problem+json",
      },
    );

    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/u);
    expect(answer.json()).toMatchObject({
      type: "/api/docs#invalid_request",
      title: "invalid request",
      status: 400,
      instance: answer.headers["x-request-id"],
      errors: expect.arrayContaining([expect.objectContaining({ pointer: "/key" })]),
    });
  });

  it("says which name was probably meant", async () => {
    const answer = await server.ask("GET", `${flags}?sort=nmae`, undefined, {
      accept: "application/problem+json",
    });

    expect(answer.json()).toMatchObject({ status: 400, didYouMean: "name" });
  });
});

describe("an ETag", () => {
  it.each([
    ["flags", () => `${flags}/etag`],
    ["projects", () => `${projects}/default`],
    ["environments", () => `${projects}/default/environments/production`],
    ["segments", () => "/api/v2/segments/default/production/etag"],
  ])("spares the sending of what has not changed: %s", async (_, url) => {
    await server.ask("POST", flags, { key: "etag", name: "Etag" });
    await server.ask("POST", "/api/v2/segments/default/production", { key: "etag", name: "Etag" });
    const { headers } = await server.ask("GET", url());
    const etag = String(headers.etag);

    const again = await server.ask("GET", url(), undefined, { "if-none-match": `"x", ${etag}` });
    const other = await server.ask("GET", url(), undefined, { "if-none-match": '"x"' });

    expect(etag).toMatch(/^"[^"]+"$/u);
    expect([again.statusCode, again.body, other.statusCode]).toEqual([304, "", 200]);
  });

  it.each([
    ["flags", `${flags}/match`, { name: "Another" }],
    ["environments", `${projects}/default/environments/production`, { color: "123456" }],
    [
      "segments",
      "/api/v2/segments/default/production/match",
      { instructions: [{ kind: "updateName", value: "Another" }] },
    ],
  ])(
    "lets a write pass that has seen the newest state, and no other: %s",
    async (_, url, patch) => {
      await server.ask("POST", flags, { key: "match", name: "Match" });
      await server.ask("POST", "/api/v2/segments/default/production", { key: "match", name: "M" });
      const etag = String((await server.ask("GET", url)).headers.etag);
      const headers = { "if-match": etag };

      const first = await server.ask("PATCH", url, patch, headers);
      const second = await server.ask("PATCH", url, patch, headers);

      expect([first.statusCode, second.statusCode]).toEqual([200, 412]);
      expect(second.json()).toMatchObject({
        code: "precondition_failed",
        message: expect.stringContaining("read it again"),
      });
    },
  );

  it("fits a write after a look at one environment only", async () => {
    await server.ask("POST", flags, { key: "partly", name: "Partly" });
    const { headers } = await server.ask("GET", `${flags}/partly?env=production`);
    const etag = String(headers.etag);
    const whole = await server.ask("GET", `${flags}/partly`, undefined, { "if-none-match": etag });

    const deleted = await server.ask("DELETE", `${flags}/partly`, undefined, { "if-match": etag });

    expect([whole.statusCode, deleted.statusCode]).toEqual([200, 204]);
  });
});

describe("an Idempotency-Key", () => {
  const body = { key: "once", name: "Once" };
  const headers = { "idempotency-key": "one" };

  it("makes a write that comes again be answered as the first time", async () => {
    const first = await server.ask("POST", flags, body, headers);
    const second = await server.ask("POST", flags, body, headers);
    const without = await server.ask("POST", flags, body);

    expect([first.statusCode, second.statusCode, without.statusCode]).toEqual([201, 201, 409]);
    expect(second.body).toBe(first.body);
    expect(second.headers["idempotent-replayed"]).toBe("true");
  });

  it("is not for another request", async () => {
    await server.ask("POST", flags, { key: "two", name: "Two" }, { "idempotency-key": "two" });
    const other = await server.ask("POST", flags, body, { "idempotency-key": "two" });

    expect([other.statusCode, other.json().code]).toEqual([422, "unprocessable"]);
  });

  it("lets a write be tried again that failed", async () => {
    const key = { "idempotency-key": "three" };
    const failed = await server.ask("PATCH", `${flags}/three`, { name: "Third" }, key);
    await server.ask("POST", flags, { key: "three", name: "Three" });

    const again = await server.ask("PATCH", `${flags}/three`, { name: "Third" }, key);

    expect([failed.statusCode, again.statusCode]).toEqual([404, 200]);
  });

  it("lets a write be done once that comes several times at once", async () => {
    const key = { "idempotency-key": "at once" };
    const made = [1, 2, 3].map(() => server.ask("POST", "/api/v2/tokens", { name: "once" }, key));
    const statuses = (await Promise.all(made)).map(({ statusCode }) => statusCode);

    const { items } = (await server.ask("GET", "/api/v2/tokens")).json();
    expect(items.filter(({ name }: { name: string }) => name === "once")).toHaveLength(1);
    // Whoever came while it was under way is told to ask again.
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
  });

  it("belongs to the token that it comes with", async () => {
    const made = await server.ask("POST", "/api/v2/tokens", { name: "other", role: "writer" });
    const other = { authorization: String(made.json().token), "idempotency-key": "four" };
    await server.ask("POST", flags, { key: "four", name: "Four" }, { "idempotency-key": "four" });

    const answer = await server.ask("POST", flags, { key: "four", name: "Four" }, other);

    expect(answer.statusCode).toBe(409);
  });

  it("keeps a new token's secret sealed", async () => {
    const key = { "idempotency-key": "five" };
    const first = await server.ask("POST", "/api/v2/tokens", { name: "kept" }, key);
    const second = await server.ask("POST", "/api/v2/tokens", { name: "kept" }, key);

    const { token } = first.json();
    expect(second.json().token).toBe(token);
    expect(await server.filesHold(token)).toBe(false);
  });

  it("is forgotten after a day", async () => {
    let now = 1_700_000_000_000;
    await using clocked = await TemporaryServer.start({ now: () => now });
    await clocked.ask("POST", flags, body, headers);
    now += 24 * 3_600_000;

    expect((await clocked.ask("POST", flags, body, headers)).statusCode).toBe(409);
  });
});

describe("the rate of requests", () => {
  it("is held for each token, and says when to come back", async () => {
    let now = 1_700_000_000_000;
    await using limited = await TemporaryServer.start({ requestsPerSecond: 1, now: () => now });
    const answers = await oneByOne(Array(6).fill(projects), (url) => limited.ask("GET", url));
    const [first, ...others] = answers;
    const refused = others.at(-1);
    const elsewhere = await limited.ask("GET", "/api/v2/caller-identity");
    now += 1000;
    const later = await limited.ask("GET", projects);

    expect(first?.headers).toMatchObject({
      "x-ratelimit-global-remaining": "9",
      "x-ratelimit-route-remaining": "4",
      "x-ratelimit-reset": "1700000000000",
    });
    expect([refused?.statusCode, refused?.json().code]).toEqual([429, "rate_limited"]);
    expect(refused?.headers).toMatchObject({
      "retry-after": "1",
      "x-ratelimit-global-remaining": "5",
      "x-ratelimit-route-remaining": "0",
      "x-ratelimit-reset": "1700000001000",
    });
    expect([elsewhere.statusCode, later.statusCode]).toEqual([200, 200]);
  });

  it("is held over all routes together", async () => {
    await using limited = await TemporaryServer.start({ requestsPerSecond: 1, now: () => 1 });
    const urls = [projects, flags, `${projects}/default/environments`];
    const answers = await oneByOne([...urls, ...urls, ...urls, ...urls], (url) =>
      limited.ask("GET", url),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array(10).fill(200), 429, 429]);
  });

  it("holds guesses of a password to ten a minute for an account", async () => {
    let now = 1_700_000_000_000;
    await using clocked = await TemporaryServer.start({ now: () => now });
    const guess = async (email: string) =>
      (await clocked.ask("POST", "/api/session", { email, password: "guess" })).statusCode;
    const statuses = await oneByOne(Array(11).fill("ada@example.com"), guess);
    const other = await guess("bert@example.com");
    now += 6000;

    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect([other, await guess("ADA@example.com")]).toEqual([401, 401]);
  });
});

it.each([
  ["application/json-patch+json", [{ op: "replace", path: "/name", value: "New" }]],
  ["application/merge-patch+json", { name: "New" }],
  [
    "application/json; domain-model=launchdarkly.semanticpatch",
    { instructions: [{ kind: "updateName", value: "New" }] },
  ],
])("a PATCH is read as %s", async (contentType, patch) => {
  await server.ask("POST", flags, { key: "typed", name: "Typed" });

  const answer = await server.ask("PATCH", `${flags}/typed`, patch, {
    "content-type": contentType,
  });

  expect(answer.json().name).toBe("New");
});

describe("the API's description of itself", () => {
  it("begins at the root, for everybody", async () => {
    const answers = await Promise.all(
      ["", "/versions", "/public-ip-list"].map((path) =>
        server.running.app.inject({ url: `/api/v2${path}` }),
      ),
    );

    expect(answers.map((answer) => answer.json())).toMatchObject([
      { links: { self: { href: "/api/v2" }, projects: { href: projects } } },
      { latestVersion: 20_240_415, validVersions: [20_240_415], beta: false },
      { addresses: [], outboundAddresses: [] },
    ]);
  });

  it("says of an operation what it takes and what it answers", async () => {
    const document = (await server.ask("GET", "/api/v2/openapi.json")).json();

    const operation = document.paths["/api/v2/projects/{projectKey}"].get;
    expect(operation).toMatchObject({
      operationId: "getProject",
      tags: ["Projects"],
      parameters: expect.arrayContaining([expect.objectContaining({ name: "projectKey" })]),
    });
    expect(operation.responses["200"].content["application/json"].schema).toEqual({
      $ref: "#/components/schemas/Project",
    });
    expect(operation.responses["4XX"].content["application/json"].schema).toEqual({
      $ref: "#/components/schemas/Error",
    });
    expect(document.components.schemas.Project.required).toContain("_id");
  });

  it("refers only to what is in it, and shows examples", async () => {
    const { body } = await server.ask("GET", "/api/v2/openapi.json");
    const { paths, components } = JSON.parse(body);

    const references = [...body.matchAll(/"\$ref":"([^"]+)"/gu)].map(([, reference]) => reference);
    const known = Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references.filter((one) => !known.includes(one ?? ""))).toEqual([]);
    const { requestBody } = paths["/api/v2/flags/{projectKey}/{flagKey}"].patch;
    expect(requestBody.content["application/json"]).toMatchObject({
      schema: { anyOf: expect.any(Array) },
      example: { instructions: [{ kind: "updateName" }] },
    });
  });

  it("speaks of the REST API alone, each operation under a name of its own", async () => {
    const { paths } = (await server.ask("GET", "/api/v2/openapi.json")).json();
    const operations = Object.values<object>(paths).flatMap((methods) => Object.values(methods));
    const names = operations.flatMap(({ operationId }) => operationId ?? []);

    expect(Object.keys(paths).filter((path) => !path.startsWith("/api/v2"))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("is a page that asks nothing of anybody", async () => {
    const { body, headers } = await server.running.app.inject({ url: "/api/docs" });

    expect(body).toContain("GET /api/v2/projects/{projectKey}");
    expect(body).toContain('id="optimistic_locking_error"');
    expect(body).not.toMatch(/<script|<link|<img|(src|href)="?https?:\/\//u);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'/u);
  });
});
