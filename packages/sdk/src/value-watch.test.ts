import { expect, it } from "vitest";
import { testFlags } from "./testing/index.ts";

const ada = { kind: "user", key: "ada" };

it("tells when a flag gives a context another value, until that is ended", async () => {
  const flags = testFlags({ checkout: "old" });
  const changes: unknown[] = [];
  const end = flags.onValueChange("checkout", ada, "fallback", (change) => {
    changes.push(change);
  });

  flags.set("checkout", "new");
  flags.set("checkout", "new");
  flags.set("checkout", "old");
  end();
  flags.set("checkout", "newest");

  expect(changes).toEqual([
    { key: "checkout", oldValue: "old", newValue: "new" },
    { key: "checkout", oldValue: "new", newValue: "old" },
  ]);
});
