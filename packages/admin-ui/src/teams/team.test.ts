import { describe, expect, it } from "vitest";
import type { Member } from "../members/member.ts";
import { membersOfTeam, membersWith } from "./people.ts";
import { attributesAskedFor, type Team, teamsSearch, teamsThat } from "./team.ts";

const ada = member("ada@example.com", ["payments"]);
const grace = member("grace@example.com", ["payments", "search"]);

function member(email: string, teams: readonly string[]): Member {
  return {
    _id: email,
    email,
    firstName: "",
    lastName: "",
    role: "reader",
    customRoles: [],
    mfa: "disabled",
    teams: teams.map((key) => ({ key, name: key })),
    isActive: true,
    creationDate: 0,
    _pendingInvite: false,
    _lastSeen: 0,
  };
}

describe("teams", () => {
  const team = (key: string, description: string): Team => ({
    key,
    name: key,
    description,
    _idpSynced: false,
    roles: { items: [{ key: "deployer", name: "Deployer" }] },
  });

  it("are found by every word of what is typed, and by their roles", () => {
    const all = [team("payments", "Invoices and checkout"), team("search", "Ranking")];

    expect(teamsThat(all, { q: "check pay" }).map(({ key }) => key)).toEqual(["payments"]);
    expect(teamsThat(all, { q: "deployer" })).toHaveLength(2);
    expect(teamsThat(all, {})).toHaveLength(2);
  });

  it("take from the address what they know", () => {
    expect(teamsSearch({ q: "", create: "yes" })).toEqual({});
    expect(teamsSearch({ q: "pay", create: true })).toEqual({ q: "pay", create: true });
  });
});

describe("addresses", () => {
  it("are of members in any spelling, each once, or of nobody", () => {
    const pasted = ["Ada <ADA@example.com>", "ada@example.com", "nobody@example.com"];

    expect(membersWith(pasted, [ada, grace])).toEqual({
      known: [ada],
      unknown: ["nobody@example.com"],
    });
  });
});

describe("the members of a team", () => {
  it("are those who say they are in it", () => {
    expect(membersOfTeam([ada, grace], "search")).toEqual([grace]);
  });
});

describe("the attributes of roles", () => {
  it("are read from their resources, each once", () => {
    const resources = [
      `proj/\${roleAttribute/projects}:env/*:flag/*`,
      `proj/\${roleAttribute/projects}:env/\${roleAttribute/envs}`,
      "proj/*",
    ];

    expect(attributesAskedFor(resources)).toEqual(["envs", "projects"]);
  });
});
