import { FlagInstruction } from "@halyard/instructions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newMember, newToken } from "../testing/accounts.ts";
import { TemporaryServer } from "../testing/temporary-server.ts";

const flags = "/api/v2/flags/default";
const clause = { contextKind: "user", attribute: "plan", op: "in", values: ["pro"] };
const [one, two, three] = ["one", "two", "three"];
let server: TemporaryServer;
let maintainerId = "";
let count = 0;

beforeAll(async () => {
  server = await TemporaryServer.start();
  maintainerId = (await newMember(server, { email: "ada@example.com", role: "writer" })).id;
  await server.ask("POST", "/api/v2/teams", { key: "web", name: "Web" });
  const variations = [
    { _id: "yes", value: 1 },
    { _id: "no", value: 2 },
  ];
  await server.ask("POST", flags, { key: "other", name: "Other", variations });
});
afterAll(() => server[Symbol.asyncDispose]());

interface Row {
  readonly kind: string;
  /** Instructions that come before. */
  readonly given?: readonly object[];
  readonly with?: object;
  /** What the flag has afterwards, or its configuration in production. */
  readonly flag?: object;
  readonly production?: object;
  readonly words: string;
}

const rule = (ruleId: string) => ({
  kind: "addRule",
  ruleId,
  clauses: [{ ...clause, _id: `${ruleId}-clause` }],
  variationId: two,
});
const target = { kind: "addTargets", variationId: two, values: ["ada", "bert"] };
const organisations = { ...target, contextKind: "org" };
const property = { key: "area", name: "Area", values: ["a", "b"] };
const required = { kind: "addPrerequisite", key: "other", variationId: "yes" };
const rollout = { rolloutWeights: { one: 60_000, two: 40_000 }, rolloutContextKind: "org" };
const place = { ruleId: "r", clauseId: "r-clause" };
const named = { contextKey: "ada", contextKind: "user", variationId: two };
const expiring = { kind: "addExpiringTarget", ...named, value: 2_000_000_000_000 };

