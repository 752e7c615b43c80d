import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RestDescription } from "./rest-description.ts";

const Thing = { type: "object", required: ["key"], properties: { key: { type: "string" } } };
const answer = {
  content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
};
const document = {
  openapi: "3.1.0",
  components: { schemas: { Thing } },
  paths: {
    "/things/{key}": {
      get: { operationId: "getThing", tags: ["Things"], responses: { 200: answer, 404: {} } },
      delete: { operationId: "deleteThing", responses: { 204: {} } },
    },
    "/things/newest": { get: { operationId: "getNewest", responses: { 200: answer } } },
  },
};
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
  await writeFile(path.join(folder, "rest-api-v2.schema.json"), JSON.stringify(document));
});
afterAll(() => rm(folder, { recursive: true }));

function problemOf(answered: { url: string; status: number; method?: string; body?: unknown }) {
  const description = RestDescription.find(folder);
  if (description === undefined) throw new Error("the description is there, and is not found");
  return description.problemOf({ method: "GET", body: {}, ...answered });
}

it.each([
  ["an answer as described", { url: "/things/a?x=1", status: 200, body: { key: "a" } }],
  ["an error", { url: "/things/a", status: 404 }],
  ["an answer without a body", { method: "DELETE", url: "/things/a", status: 204 }],
  ["what it does not know", { url: "/others/a", status: 200 }],
])("finds no fault with %s", (_, answered) => {
  expect(problemOf(answered)).toBeUndefined();
});

it.each([
  ["a missing member", { url: "/things/a", status: 200 }, "must have required property 'key'"],
  ["a wrong type", { url: "/things/a", status: 200, body: { key: 1 } }, "answer/key must be str"],
  ["a status that is not described", { url: "/things/a", status: 201 }, "201 is not described"],
  ["the one of two paths that is meant", { url: "/things/newest", status: 200 }, "(getNewest)"],
])("names %s", (_, answered, words) => {
  expect(problemOf(answered)).toContain(words);
});

it("is not there where no folder is given, or has none", () => {
  expect([undefined, "", tmpdir()].map((one) => RestDescription.find(one))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
