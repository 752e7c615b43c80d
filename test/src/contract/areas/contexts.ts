import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Bench } from "../suite/bench.ts";
import { Area } from "../suite/contract-case.ts";
import { emptyData } from "../suite/sdk-data.ts";
import type { TestedClient } from "../suite/tested-client.ts";

const area = new Area("contexts");
export const contextCases = area.cases;

type Members = Readonly<Record<string, unknown>>;
interface Built {
  readonly output?: string;
  readonly error?: string;
}

const client = (bench: Bench): Promise<TestedClient> =>
  bench.run.shared("contexts", async (shared) => shared.client(await shared.flags(emptyData)));

function gives(what: string, command: string, given: Members, expected: Members): void {
  area.it(
    `${what} ${JSON.stringify(given)}`,
    async (bench) => {
      const { output, error } = (await (await client(bench)).command(command, given)) as Built;
      assert.equal(error ?? "", "");
      assert.deepEqual(JSON.parse(output ?? ""), expected);
    },
    { needs: ["context-type"] },
  );
}
const builds = (given: Members, expected: Members) =>
  gives("builds", "contextBuild", given, expected);
const reads = (input: string, expected: Members) =>
  gives("reads", "contextConvert", { input }, expected);

const values = [true, false, 0, 3, 3.5, "", "text", [], [1, "a"], {}, { a: { b: null } }];

builds({ single: { key: "a" } }, { kind: "user", key: "a" });
builds({ single: { kind: "org", key: "a" } }, { kind: "org", key: "a" });
builds({ single: { key: "a", name: "b" } }, { kind: "user", key: "a", name: "b" });
builds({ single: { key: "a", anonymous: false } }, { kind: "user", key: "a" });
builds({ single: { key: "a", anonymous: true } }, { kind: "user", key: "a", anonymous: true });
builds({ single: { key: "a", custom: { b: null } } }, { kind: "user", key: "a" });
builds(
  { single: { key: "a", private: ["b"] } },
  { kind: "user", key: "a", _meta: { privateAttributes: ["b"] } },
);
for (const value of values) {
  builds({ single: { key: "a", custom: { b: value } } }, { kind: "user", key: "a", b: value });
}
builds({ multi: [{ kind: "org", key: "a" }] }, { kind: "org", key: "a" });
builds(
  { multi: [{ kind: "org", key: "a" }, { key: "b" }] },
  { kind: "multi", org: { key: "a" }, user: { key: "b" } },
);

/** Members that come out as they went in. */
for (const members of [
  {},
  { name: "b" },
  { anonymous: true },
  { a: "first", b: "second" },
  { _meta: { privateAttributes: ["x", "/y/z"] } },
  ...values.map((value) => ({ a: value })),
]) {
  const context = { kind: "org", key: "x", ...members };
  reads(JSON.stringify(context), context);
}
for (const members of [
  { name: null },
  { a: null },
  { _meta: {} },
  { _meta: null },
  { _meta: { privateAttributes: null } },
  { _meta: { privateAttributes: [] } },
  { anonymous: false },
]) {
  reads(JSON.stringify({ kind: "org", key: "x", ...members }), { kind: "org", key: "x" });
}
const anyKind = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
for (const context of [
  { kind: anyKind, key: "x" },
  { kind: "multi", [anyKind]: { key: "x" }, other: { key: "y" } },
  { kind: "multi", org: { key: "o", name: "O" }, user: { key: "u", name: "U" } },
]) {
  reads(JSON.stringify(context), context);
}
reads('{"kind":"multi","org":{"key":"a","name":"b"}}', { kind: "org", key: "a", name: "b" });

const user = (members: Members, expected: Members = members): void =>
  reads(JSON.stringify({ key: "a", ...members }), { kind: "user", key: "a", ...expected });
reads('{"key":""}', { kind: "user", key: "" });
user({});
user({ anonymous: true });
user({ anonymous: false }, {});
user({ custom: { b: true, c: [1] } }, { b: true, c: [1] });
user({ custom: null }, {});
user({ privateAttributeNames: ["b"] }, { _meta: { privateAttributes: ["b"] } });
user({ privateAttributeNames: [] }, {});
user({ privateAttributeNames: null }, {});
for (const name of ["name", "firstName", "lastName", "email", "country", "avatar", "ip"]) {
  user({ [name]: "b" });
  user({ [name]: null }, {});
}

function refuses(input: string): void {
  area.it(
    `refuses ${input}`,
    async (bench) => {
      const answer = await (await client(bench)).command("contextConvert", { input });
      assert.notEqual((answer as Built).error ?? "", "");
    },
    { needs: ["context-type"] },
  );
}
for (const input of [
  "",
  "{",
  "true",
  "[]",
  '{"kind":null,"key":"x"}',
  '{"kind":true,"key":"x"}',
  '{"kind":"","key":"x"}',
  '{"kind":"kind","key":"x"}',
  '{"kind":"org"}',
  '{"kind":"org","key":null}',
  '{"kind":"org","key":3}',
  '{"kind":"org","key":""}',
  '{"kind":"org","key":"x","name":3}',
  '{"kind":"org","key":"x","anonymous":"yes"}',
  '{"kind":"org","key":"x","_meta":3}',
  '{"kind":"org","key":"x","_meta":{"privateAttributes":3}}',
  '{"kind":"org","key":"x","_meta":{"privateAttributes":{}}}',
  '{"kind":"multi"}',
  '{"kind":"multi","org":{}}',
  '{"kind":"multi","org":{"key":""}}',
  '{"kind":"multi","kind ":{"key":"x"}}',
  "{}",
  '{"key":true}',
  '{"key":"a","anonymous":3}',
  '{"key":"a","custom":3}',
  '{"key":"a","privateAttributeNames":3}',
  '{"key":"a","privateAttributeNames":{}}',
  ...["name", "firstName", "lastName", "email", "country", "avatar", "ip"].map(
    (name) => `{"key":"a","${name}":3}`,
  ),
]) {
  refuses(input);
}