const rows: readonly Row[] = [
  { kind: "turnFlagOn", production: { on: true }, words: "Turn the flag on" },
  {
    kind: "turnFlagOff",
    given: [{ kind: "turnFlagOn" }],
    production: { on: false },
    words: "Turn the flag off",
  },
  {
    kind: "addRule",
    given: [rule("r")],
    with: { ...rule("first"), beforeRuleId: "r", description: "why", ...{ trackEvents: true } },
    production: { rules: [{ _id: "first", variation: 1, description: "why" }, { _id: "r" }] },
    words: "Add a rule: if plan is pro, the context gets two",
  },
  {
    kind: "removeRule",
    given: [rule("r")],
    with: { ruleId: "r" },
    production: { rules: [] },
    words: "Remove a rule",
  },
  {
    kind: "replaceRules",
    given: [rule("r")],
    with: { rules: [{ clauses: [], ...rollout, trackEvents: true }] },
    production: { rules: [{ clauses: [], rollout: { contextKind: "org" }, trackEvents: true }] },
    words: "Replace all rules by 1 rule",
  },
  {
    kind: "reorderRules",
    given: [rule("r"), rule("s")],
    with: { ruleIds: ["s", "r"] },
    production: { rules: [{ _id: "s" }, { _id: "r" }] },
    words: "Change the order of the rules",
  },
  {
    kind: "updateRuleVariationOrRollout",
    given: [rule("r")],
    with: { ruleId: "r", variationId: three },
    production: { rules: [{ variation: 2 }] },
    words: "Change a rule: who matches gets three",
  },
  {
    kind: "updateRuleDescription",
    given: [rule("r")],
    with: { ruleId: "r", description: "why" },
    production: { rules: [{ description: "why" }] },
    words: 'Call a rule "why"',
  },
  {
    kind: "updateRuleTrackEvents",
    given: [rule("r")],
    with: { ruleId: "r", trackEvents: true },
    production: { rules: [{ trackEvents: true }] },
    words: "Track who matches a rule",
  },
  {
    kind: "addClauses",
    given: [rule("r")],
    with: { ruleId: "r", clauses: [{ ...clause, attribute: "country" }] },
    production: { rules: [{ clauses: [{ attribute: "plan" }, { attribute: "country" }] }] },
    words: "Add 1 condition to a rule",
  },
  {
    kind: "removeClauses",
    given: [rule("r")],
    with: { ruleId: "r", clauseIds: ["r-clause"] },
    production: { rules: [{ clauses: [] }] },
    words: "Remove 1 condition from a rule",
  },
  {
    kind: "updateClause",
    given: [rule("r")],
    with: { ...place, clause: { ...clause, negate: true } },
    production: { rules: [{ clauses: [{ _id: "r-clause", negate: true }] }] },
    words: "Change a condition to plan is not pro",
  },
  {
    kind: "addValuesToClause",
    given: [rule("r")],
    with: { ...place, values: ["team"] },
    production: { rules: [{ clauses: [{ values: ["pro", "team"] }] }] },
    words: "Add 1 value to a condition",
  },
  {
    kind: "removeValuesFromClause",
    given: [rule("r")],
    with: { ...place, values: ["pro"] },
    production: { rules: [{ clauses: [{ values: [] }] }] },
    words: "Remove 1 value from a condition",
  },
  {
    kind: "addTargets",
    with: organisations,
    production: { contextTargets: [{ contextKind: "org", variation: 1 }], targets: [] },
    words: "Give org ada, bert two",
  },
  {
    kind: "removeTargets",
    given: [organisations],
    with: { ...organisations, values: ["ada"] },
    production: { contextTargets: [{ values: ["bert"] }] },
    words: "Take org ada off the targets of two",
  },
  {
    kind: "addUserTargets",
    with: { variationId: two, values: ["ada"] },
    production: { targets: [{ contextKind: "user", variation: 1, values: ["ada"] }] },
    words: "Give user ada two",
  },
  {
    kind: "removeUserTargets",
    given: [target],
    with: { variationId: two, values: ["ada", "bert"] },
    production: { targets: [] },
    words: "Take user ada, bert off the targets of two",
  },
  {
    kind: "replaceTargets",
    given: [target],
    with: { targets: [{ variationId: three, values: ["cleo"] }] },
    production: { targets: [{ variation: 2, values: ["cleo"] }] },
    words: "Replace all targets by 1 context",
  },
  {
    kind: "replaceUserTargets",
    given: [target, organisations],
    with: { targets: [{ variationId: three, values: ["cleo"] }] },
    production: {
      targets: [{ variation: 2, values: ["cleo"] }],
      contextTargets: [{ contextKind: "user", values: [] }, { contextKind: "org" }],
    },
    words: "Replace all targets that are users by 1 user",
  },
  {
    kind: "clearTargets",
    given: [target, organisations],
    with: { variationId: two },
    production: { targets: [], contextTargets: [] },
    words: "Take everyone off the targets of two",
  },
  {
    kind: "clearUserTargets",
    given: [target, organisations],
    with: { variationId: two },
    production: { targets: [], contextTargets: [{ contextKind: "org" }] },
    words: "Take every user off the targets of two",
  },
  {
    kind: "addExpiringTarget",
    given: [target],
    with: { ...named, value: 2_000_000_000_000 },
    production: { targets: [{ values: ["ada", "bert"] }] },
    words: "Take user ada off the targets on 2033-05-18 03:33 UTC",
  },
  {
    kind: "updateExpiringTarget",
    given: [target, expiring],
    with: { ...named, value: 2_100_000_000_000 },
    production: { targets: [{ values: ["ada", "bert"] }] },
    words: "Take user ada off the targets on 2036-07-18 13:20 UTC instead",
  },
  {
    kind: "removeExpiringTarget",
    given: [target, expiring],
    with: named,
    production: { targets: [{ values: ["ada", "bert"] }] },
    words: "Keep user ada as a target without an end",
  },
  {
    kind: "addPrerequisite",
    with: { key: "other", variationId: "no" },
    production: { prerequisites: [{ key: "other", variation: 1 }] },
    words: "Require the flag other",
  },
  {
    kind: "updatePrerequisite",
    given: [required],
    with: { key: "other", variationId: "no" },
    production: { prerequisites: [{ key: "other", variation: 1 }] },
    words: "Require another variation of the flag other",
  },
  {
    kind: "removePrerequisite",
    given: [required],
    with: { key: "other" },
    production: { prerequisites: [] },
    words: "Require the flag other no longer",
  },
  {
    kind: "replacePrerequisites",
    with: { prerequisites: [{ key: "other", variationId: "yes" }] },
    production: { prerequisites: [{ key: "other", variation: 0 }] },
    words: "Require 1 flag",
  },
  {
    kind: "updateFallthroughVariationOrRollout",
    with: { ...rollout, rolloutBucketBy: "team" },
    production: { fallthrough: { rollout: { bucketBy: "team", contextKind: "org" } } },
    words: "Change the default: everyone else is split by org team: 60% one, 40% two",
  },
  {
    kind: "updateOffVariation",
    with: { variationId: two },
    production: { offVariation: 1 },
    words: "Serve two when off",
  },
  {
    kind: "updateTrackEvents",
    with: { trackEvents: true },
    production: { trackEvents: true },
    words: "Track every evaluation",
  },
  {
    kind: "updateTrackEventsFallthrough",
    with: { trackEvents: true },
    production: { trackEventsFallthrough: true },
    words: "Track who gets the default",
  },
  {
    kind: "updateSalt",
    with: { value: "pepper" },
    production: { salt: "pepper" },
    words: "Deal everyone anew into the splits, by another salt",
  },
  {
    kind: "addVariation",
    with: { value: "four", name: "Four" },
    flag: { variations: [{}, {}, {}, { value: "four", name: "Four" }] },
    words: 'Add the variation "four"',
  },
  {
    kind: "removeVariation",
    with: { variationId: two },
    flag: { variations: [{ value: one }, { value: three }] },
    words: "Remove the variation two",
  },
  {
    kind: "updateVariation",
    with: { variationId: two, value: "deux", name: "Two", description: "The second" },
    flag: { variations: [{}, { value: "deux", name: "Two", description: "The second" }, {}] },
    words: "Change the variation two",
  },
  {
    kind: "updateDefaultVariation",
    with: { onVariationValue: two, offVariationValue: one },
    flag: { defaults: { onVariation: 1, offVariation: 0 } },
    words: 'Let new environments begin on with "two" and off with "one"',
  },
  {
    kind: "updateName",
    with: { value: "New" },
    flag: { name: "New" },
    words: 'Call the flag "New"',
  },
  {
    kind: "updateDescription",
    with: { value: "Why" },
    flag: { description: "Why" },
    words: "Change the description",
  },
  {
    kind: "addTags",
    given: [{ kind: "addTags", values: ["a"] }],
    with: { values: ["b", "a"] },
    flag: { tags: ["a", "b"] },
    words: "Add 2 tags: b, a",
  },
  {
    kind: "removeTags",
    given: [{ kind: "addTags", values: ["a", "b"] }],
    with: { values: ["a"] },
    flag: { tags: ["b"] },
    words: "Remove 1 tag: a",
  },
  {
    kind: "makeFlagTemporary",
    given: [{ kind: "makeFlagPermanent" }],
    flag: { temporary: true },
    words: "Call the flag temporary",
  },
  { kind: "makeFlagPermanent", flag: { temporary: false }, words: "Call the flag permanent" },
  {
    kind: "turnOnClientSideAvailability",
    with: { value: "usingMobileKey" },
    flag: { clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false } },
    words: "Serve the flag to mobile apps",
  },
  {
    kind: "turnOffClientSideAvailability",
    given: [{ kind: "turnOnClientSideAvailability", value: "usingEnvironmentId" }],
    with: { value: "usingEnvironmentId" },
    flag: { clientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false } },
    words: "Serve the flag to browsers no longer",
  },
  {
    kind: "updateMaintainerMember",
    given: [{ kind: "updateMaintainerTeam", value: "web" }],
    // The member's id is not known before the server runs.
    with: { value: "ADA" },
    flag: { _maintainer: { email: "ada@example.com" } },
    words: "Make the member ADA the maintainer",
  },
  {
    kind: "updateMaintainerTeam",
    with: { value: "web" },
    flag: { maintainerTeamKey: "web", _maintainerTeam: { name: "Web" } },
    words: "Make the team web the maintainer",
  },
  {
    kind: "removeMaintainer",
    given: [{ kind: "updateMaintainerTeam", value: "web" }],
    flag: { name: "Flag" },
    words: "Leave the flag without a maintainer",
  },
  {
    kind: "addCustomProperties",
    with: property,
    flag: { customProperties: { area: { name: "Area", value: ["a", "b"] } } },
    words: "Add to the property Area: a, b",
  },
  {
    kind: "removeCustomProperties",
    given: [{ kind: "addCustomProperties", ...property }],
    with: { key: "area", values: ["a"] },
    flag: { customProperties: { area: { name: "Area", value: ["b"] } } },
    words: "Take off the property area: a",
  },
  {
    kind: "replaceCustomProperties",
    given: [{ kind: "addCustomProperties", ...property }],
    with: { ...property, values: ["c"] },
    flag: { customProperties: { area: { name: "Area", value: ["c"] } } },
    words: "Set the property Area: c",
  },
  { kind: "archiveFlag", flag: { archived: true }, words: "Archive the flag" },
  {
    kind: "restoreFlag",
    given: [{ kind: "archiveFlag" }],
    flag: { archived: false },
    words: "Restore the flag from the archive",
  },
  { kind: "deprecateFlag", flag: { deprecated: true }, words: "Call the flag deprecated" },
  {
    kind: "restoreDeprecatedFlag",
    given: [{ kind: "deprecateFlag" }],
    flag: { deprecated: false },
    words: "Call the flag deprecated no longer",
  },
  {
    kind: "deleteFlag",
    words: "Delete the flag",
  },
];

