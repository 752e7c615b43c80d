import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { statusOfError } from "./errors.ts";

it("is documented code by code, with the status that is sent", () => {
  const page = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\|\s*`(\w+)`\s*\|\s*(\d+)\s*\|/gmu)].map(
    ([, code = "", status]) => [code, Number(status)],
  );

  expect(Object.fromEntries(rows)).toEqual(statusOfError);
});
