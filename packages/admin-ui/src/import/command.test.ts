import { expect, it } from "vitest";
import { commandOf } from "./command.ts";

it("is a line that a shell takes as it is", () => {
  const line = commandOf({
    project: "web-shop",
    format: "flagd",
    files: ["it's mine.yaml", "-rf", "flags.json"],
    environment: "production",
  });

  expect(line).toBe(
    "halyard import --project web-shop --from flagd --env production 'it'\\''s mine.yaml' '-rf' flags.json",
  );
});
