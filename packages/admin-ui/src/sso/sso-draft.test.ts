import { describe, expect, it } from "vitest";
import type { SsoSettings } from "./sso.ts";
import { bodyOf, draftOf, problemsOf } from "./sso-draft.ts";

const settings: SsoSettings = {
  issuer: "https://id.example.com",
  clientId: "halyard",
  defaultRole: "writer",
  allowedDomains: ["example.com"],
  trustsEmails: false,
  roleClaim: "groups",
  roles: { engineers: "writer" },
  teams: {},
  isFromEnvironment: false,
  isRequired: false,
};

describe("the settings as they are typed", () => {
  it("give back what they were made of, without a secret that nobody typed", () => {
    const { isFromEnvironment: _, isRequired: __, teams: ___, ...kept } = settings;

    expect(bodyOf(draftOf(settings))).toEqual(kept);
  });

  it("leave out rows that are not whole, and the at-sign of domains", () => {
    const draft = {
      ...draftOf(settings),
      allowedDomains: ["@Example.com"],
      roles: [
        { from: "", to: "admin" },
        { from: " admins ", to: "admin" },
      ],
    };

    expect(bodyOf(draft)).toMatchObject({
      allowedDomains: ["example.com"],
      roles: { admins: "admin" },
    });
  });

  it.each([
    ["nothing", {}, []],
    ["another client without its secret", { clientId: "other" }, ["clientSecret"]],
    ["http elsewhere", { issuer: "http://id.example.com", clientSecret: "x" }, ["issuer"]],
    ["http on this machine", { issuer: "http://127.0.0.1:80", clientSecret: "x" }, []],
    ["no client", { clientId: " ", clientSecret: "x" }, ["clientId"]],
  ])("say what is wrong with %s", (_, change, fields) => {
    expect(Object.keys(problemsOf({ ...draftOf(settings), ...change }, settings))).toEqual(fields);
  });
});