describe("an instruction for a flag", () => {
  it.each(rows)("$kind does what it says, and is told in words", async (row) => {
    const url = await newFlag();
    if (row.given !== undefined) await instruct(url, row.given);

    const answer = await instruct(url, [{ ...row.with, kind: row.kind }]);
    const again = await server.ask("GET", url);

    const expected = { ...row.flag, ...(row.production && inProduction(row.production)) };
    if (row.kind === "deleteFlag") expect(again.statusCode).toBe(404);
    else expect(again.json()).toMatchObject(expected);
    expect(answer.statusCode).toBeLessThan(300);
    expect(await lastWords(url)).toContain(row.words.replace("ADA", maintainerId));
  });

  it("is there for each kind, and none is left out of this table", () => {
    const kinds = FlagInstruction.options.map(({ shape }) => shape.kind.value);
    // This one needs a flag of a migration, and has a test with the making of one.
    const others = ["updateFlagConfigMigrationSettings"];

    expect(rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(kinds.filter((kind) => !others.includes(kind))),
    );
  });

  it("changes nothing, and leaves no entry, where its effect holds already", async () => {
    const url = await newFlag();
    await instruct(url, [{ kind: "addTags", values: ["a"] }]);
    const before = (await server.ask("GET", url)).json();

    await instruct(url, [{ kind: "addTags", values: ["a"] }, { kind: "turnFlagOff" }]);

    expect((await server.ask("GET", url)).json()).toEqual(before);
    expect(await lastWords(url)).toBe("Add 1 tag: a");
  });
});

