import { afterAll, beforeAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const server = await TemporaryServer.start();
afterAll(() => server[Symbol.asyncDispose]());

const segments = "/api/v2/segments/default/test";
let ruleId: string;

beforeAll(async () => {
  await server.ask("POST", segments, { key: "beta", name: "Beta", description: "First to try" });
  const instructions = [
    { kind: "addIncludedUsers", values: ["ada"] },
    { kind: "addExcludedUsers", values: ["eve"] },
    { kind: "addRule", clauses: [{ attribute: "plan", op: "in", values: ["none"] }] },
    { kind: "addRule", clauses: [{ attribute: "plan", op: "in", values: ["pro"] }] },
  ];
  const made = (await server.ask("PATCH", `${segments}/beta`, { instructions })).json();
  ruleId = made.rules[1]._id;
  await server.ask("POST", segments, { key: "big", name: "Big", unbounded: true });
  const body = { included: { add: ["ada"] }, excluded: { add: ["eve"] } };
  await server.ask("POST", `${segments}/big/contexts`, body);
});

async function membershipsOf(context: object) {
  const url = "/api/v2/projects/default/environments/test/segments/evaluate";
  const answer = await server.ask("POST", url, context);
  expect(answer.statusCode).toBe(200);
  const { items } = answer.json();
  return Object.fromEntries(items.map((one: { key: string }) => [one.key, one]));
}

const named = { isIndividuallyTargeted: true, isRuleTargeted: false };
const unnamed = { isIndividuallyTargeted: false, isRuleTargeted: false };

it.each([
  ["ada", {}, { isMember: true, ...named, reason: { kind: "INCLUDED" } }],
  ["eve", { plan: "pro" }, { isMember: false, ...named, reason: { kind: "EXCLUDED" } }],
  ["grace", {}, { isMember: false, ...unnamed, reason: { kind: "NO_MATCH" } }],
])("says of %s with %j how it stands to a segment", async (key, attributes, expected) => {
  const { beta } = await membershipsOf({ kind: "user", key, ...attributes });

  expect(beta).toMatchObject({ name: "Beta", description: "First to try", ...expected });
});

it("names the rule that puts a context in", async () => {
  const { beta } = await membershipsOf({ kind: "user", key: "grace", plan: "pro" });

  const reason = { kind: "RULE_MATCH", ruleIndex: 1, ruleID: ruleId };
  expect(beta).toMatchObject({ isMember: true, isRuleTargeted: true, reason });
});

it.each([
  ["ada", "INCLUDED"],
  ["eve", "EXCLUDED"],
  ["grace", "NO_MATCH"],
])("says of %s that a big segment has it %s", async (key, kind) => {
  const { big } = await membershipsOf({ kind: "user", key });

  expect(big.reason).toEqual({ kind });
});

it("refuses what is no context", async () => {
  const url = "/api/v2/projects/default/environments/test/segments/evaluate";

  expect((await server.ask("POST", url, { kind: "user" })).statusCode).toBe(400);
});
