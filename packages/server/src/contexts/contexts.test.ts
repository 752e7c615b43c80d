import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = Date.parse("2026-01-01");
const dayMs = 24 * 3_600_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const production = "/api/v2/projects/default/environments/production";
const test = "/api/v2/projects/default/environments/test";

/** Reports contexts as an SDK does, each a second after the other. */
async function report(environment: string, ...contexts: readonly object[]): Promise<void> {
  for (const context of contexts) {
    now += 1000;
    await send(environment, { kind: "identify", creationDate: now, context });
  }
}

async function send(environment: string, ...events: readonly object[]): Promise<void> {
  const { apiKey } = (await server.ask("GET", environment)).json();
  const answer = await fetch(`${server.url}/bulk`, {
    method: "POST",
    headers: {
      authorization: apiKey,
      "content-type": "application/json",
      "x-launchdarkly-tags": "application-id/shop application-version/2",
    },
    body: JSON.stringify(events),
  });
  expect(answer.status).toBe(202);
}

async function search(environment: string, kind: "contexts" | "context-instances", body: object) {
  const answer = await server.ask("POST", `${environment}/${kind}/search`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

interface Found {
  readonly context: { readonly kind: string; readonly key: string };
}
const keysOf = ({ items }: { items: readonly Found[] }) => items.map(({ context }) => context.key);

const ada = { kind: "user", key: "ada", name: "Ada", plan: "pro", address: { city: "London" } };
const grace = { kind: "user", key: "grace", name: "Grace", plan: "free" };
const acme = { key: "acme", name: "Acme", plan: "pro" };
const linus = { kind: "multi", user: { key: "linus", anonymous: true }, org: acme };

beforeAll(() => report(production, ada, grace, linus));

describe("contexts that SDKs report", () => {
  it.each([
    ['kind equals "user"', ["linus", "grace", "ada"]],
    ['kind anyOf ["org","device"]', ["acme"]],
    ['*.name startsWith "A"', ["acme", "ada"]],
    ['user.plan equals "pro"', ["ada"]],
    ["*.plan exists false", ["linus"]],
    ["user./address/city equals London", ["ada"]],
    ['key equals "grace",applicationId equals "shop"', ["grace"]],
    ['kindKeys anyOf ["user:ada","org:acme"]', ["acme", "ada"]],
  ])("are found by %s, what was seen last first", async (filter, keys) => {
    const found = await search(production, "contexts", { filter });

    expect(keysOf(found).sort()).toEqual([...keys].sort());
    expect(found.totalCount).toBe(keys.length);
  });

  it("are shown with when and where they were seen last, and with how many others", async () => {
    const { items } = (await server.ask("GET", `${production}/contexts/org/acme`)).json();

    expect(items).toEqual([
      {
        context: { kind: "org", ...acme },
        lastSeen: new Date(Date.parse("2026-01-01") + 3000).toISOString(),
        applicationId: "shop",
        associatedContexts: 1,
        _links: { self: { href: `${production}/contexts/org/acme`, type: "application/json" } },
      },
    ]);
  });

  it("are read page by page, however many come in between", async () => {
    const query = { limit: 3, sort: "ts" };
    const first = await search(production, "contexts", query);
    const { continuationToken } = first;
    const second = await search(production, "contexts", { ...query, continuationToken });

    expect([...keysOf(first), ...keysOf(second)].sort()).toEqual(["acme", "ada", "grace", "linus"]);
    expect(second.continuationToken).toBeUndefined();
    expect(first._links.next.href).toContain(`continuationToken=${continuationToken}`);
  });

  it.each([
    [{ filter: "knid equals user" }, 'did you mean "kind"?'],
    [{ sort: "name" }, 'sort knows no "name"'],
    [{ continuationToken: "x" }, "take it from the page before"],
  ])("are not searched by %j, and the reason is given", async (body, words) => {
    const answer = await server.ask("POST", `${production}/contexts/search`, body);

    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain(words);
  });

  it("say which attributes there are, and which values", async () => {
    const url = `${production}/context-attributes`;
    const names = (await server.ask("GET", `${url}?filter=kind equals "user"`)).json();
    const values = (await server.ask("GET", `${url}/plan`)).json();

    expect(names.items[0].names.slice(0, 2)).toEqual([
      { name: "key", weight: 3 },
      { name: "name", weight: 2 },
    ]);
    expect(values.items).toEqual([
      { kind: "org", values: [{ name: "pro", weight: 1 }] },
      { kind: "user", values: expect.arrayContaining([{ name: "free", weight: 1 }]) },
    ]);
  });
});

describe("an instance of contexts", () => {
  it("is what was evaluated together, and is kept once", async () => {
    await report(production, { ...linus, org: { ...acme, plan: "team" } });

    const { items } = await search(production, "context-instances", {
      filter: 'kinds equals ["user","org"]',
    });

    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      anonymousKinds: ["user"],
      context: { kind: "multi", org: { plan: "team" } },
    });
    const url = `${production}/context-instances/${items[0].id}`;
    expect((await server.ask("GET", url)).json().items).toEqual(items);
  });

  it("is forgotten when it is deleted, and the log says by whom without saying of whom", async () => {
    await report(production, { kind: "device", key: "to-be-forgotten" });
    const filter = 'key equals "to-be-forgotten"';
    const [instance] = (await search(production, "context-instances", { filter })).items;
    const url = `${production}/context-instances/${instance.id}`;
    const { token } = await newToken(server, { role: "reader" });

    expect((await server.ask("DELETE", url, undefined, token)).statusCode).toBe(403);
    expect((await server.ask("DELETE", url)).statusCode).toBe(204);

    expect((await search(production, "contexts", { filter })).items).toEqual([]);
    expect((await server.ask("DELETE", url)).statusCode).toBe(404);
    const row = await server.running.db
      .selectFrom("change")
      .selectAll()
      .where("kind", "=", "context")
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain("to-be-forgotten");
  });
});

