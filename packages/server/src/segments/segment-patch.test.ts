import { afterAll, beforeAll, expect, it } from "vitest";
import { TemporaryServer } from "../testing/temporary-server.ts";

const segments = "/api/v2/segments/default/production";
const clause = { attribute: "plan", op: "in", values: ["pro"] };
let server: TemporaryServer;
let count = 0;

beforeAll(async () => {
  server = await TemporaryServer.start();
});
afterAll(() => server[Symbol.asyncDispose]());

async function newSegment(): Promise<string> {
  count += 1;
  const key = `segment-${count}`;
  const made = await server.ask("POST", segments, { key, name: "Segment", tags: ["a"] });
  expect(made.statusCode).toBe(201);
  return `${segments}/${key}`;
}

it.each([
  [[{ op: "replace", path: "/name", value: "New" }], { name: "New" }],
  [[{ op: "add", path: "/tags/-", value: "b" }], { tags: ["a", "b"] }],
  [[{ op: "add", path: "/included/-", value: "ada" }], { included: ["ada"] }],
  [
    [{ op: "add", path: "/includedContexts/-", value: { contextKind: "org", values: ["x"] } }],
    { includedContexts: [{ contextKind: "org", values: ["x"] }] },
  ],
  [
    [{ op: "add", path: "/rules/-", value: { clauses: [clause], weight: 5000 } }],
    { rules: [{ clauses: [{ ...clause, negate: false }], weight: 5000 }] },
  ],
  [
    { name: "Merged", description: "Why" },
    { name: "Merged", description: "Why", tags: ["a"] },
  ],
  [{ comment: "why", merge: { tags: [] } }, { tags: [] }],
  [{ instructions: [{ kind: "updateName", value: "New" }] }, { name: "New" }],
  [
    [
      { op: "replace", path: "/temporary", value: false },
      { op: "replace", path: "/name", value: "As Terraform sends it" },
    ],
    { name: "As Terraform sends it" },
  ],
])("a segment takes %j", async (patch, expected) => {
  const url = await newSegment();

  const answer = await server.ask("PATCH", url, patch);

  expect(answer.statusCode, answer.body).toBe(200);
  expect((await server.ask("GET", url)).json()).toMatchObject(expected);
});

it("keeps the ids of the rules and clauses that a patch reaches into", async () => {
  const url = await newSegment();
  const add = { op: "add", path: "/rules/-", value: { clauses: [clause] } };
  const before = (await server.ask("PATCH", url, [add])).json().rules[0];
  const value = { op: "add", path: "/rules/0/clauses/0/values/-", value: "team" };

  const after = (await server.ask("PATCH", url, [value])).json().rules[0];

  expect(after.clauses[0].values).toEqual(["pro", "team"]);
  expect([after._id, after.clauses[0]._id]).toEqual([before._id, before.clauses[0]._id]);
});

it.each([
  [[{ op: "replace", path: "/key", value: "x" }], 400, "/key, which is not for clients to set"],
  [[{ op: "replace", path: "/name", value: "" }], 400, "the patch makes /name wrong"],
  [[{ op: "test", path: "/name", value: "x" }], 409, "read it again"],
  [{ instructions: [{ kind: "turnFlagOn" }] }, 400, "instruction 0 (turnFlagOn)"],
])("%j is refused with the reason", async (patch, status, words) => {
  const answer = await server.ask("PATCH", await newSegment(), patch);

  expect(answer.statusCode).toBe(status);
  expect(answer.json().message).toContain(words);
});
