import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

let now = 1_700_000_000_000;
const server = await TemporaryServer.start({ now: () => now });
afterAll(() => server[Symbol.asyncDispose]());

const log = "/api/v2/auditlog";
let ada: Awaited<ReturnType<typeof newMember>>;

beforeAll(async () => {
  ada = await newMember(server, { email: "ada@example.com", firstName: "Ada", role: "admin" });
  now += 1_000;
  await server.askAs(ada, "POST", "/api/v2/flags/default", { key: "checkout", name: "Checkout" });
  now += 1_000;
  const on = { environmentKey: "production", comment: "for the sale" };
  await server.askAs(ada, "PATCH", "/api/v2/flags/default/checkout", {
    ...on,
    instructions: [{ kind: "turnFlagOn" }],
  });
  now += 1_000;
  await server.ask("POST", "/api/v2/projects", { key: "secret", name: "Secret" });
});

async function titles(query: string, token?: string): Promise<string[]> {
  const answer = await server.ask("GET", `${log}?${query}`, undefined, token);
  expect(answer.statusCode).toBe(200);
  return answer.json().items.map(({ title }: { title: string }) => title);
}

describe("the audit log", () => {
  it("says in plain words who did what, how and from where", async () => {
    const [entry] = (await server.ask("GET", `${log}?q=sale`)).json().items;

    expect(entry).toMatchObject({
      title: "Ada turned Checkout on in Production",
      titleVerb: "turned Checkout on in Production",
      kind: "flag",
      name: "Checkout",
      date: 1_700_000_002_000,
      comment: "for the sale",
      member: { _id: ada.id, email: "ada@example.com" },
      accesses: [{ action: "updateOn", resource: "proj/default:env/production:flag/checkout" }],
      parent: { name: "Production", resource: "proj/default:env/production" },
      _method: "member",
      _origin: { ip: "127.0.0.1" },
    });
  });

  it("shows what was before and after a change, and the difference", async () => {
    const [{ _id }] = (await server.ask("GET", `${log}?q=sale`)).json().items;

    const entry = (await server.ask("GET", `${log}/${_id}`)).json();

    expect(entry.instructions).toEqual([{ kind: "turnFlagOn" }]);
    expect(entry.delta).toEqual([
      { op: "replace", path: "/environments/production/on", value: true },
    ]);
    expect(entry.previousVersion.environments.production.on).toBe(false);
    expect(entry.currentVersion.environments.production.on).toBe(true);
  });

  it.each<[string, number]>([
    ["spec=proj/default:env/production:flag/checkout", 2],
    ["spec=proj/default:env/*:flag/checkout", 2],
    ["spec=proj/*:env/test:flag/*", 1],
    ["spec=proj/default:env/test:flag/checkouts", 0],
    ["under=proj/default:env/production", 3],
    ["under=proj/default:env/production&action=updateOn", 1],
    ["under=proj/default:env/prod", 0],
    ["under=proj/default", 5],
    ["under=proj/default&action=updateOn", 1],
    ["spec=proj/default:env/*:flag/*&action=createFlag", 1],
    ["q=checkout", 2],
    ["q=check", 2],
    ["q=checkout%20sale", 1],
    ["before=1700000002000&after=1700000001000", 1],
    ["before=1700000002001&after=1700000001000&q=checkout", 2],
    ["method=schedule", 0],
    ["q=%25%25", 0],
    ["q=%22checkout%20OR", 0],
    ["q=checkout%00sale", 1],
    ["q=sale%22", 1],
  ])("finds by %s %i entries", async (query, count) => {
    expect(await titles(query)).toHaveLength(count);
  });

  it.each(["q=%20", "q=%00", "q="])(
    "finds everything where nothing is looked for: %s",
    async (query) => {
      expect(await titles(query)).toEqual(await titles(""));
    },
  );

  it("finds what a person did", async () => {
    expect(await titles(`member=${ada.id}`)).toEqual([
      "Ada turned Checkout on in Production",
      "Ada created Checkout",
      "Ada accepted the invitation of ada@example.com",
    ]);
  });

  it("names the member whose token it was, beside the token", async () => {
    const made = await server.askAs(ada, "POST", "/api/v2/tokens", {
      name: "laptop",
      role: "writer",
    });
    const { _id, token } = made.json();
    await server.ask("POST", "/api/v2/flags/default", { key: "own", name: "Own" }, token);

    const [entry] = (await server.ask("GET", `${log}?q=own&limit=1`)).json().items;

    expect(entry).toMatchObject({
      title: "laptop created Own",
      member: { _id: ada.id, firstName: "Ada" },
      token: { _id, name: "laptop", ending: token.slice(-4), serviceToken: false },
    });
  });

  it("is searched by a policy", async () => {
    const body = [{ effect: "allow", actions: ["updateOn"], resources: ["proj/*:env/*:flag/*"] }];

    const { items } = (await server.ask("POST", log, body)).json();

    expect(items).toMatchObject([{ title: "Ada turned Checkout on in Production" }]);
  });

  it("counts entries by time", async () => {
    const query = "after=1700000001000&before=1700000003000&buckets=2";

    const counts = (await server.ask("POST", `${log}/counts?${query}`, [])).json();

    expect(counts).toEqual({
      buckets: [
        { timestamp: 1_700_000_001_000, count: 1 },
        { timestamp: 1_700_000_002_000, count: 1 },
      ],
      totalCount: 2,
      bucketIntervalMs: 1_000,
    });
  });

  it.each(["", "&q=default", "&spec=proj/*"])("is read page by page (%s)", async (query) => {
    const all = await titles(`limit=1000${query}`);
    const read: string[] = [];
    let next: string | undefined = `${log}?limit=2${query}`;
    while (next !== undefined) {
      const page: { items: { title: string }[]; _links: { next?: { href: string } } } = (
        await server.ask("GET", next)
      ).json();
      read.push(...page.items.map(({ title }) => title));
      next = page._links.next?.href;
    }

    expect(read).toEqual(all);
  });

  it("leaves out what belongs to projects that the caller may not see", async () => {
    const inlineRole = [
      { effect: "allow", actions: ["*"], resources: ["proj/default"] },
      { effect: "deny", actions: ["view*"], resources: ["proj/secret", "acct"] },
    ];
    const { token } = await newToken(server, { inlineRole });
    const [{ _id }] = (await server.ask("GET", `${log}?spec=proj/secret`)).json().items;

    expect((await titles("limit=1000", token)).join("\n")).not.toMatch(/Secret|token/iu);
    expect(await titles("spec=proj/secret", token)).toEqual([]);
    expect((await titles("q=checkout", token)).length).toBe(2);
    expect((await server.ask("GET", `${log}/${_id}`, undefined, token)).statusCode).toBe(404);
  });

  it("says what is wrong with a specifier", async () => {
    const tagged = await server.ask("GET", `${log}?spec=proj/default;beta`);

    expect(tagged.statusCode).toBe(400);
    expect(tagged.json().message).toContain("leave what is after ; out");
    expect((await server.ask("GET", `${log}?spec=%25%25`)).statusCode).toBe(400);
  });
});