area.it(
  "refuses every other mark in a kind",
  async (bench) => {
    const sdk = await client(bench);
    for (let code = 1; code < 256; code += 1) {
      const mark = String.fromCodePoint(code);
      if (anyKind.includes(mark)) continue;
      for (const context of [
        { kind: `org${mark}`, key: "x" },
        { kind: "multi", [`org${mark}`]: { key: "x" }, user: { key: "y" } },
      ]) {
        const input = JSON.stringify(context);
        const { error } = (await sdk.command("contextConvert", { input })) as Built;
        assert.notEqual(error ?? "", "", input);
      }
    }
  },
  { needs: ["context-type"] },
);

// Comparing

const attributes = (...list: readonly [string, unknown][]) =>
  list.map(([name, value]) => ({ name, value }));
const hidden = (value: string, literal = false) => ({ value, literal });
const base = { kind: "org", key: "k" };

function compares(title: string, one: Members, other: Members, equals: boolean): void {
  area.it(
    `${title} ${equals ? "are the same" : "differ"}`,
    async (bench) => {
      const given = { context1: one, context2: other };
      const answer = await (await client(bench)).command("contextComparison", given);
      assert.deepEqual(answer, { equals });
    },
    { needs: ["context-comparison"] },
  );
}
const singles = (title: string, one: Members, other: Members, equals: boolean): void =>
  compares(title, { single: { ...base, ...one } }, { single: { ...base, ...other } }, equals);

singles("two with nothing more", {}, {}, true);
singles("two kinds", {}, { kind: "user" }, false);
singles("two keys", {}, { key: "other" }, false);
singles(
  "two orders of attributes",
  { attributes: attributes(["a", 1], ["b", 2]) },
  { attributes: attributes(["b", 2], ["a", 1]) },
  true,
);
singles(
  "two values",
  { attributes: attributes(["a", 1]) },
  { attributes: attributes(["a", 2]) },
  false,
);
singles(
  "a number and its text",
  { attributes: attributes(["a", 1]) },
  { attributes: attributes(["a", "1"]) },
  false,
);
singles(
  "one that has more",
  { attributes: attributes(["a", 1]) },
  { attributes: attributes(["a", 1], ["b", 2]) },
  false,
);
singles(
  "the last value of a name",
  { attributes: attributes(["a", 1], ["a", 2]) },
  { attributes: attributes(["a", 2]) },
  true,
);
singles(
  "two orders of members",
  { attributes: attributes(["a", { x: 1, y: 2 }]) },
  { attributes: attributes(["a", { y: 2, x: 1 }]) },
  true,
);
singles(
  "two orders of a list",
  { attributes: attributes(["a", [1, 2]]) },
  { attributes: attributes(["a", [2, 1]]) },
  false,
);
singles("an attribute and its null", {}, { attributes: attributes(["a", null]) }, true);
singles(
  "two orders of private ones",
  { privateAttributes: [hidden("a"), hidden("b")] },
  { privateAttributes: [hidden("b"), hidden("a")] },
  true,
);
singles("one private and one not", { privateAttributes: [hidden("a")] }, {}, false);
singles(
  "a name and a reference to it",
  { privateAttributes: [hidden("a", true)] },
  { privateAttributes: [hidden("/a")] },
  true,
);
singles(
  "a name with a slash and a path",
  { privateAttributes: [hidden("/a/b", true)] },
  { privateAttributes: [hidden("/a/b")] },
  false,
);
const user1 = { kind: "user", key: "u" };
compares("two orders of kinds", { multi: [base, user1] }, { multi: [user1, base] }, true);
compares("one of several and itself alone", { multi: [base] }, { single: base }, true);
compares("several and one of them", { multi: [base, user1] }, { single: base }, false);

// Secure mode

for (const [context, text] of [
  [{ kind: "user", key: "a" }, "a"],
  [{ kind: "org", key: "a:b%c" }, "org:a%3Ab%25c"],
  [{ kind: "user", key: "a:b%c" }, "a:b%c"],
  [{ kind: "multi", user: { key: "u:1" }, org: { key: "o" } }, "org:o:user:u%3A1"],
  [{ kind: "user", key: "ünï" }, "ünï"],
] as const) {
  area.it(
    `proves ${JSON.stringify(context)}`,
    async (bench) => {
      const result = createHmac("sha256", "sdk-contract").update(text).digest("hex");
      const answer = await (await client(bench)).command("secureModeHash", { context });
      assert.deepEqual(answer, { result });
    },
    { needs: ["secure-mode-hash"] },
  );
}
