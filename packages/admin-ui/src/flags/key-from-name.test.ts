import { expect, it } from "vitest";
import { keyFromName } from "./key-from-name.ts";

it("turns a name with accents and signs into a key", () => {
  expect(keyFromName(" Neue Küche: 2! ")).toBe("neue-kuche-2");
});
