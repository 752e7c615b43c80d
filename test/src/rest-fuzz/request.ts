import { FlagInstruction, SegmentInstruction } from "@halyard/instructions";
import fc from "fast-check";
import { z } from "zod";
import { arbitraryOf, JsonSchema } from "./arbitrary-of-schema.ts";
import type { Description, FuzzedOperation } from "./described-operations.ts";
import { anyJson, broken, nested, oddText } from "./odd-values.ts";

/** What stands for a parameter of the path: something that is there, or a text as it is sent. */
type Part = { readonly isThere: true } | { readonly isThere: false; readonly text: string };

type Body =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "text"; readonly text: string }
  /** A patch whose ids become some that the thing has. */
  | { readonly kind: "instructions"; readonly value: object }
  /** Operations of a JSON Patch on places that the thing has; `at` picks one of them. */
  | {
      readonly kind: "pointers";
      readonly operations: readonly { at: number; op: string; value: unknown }[];
    };

/** Stands for a value like the one that is there. */
export const sameKind = Symbol("a value of the same kind");

/** A request before it is known what there is on the server. */
export interface FuzzedRequest {
  /** Picks one of the things that are there. */
  readonly pick: number;
  readonly parts: readonly Part[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

const hugeText = "x".repeat(1_200_000);
const contentTypes = [
  "application/json",
  "application/json; charset=utf-8",
  "application/json; domain-model=launchdarkly.semanticpatch",
  "application/json-patch+json",
  "application/merge-patch+json",
  "text/plain",
  "application/xml",
  "multipart/form-data",
];
const filterText = fc
  .array(
    fc.oneof(
      fc.constantFrom("query", "tags", "state", "key", "name", "keys", "role", ":", ",", "+", "{"),
      fc.constantFrom('"', "}", "[", "]", " equals ", " in ", "after", "-", "1700000000000"),
      oddText,
    ),
    { maxLength: 6 },
  )
  .map((words) => words.join(""));

/** Requests of an operation, some as described and some with something wrong. */
export function requestsOf(
  operation: FuzzedOperation,
  description: Description,
  names: readonly string[],
): fc.Arbitrary<FuzzedRequest> {
  const parameters = operation.template.match(/\{[^}]+\}/gu) ?? [];
  const there = fc.constant<Part>({ isThere: true });
  const odd = oddPart.map((text): Part => ({ isThere: false, text }));
  const partly = fc.oneof({ weight: 2, arbitrary: there }, { weight: 1, arbitrary: odd });
  const within = { resolve: description.resolve, names };
  const body = validBody(operation, within);
  const valid = fc.record<FuzzedRequest>({
    pick: fc.nat(),
    parts: fc.tuple(...parameters.map(() => there)),
    query: queryOf(operation, within),
    headers: fc.constant({}),
    body,
  });
  const flaw = fc.oneof(
    fc.record({ parts: fc.tuple(...parameters.map(() => partly)) }),
    fc.record({ query: oddQuery(operation) }),
    fc.record({ headers: oddHeaders }),
    { weight: 2, arbitrary: fc.record({ body: brokenBody(body) }) },
    fc.record({ body: oddBody }),
  );
  // Wrong everywhere at once it would be refused at the first.
  const flawed = fc
    .tuple(valid, flaw, fc.option(flaw))
    .map(([request, one, other]): FuzzedRequest => ({ ...request, ...one, ...other }));
  return fc.oneof({ weight: 2, arbitrary: valid }, { weight: 3, arbitrary: flawed });
}

type Within = Pick<Parameters<typeof arbitraryOf>[1], "resolve" | "names">;

function validBody(
  { method, body, examples }: FuzzedOperation,
  within: Within,
): fc.Arbitrary<Body> {
  if (body === undefined && method !== "patch") return fc.constant({ kind: "none" });
  const bodies = [arbitraryOf(body ?? {}, within).map(asJson)];
  if (examples.length > 0) bodies.push(fc.constantFrom(...examples).map(asJson));
  if (method === "patch") bodies.push(patches(within));
  return fc.oneof(...bodies);
}

/** Patches say little of what they take, for it is told apart in many ways; here is what they know. */
function patches(within: Within): fc.Arbitrary<Body> {
  const instruction = fc.oneof(
    ...[FlagInstruction, SegmentInstruction].map((schema) => {
      const described = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
      // The one thing in them that names itself is JSON.
      return arbitraryOf(JsonSchema.parse(described), { ...within, resolve: () => ({}) });
    }),
  );
  const semantic = fc
    .record(
      {
        comment: fc.string(),
        environmentKey: fc.constantFrom("test", "production", ...within.names),
        instructions: fc.array(instruction, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ["environmentKey", "instructions"] },
    )
    .map((value): Body => ({ kind: "instructions", value }));
  const newValue = fc.oneof(anyJson, { weight: 3, arbitrary: fc.constant<unknown>(sameKind) });
  const op = fc.constantFrom(
    "replace",
    "replace",
    "add",
    "replace",
    "remove",
    "test",
    "move",
    "copy",
  );
  const operations = fc.array(fc.record({ at: fc.nat(), op, value: newValue }), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    { weight: 2, arbitrary: semantic },
    {
      weight: 2,
      arbitrary: operations.map((all): Body => ({ kind: "pointers", operations: all })),
    },
    { weight: 1, arbitrary: fc.dictionary(fc.string(), anyJson).map(asJson) },
  );
}

function brokenBody(valid: fc.Arbitrary<Body>): fc.Arbitrary<Body> {
  const values = valid.map((body) => ("value" in body ? body.value : {}));
  return broken(values).map(asJson);
}

const oddBody: fc.Arbitrary<Body> = fc.oneof(
  anyJson.map(asJson),
  fc.constantFrom(31, 33, 2000, 100_000).map((levels) => asText(nestedText(levels))),
  fc.constantFrom(20, 31).map((levels) => asJson(nested(levels))),
  fc
    .constantFrom(
      "",
      "{",
      "nonsense",
      "\ufeff{}",
      '{"a":1,}',
      '{"a":1}{"b":2}',
      '{"__proto__":{"isAdmin":true}}',
      '{"constructor":{"prototype":{"isAdmin":true}}}',
      '"\\ud800"',
      "1e999",
      hugeText,
      JSON.stringify({ key: "huge", name: hugeText }),
      JSON.stringify(Array.from({ length: 50_000 }, () => ({}))),
    )
    .map(asText),
);

function nestedText(levels: number): string {
  return `${"[".repeat(levels)}${"]".repeat(levels)}`;
}

function asJson(value: unknown): Body {
  return { kind: "json", value };
}

function asText(text: string): Body {
  return { kind: "text", text };
}

/** As it stands in the path: encoded, or as nobody should send it. */
const oddPart = fc.oneof(
  oddText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom("%00", "%", "%zz", "%ff", "%2e%2e", "%2F", "..;", "a%2Fb", "me", "*", "a:b"),
  fc.constant("k".repeat(17_000)),
);

function queryOf({ query }: FuzzedOperation, within: Within): fc.Arbitrary<[string, string][]> {
  const parameters = query.map(({ name, schema, description = "" }) => {
    const described = description.split(/[\s;]+/u).map((word) => word.replace(/[.,:]+$/u, ""));
    const value = fc.oneof(arbitraryOf(schema, within).map(asQueryValue), {
      weight: 4,
      arbitrary: fc.constantFrom(...described),
    });
    return fc.tuple(
      fc.boolean(),
      value.map((one): [string, string] => [name, one]),
    );
  });
  return fc
    .tuple(...parameters)
    .map((all) => all.flatMap(([isGiven, parameter]) => (isGiven ? [parameter] : [])));
}

function asQueryValue(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function oddQuery({ query }: FuzzedOperation): fc.Arbitrary<[string, string][]> {
  const known = query.map(({ name }) => name);
  const name = fc.oneof(
    ...(known.length === 0 ? [] : [{ weight: 5, arbitrary: fc.constantFrom(...known) }]),
    { weight: 1, arbitrary: oddText },
  );
  return fc.array(fc.tuple(name, fc.oneof(filterText, oddText)), { maxLength: 4 });
}

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    "content-type": fc.constantFrom(...contentTypes),
    "if-match": fc.constantFrom("*", '"x"', "nonsense", 'W/"1", "2"'),
    "if-none-match": fc.constantFrom("*", '"x"'),
    "idempotency-key": fc.oneof(fc.uuid(), fc.constantFrom("", "a", "k".repeat(300), "b c")),
    "ld-api-version": fc.constantFrom("20240415", "beta", "-1", "nonsense"),
    accept: fc.constantFrom("*/*", "application/problem+json", "text/html", "nonsense"),
  },
  { requiredKeys: [] },
);
