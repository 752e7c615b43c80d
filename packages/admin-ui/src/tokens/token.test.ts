import { expect, it } from "vitest";
import { type AccessToken, expiryOf, makerOf, tokensSearch, tokensThat } from "./token.ts";

const personal: AccessToken = {
  _id: "1",
  name: "laptop",
  description: "",
  role: "writer",
  token: "********ab12",
  serviceToken: false,
  _member: { _id: "m", firstName: "Ada", lastName: "Lovelace", email: "ada@example.com" },
  lastUsed: 0,
  creationDate: 0,
};
const service: AccessToken = {
  _id: "2",
  name: "deploy pipeline",
  description: "Turns flags on after a deploy",
  role: "writer",
  token: "********cd34",
  serviceToken: true,
  lastUsed: 0,
  creationDate: 0,
};

it.each<[string, object, readonly AccessToken[]]>([
  ["nothing", {}, [personal, service]],
  ["the kind", { kind: "service" }, [service]],
  ["who made it", { q: "lovelace" }, [personal]],
  ["how it ends", { q: "cd34" }, [service]],
  ["words of the description", { q: "after deploy" }, [service]],
])("finds tokens by %s", (_name, filter, found) => {
  expect(tokensThat([personal, service], filter)).toEqual(found);
});

it("names who made it, or nobody", () => {
  expect([personal, service].map(makerOf)).toEqual(["Ada Lovelace", ""]);
});

it("ends a token after some days, at the end of a day, or never", () => {
  const now = Date.UTC(2026, 0, 1);

  expect(expiryOf("never", "", now)).toBeUndefined();
  expect(expiryOf("7", "", now)).toBe(Date.UTC(2026, 0, 8));
  expect(expiryOf("day", "2026-03-01", now)).toBe(new Date(2026, 2, 1, 23, 59, 59).getTime());
  expect(expiryOf("day", "", now)).toBeUndefined();
});

it("takes from the address what it knows", () => {
  expect(tokensSearch({ q: "a", kind: "robot", create: true })).toEqual({ q: "a", create: true });
});
