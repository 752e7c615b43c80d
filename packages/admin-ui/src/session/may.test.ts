import { expect, it } from "vitest";
import { mayByScopes } from "./may.ts";

it.each([
  ["reader", "viewProject", "proj/web-shop", true],
  ["reader", "updateOn", "proj/web-shop:env/production:flag/checkout", false],
  ["writer", "updateOn", "proj/web-shop:env/production:flag/checkout", true],
  ["writer", "updateApiKey", "proj/web-shop:env/production", false],
  ["writer", "createMember", "member/*", false],
  ["no_access", "viewProject", "proj/web-shop", false],
  ["admin", "createMember", "member/*", true],
  ["owner", "updateApiKey", "proj/web-shop:env/production", true],
])("lets a %s do %s on %s: %s", (role, action, resource, isAllowed) => {
  expect(mayByScopes([role], action, resource)).toBe(isAllowed);
});

it("leaves to the server what custom roles allow", () => {
  expect(mayByScopes([], "createMember", "member/*")).toBe(true);
});
