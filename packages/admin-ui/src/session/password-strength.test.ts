import { expect, it } from "vitest";
import { strengthOf } from "./password-strength.ts";

it.each([
  ["", "short"],
  ["S3cure!", "short"],
  ["aaaaaaaaaaaaaaaa", "weak"],
  ["1234567890", "weak"],
  ["password", "weak"],
  ["tangerine9", "fair"],
  ["correct horse battery staple", "good"],
  ["kX9#mQ2$vL7!", "good"],
])("calls %s %s", (password, strength) => {
  expect(strengthOf(password)).toBe(strength);
});
