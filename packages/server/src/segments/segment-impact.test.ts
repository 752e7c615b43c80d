import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const path = "/api/v2/projects/default/segments/staff/environments/test/impact";
const Variations = z.object({ variations: z.array(z.object({ _id: z.string() })) });
const clauses = [{ contextKind: "user", attribute: "plan", op: "in", values: ["pro"] }];

beforeAll(async () => {
  const segments = "/api/v2/segments/default/test";
  await server.ask("POST", segments, { key: "staff", name: "Staff" });
  await server.ask("POST", segments, { key: "around", name: "Around" });
  const included = [{ kind: "addIncludedUsers", values: ["ada"] }];
  await server.ask("PATCH", `${segments}/staff`, { instructions: included });
  await server.ask("PATCH", `${segments}/around`, {
    instructions: [{ kind: "addRule", clauses: [asking("staff")] }],
  });
  await newFlag("direct", "staff");
  await newFlag("indirect", "around");
  await newFlag("apart", "nobody");
  const environment = await server.ask("GET", "/api/v2/projects/default/environments/test");
  const { apiKey } = z.object({ apiKey: z.string() }).parse(environment.json());
  const headers = { authorization: apiKey, "content-type": "application/json" };
  const events = [seen("ada", "free"), seen("grace", "pro"), seen("linus", "pro")];
  await fetch(`${server.url}/bulk`, { method: "POST", headers, body: JSON.stringify(events) });
});

function asking(segment: string): object {
  return { attribute: "", op: "segmentMatch", values: [segment] };
}

function seen(key: string, plan: string): object {
  return { kind: "index", creationDate: 1, context: { kind: "user", key, plan } };
}

async function newFlag(key: string, segment: string): Promise<void> {
  const made = await server.ask("POST", "/api/v2/flags/default", { key, name: `Flag ${key}` });
  const [, forStaff] = Variations.parse(made.json()).variations;
  await server.ask("PATCH", `/api/v2/flags/default/${key}`, {
    environmentKey: "test",
    instructions: [
      { kind: "turnFlagOn" },
      { kind: "addRule", clauses: [asking(segment)], variationId: forStaff?._id },
    ],
  });
}

it("without instructions tells who is in the segment, and by what", async () => {
  const impact = (await server.ask("POST", path, { instructions: [] })).json();

  expect(impact).toMatchObject({
    seenCount: 3,
    memberCount: { before: 1, after: 1 },
    enteringCount: 0,
    leavingCount: 0,
    members: [{ context: { key: "ada" }, reason: { kind: "INCLUDED" } }],
  });
});

it("tells who would come and go, and what flags would give then, also by way of another segment", async () => {
  const instructions = [
    { kind: "removeIncludedUsers", values: ["ada"] },
    { kind: "addRule", clauses },
  ];

  const impact = (await server.ask("POST", path, { instructions })).json();

  expect(impact).toMatchObject({
    memberCount: { before: 1, after: 2 },
    enteringCount: 2,
    leavingCount: 1,
    leaving: [{ kind: "user", key: "ada" }],
  });
  const changes = [
    { from: 0, to: 1, count: 2 },
    { from: 1, to: 0, count: 1 },
  ];
  expect(impact.flags).toEqual([
    { key: "direct", name: "Flag direct", on: true, changedCount: 3, changes },
    { key: "indirect", name: "Flag indirect", on: true, changedCount: 3, changes },
  ]);
});

it("tells how one context would stand to it, and which condition keeps it out", async () => {
  const instructions = [{ kind: "addRule", ruleId: "pro", clauses }];
  const ask = async (context: object) =>
    (await server.ask("POST", path, { instructions, context })).json();

  const free = await ask({ kind: "user", key: "eve", plan: "free" });
  const pro = await ask({ kind: "user", key: "eve", plan: "pro" });
  const wrong = await ask({ kind: "user" });

  const failed = { index: 0, contextKind: "user", attribute: "plan", op: "in", actual: "free" };
  expect(free.asked).toEqual({
    isMember: false,
    wasMember: false,
    reason: { kind: "NO_MATCH" },
    rules: [{ ruleID: "pro", isMatch: false, failed }],
  });
  expect(pro.asked).toMatchObject({ isMember: true, wasMember: false, rules: [{ isMatch: true }] });
  expect(wrong.message).toContain("key");
});

it("writes nothing, and names an instruction that does not fit", async () => {
  const instructions = [{ kind: "updateRuleDescription", ruleId: "none", description: "x" }];

  const refused = await server.ask("POST", path, { instructions });

  expect(refused.statusCode).toBe(400);
  expect(refused.json().message).toContain("instruction 0 (updateRuleDescription)");
});
