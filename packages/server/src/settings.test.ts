import { expect, it } from "vitest";
import { parseSettings } from "./settings.ts";

it("take a variable that is set to nothing for one that is not set", () => {
  const empty = { PORT: "", HALYARD_BASE_URL: "", HALYARD_BOOTSTRAP_TOKEN: "" };

  expect(parseSettings(empty)).toEqual(parseSettings({}));
});

it("take the base URL with or without a slash at its end", () => {
  const { baseUrl } = parseSettings({ HALYARD_BASE_URL: "https://flags.example/" });

  expect(baseUrl).toBe("https://flags.example");
});

it("name the variable that is wrong", () => {
  expect(() => parseSettings({ PORT: "http" })).toThrow(/docs\/settings\.md: PORT:/u);
});
