import { describe, expect, it } from "vitest";
import { compilePolicy, permits, type RoleAttributes, Statement } from "./policy.ts";
import type { Resource } from "./resource.ts";

const step = (kind: string, key: string, tags: string[] = [], critical = false) => ({
  kind,
  key,
  tags,
  properties: { critical },
});
const production: Resource = [
  step("proj", "web-shop", ["retail"]),
  step("env", "production", ["eu", "live"], true),
  step("flag", "checkout", ["beta"]),
];
const staging: Resource = [
  step("proj", "web-shop", ["retail"]),
  step("env", "staging"),
  step("flag", "checkout"),
];

const allow = (resource: string, ...actions: string[]): Statement => ({
  effect: "allow",
  actions: actions.length === 0 ? ["*"] : actions,
  resources: [resource],
});

describe("a policy", () => {
  it.each([
    { resource: "proj/web-shop:env/production:flag/checkout", matches: true },
    { resource: "proj/*:env/*:flag/*", matches: true },
    { resource: "proj/web-*:env/prod*ion:flag/*out", matches: true },
    { resource: "*", matches: true },
    { resource: "proj/web-shop:env/production", matches: false },
    { resource: "proj/web-shop:env/production:segment/checkout", matches: false },
    { resource: "proj/web:env/*:flag/*", matches: false },
    { resource: "proj/*:env/*:flag/*;beta", matches: true },
    { resource: "proj/*;retail:env/*;eu,live:flag/*", matches: true },
    { resource: "proj/*:env/*;l*e:flag/*", matches: true },
    { resource: "proj/*:env/*;eu,missing:flag/*", matches: false },
    { resource: "proj/*:env/*;{critical:true}:flag/*", matches: true },
    { resource: 'proj/*:env/*;{"critical":true};eu:flag/*', matches: true },
    { resource: "proj/*:env/*;{critical:false}:flag/*", matches: false },
    { resource: "proj/*:env/*;{unknown:true}:flag/*", matches: false },
  ])("that allows $resource: $matches for a flag in production", ({ resource, matches }) => {
    expect(permits(compilePolicy([allow(resource)]), "updateOn", production)).toBe(matches);
  });

  it("permits nothing that it does not mention", () => {
    expect(permits(compilePolicy([]), "updateOn", production)).toBe(false);
    expect(permits(compilePolicy([allow("*", "updateRules")]), "updateOn", production)).toBe(false);
  });

  it("denies before it allows, in whatever order the statements stand", () => {
    const deny: Statement = {
      effect: "deny",
      actions: ["updateOn"],
      resources: ["proj/*:env/*;{critical:true}:flag/*"],
    };

    for (const statements of [
      [deny, allow("*")],
      [allow("*"), deny],
    ]) {
      const policy = compilePolicy(statements);
      expect(permits(policy, "updateOn", production)).toBe(false);
      expect(permits(policy, "updateOn", staging)).toBe(true);
      expect(permits(policy, "updateRules", production)).toBe(true);
    }
  });

  it("takes notActions and notResources for everything else", () => {
    const policy = compilePolicy([
      {
        effect: "allow",
        notActions: ["delete*"],
        notResources: ["proj/*:env/production:flag/*"],
      },
    ]);

    expect(permits(policy, "updateOn", staging)).toBe(true);
    expect(permits(policy, "deleteFlag", staging)).toBe(false);
    expect(permits(policy, "updateOn", production)).toBe(false);
  });

  it.each([
    { attributes: { teams: ["web-shop", "other"] }, permitted: true },
    { attributes: { teams: ["other"] }, permitted: false },
    { attributes: { teams: [] }, permitted: false },
    { attributes: {}, permitted: false },
  ] satisfies { attributes: RoleAttributes; permitted: boolean }[])(
    "puts each value of a role attribute in its place: $attributes",
    ({ attributes, permitted }) => {
      const statements = [allow(`proj/\${roleAttribute/teams}:env/*:flag/*`)];

      expect(permits(compilePolicy(statements, attributes), "updateOn", production)).toBe(
        permitted,
      );
    },
  );
});

describe("a statement", () => {
  it.each([
    { statement: { effect: "allow", resources: ["*"] }, says: "either actions or notActions" },
    {
      statement: { effect: "allow", actions: ["*"], notActions: ["*"], resources: ["*"] },
      says: "either actions or notActions",
    },
    { statement: { effect: "deny", actions: ["*"] }, says: "either resources or notResources" },
    {
      statement: { effect: "allow", actions: ["*"], resources: ["everything in web-shop"] },
      says: "write KIND/KEY",
    },
    {
      statement: { effect: "allow", actions: ["*"], resources: ["proj/*:env/*;{critical}"] },
      says: "write {critical:true}",
    },
  ])("is refused with a word on what to do: $says", ({ statement, says }) => {
    const { error } = Statement.safeParse(statement);

    expect(error?.issues[0]?.message).toContain(says);
  });
});
