import { expect, it } from "vitest";
import {
  addressesIn,
  addressIn,
  type Member,
  memberName,
  membersThat,
  wrongAddresses,
} from "./member.ts";

const ada: Member = {
  _id: "1",
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Lovelace",
  role: "admin",
  customRoles: [],
  mfa: "disabled",
  teams: [{ key: "payments", name: "Payments" }],
  isActive: true,
  creationDate: 0,
  _pendingInvite: false,
  _lastSeen: 0,
};
const grace: Member = {
  ...ada,
  _id: "2",
  email: "grace@example.com",
  firstName: "",
  lastName: "",
  role: "writer",
  customRoles: ["deployer"],
  teams: [],
  _pendingInvite: true,
};
const linus: Member = { ...grace, _id: "3", email: "linus@example.com", isActive: false };
const all = [ada, grace, linus];

it("calls who has told no name by the address", () => {
  expect([ada, grace].map(memberName)).toEqual(["Ada Lovelace", "grace@example.com"]);
});

it.each<[string, object, readonly Member[]]>([
  ["nothing", {}, all],
  ["part of the name", { q: "love" }, [ada]],
  ["words in any order", { q: "payments ada" }, [ada]],
  ["a base role", { role: "writer" }, [grace, linus]],
  ["a custom role", { role: "deployer" }, [grace, linus]],
  ["who was invited", { state: "invited" }, [grace]],
  ["who is suspended", { state: "suspended" }, [linus]],
])("finds members by %s", (_name, filter, found) => {
  expect(membersThat(all, filter)).toEqual(found);
});

it("takes addresses as mail programs copy them", () => {
  expect(addressIn("Ada Lovelace <ada@example.com>")).toBe("ada@example.com");
  expect(addressIn("mailto:ada@example.com ")).toBe("ada@example.com");
});

it("takes many addresses at once, each once", () => {
  expect(addressesIn(["ada@example.com; Grace <grace@example.com>;", "ada@example.com"])).toEqual([
    "ada@example.com",
    "grace@example.com",
  ]);
});

it("knows what cannot be an address", () => {
  expect(wrongAddresses(["ada@example.com", "ada", "a b@example.com"])).toEqual([
    "ada",
    "a b@example.com",
  ]);
});