describe("what is private", () => {
  it("is nowhere in the files, and its name says that it is missing", async () => {
    const secret = (name: string) => `very-secret-${name}`;
    await report(
      production,
      {
        kind: "user",
        key: "shy",
        email: secret("email"),
        address: { street: secret("street"), city: "Paris" },
        _meta: {
          privateAttributes: ["email", "/address/street"],
          redactedAttributes: ["phone"],
        },
      },
      {
        kind: "multi",
        org: { key: "x", tax: secret("tax"), _meta: { privateAttributes: ["tax"] } },
      },
    );
    const about = { creationDate: now, key: "flag", version: 1, variation: 0 };
    const legacy = { key: "old", email: secret("legacy"), privateAttributeNames: ["email"] };
    await send(production, { kind: "feature", ...about, user: legacy });
    await send(production, { kind: "index", ...about, context: { name: secret("broken") } });

    const { items } = (await server.ask("GET", `${production}/contexts/user/shy`)).json();

    expect(items[0].context).toEqual({
      kind: "user",
      key: "shy",
      address: { city: "Paris" },
      _meta: { redactedAttributes: ["email", "/address/street", "phone"] },
    });
    expect(await server.filesHold("very-secret")).toBe(false);
    expect(await server.filesHold("Paris")).toBe(true);
  });
});

it("the kinds of contexts that SDKs report become known to the project", async () => {
  await report(production, { kind: "device", key: "phone" });
  now += 10_000;

  await server.running.runDueWork();

  const { items } = (await server.ask("GET", "/api/v2/projects/default/context-kinds")).json();
  expect(items.map(({ key }: { key: string }) => key)).toEqual(
    expect.arrayContaining(["device", "org", "user"]),
  );
});

describe("an environment", () => {
  const settings = `${test}/context-settings`;

  it("may keep no contexts, and forgets those that it has", async () => {
    await report(test, { kind: "user", key: "known" });
    expect((await server.ask("GET", settings)).json()).toEqual({
      keepContexts: true,
      retentionDays: 30,
    });

    await server.ask("PATCH", settings, { keepContexts: false });
    await report(test, { kind: "user", key: "later", plan: "kept-by-nobody" });

    expect((await search(test, "contexts", {})).items).toEqual([]);
    expect(await server.filesHold("kept-by-nobody")).toBe(false);
    await server.ask("PATCH", settings, { keepContexts: true });
  });

  it("forgets contexts that were not seen for as long as it says", async () => {
    await server.ask("PATCH", settings, { retentionDays: 2 });
    await report(test, { kind: "user", key: "early" });
    now += dayMs;
    await report(test, { kind: "user", key: "late" });
    now += dayMs;

    await server.running.runDueWork();

    expect(keysOf(await search(test, "contexts", {}))).toEqual(["late"]);
    expect((await search(production, "contexts", {})).totalCount).toBeGreaterThan(3);
  });
});