it("deletes a flag alone, and for those who may", async () => {
  const url = await newFlag();
  const deletion = { kind: "deleteFlag" };
  const policy = [
    { effect: "allow", actions: ["viewProject"], resources: ["proj/*"] },
    { effect: "allow", actions: ["update*"], resources: ["proj/*:env/*:flag/*"] },
  ];
  const { token } = await newToken(server, { inlineRole: policy });

  const many = { instructions: [deletion, { kind: "archiveFlag" }] };
  const together = await server.ask("PATCH", url, many);
  const refused = await server.ask("PATCH", url, { instructions: [deletion] }, token);
  const dry = await server.ask("PATCH", `${url}?dryRun=true`, { instructions: [deletion] });

  expect([together, refused, dry].map(({ statusCode }) => statusCode)).toEqual([400, 403, 200]);
  expect((await server.ask("GET", url)).statusCode).toBe(200);
});

async function newFlag(): Promise<string> {
  count += 1;
  const variations = [one, two, three].map((value) => ({ _id: value, value }));
  const body = { key: `flag-${count}`, name: "Flag", variations };
  const { statusCode } = await server.ask("POST", flags, body);
  expect(statusCode).toBe(201);
  return `${flags}/${body.key}`;
}

async function instruct(url: string, instructions: readonly object[]) {
  const known = JSON.parse(JSON.stringify(instructions).replace("ADA", maintainerId));
  const body = { environmentKey: "production", instructions: known };
  const answer = await server.ask("PATCH", url, body);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer;
}

function inProduction(configuration: object): object {
  return { environments: { production: configuration } };
}

async function lastWords(url: string): Promise<string> {
  const { words } = await server.running.db
    .selectFrom("change")
    .select("words")
    .where("key", "=", url.split("/").at(-1) ?? "")
    .where("is_first", "=", 1)
    .orderBy("at", "desc")
    .orderBy("version", "desc")
    .executeTakeFirstOrThrow();
  return JSON.parse(words ?? "[]").join("; ");
}
