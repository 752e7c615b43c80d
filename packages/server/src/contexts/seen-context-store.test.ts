import Sqlite from "better-sqlite3";
import { expect, it } from "vitest";
import type { PublicContext } from "./public-context.ts";
import { SeenContextStore } from "./seen-context-store.ts";

const user = (key: string, attributes = {}): readonly PublicContext[] => [
  { kind: "user", key, attributes, redacted: [] },
];
const page = { environmentId: "env", conditions: [], isOldestFirst: false, limit: 1 };

it("keeps those that were seen last, however many there are", () => {
  const store = new SeenContextStore(new Sqlite(":memory:"));
  const many = Array.from({ length: 10_000 }, (_, index) => user(`later-${index}`));

  store.keep("env", 1, { applicationId: "", seen: [user("first"), user("again")] });
  store.keep("env", 2, { applicationId: "", seen: [user("again"), ...many.slice(0, 9_999)] });

  expect(store.contexts(page).totalCount).toBe(10_000);
  const names = new Set(store.all("env").map(({ contexts }) => contexts[0]?.key));
  expect([names.has("first"), names.has("again")]).toEqual([false, true]);
});

it("keeps nothing that is larger than a context should be", () => {
  const store = new SeenContextStore(new Sqlite(":memory:"));
  const large = user("large", { text: "x".repeat(17 * 1024) });

  store.keep("env", 1, { applicationId: "", seen: [large, user("small")] });

  expect(store.contexts(page)).toMatchObject({ totalCount: 1, items: [{ key: "small" }] });
});

it("does not go back to what was seen before", () => {
  const store = new SeenContextStore(new Sqlite(":memory:"));
  store.keep("env", 2, { applicationId: "new", seen: [user("ada", { plan: "pro" })] });

  store.keep("env", 1, { applicationId: "old", seen: [user("ada", { plan: "free" })] });

  expect(store.contexts(page).items).toMatchObject([
    { lastSeen: 2, applicationId: "new", attributes: { plan: "pro" } },
  ]);
});

it("keeps environments apart, and forgets those that are no more", () => {
  const store = new SeenContextStore(new Sqlite(":memory:"));
  for (const environment of ["env", "gone"])
    store.keep(environment, 1, { applicationId: "", seen: [user(environment)] });

  store.forget([{ environmentId: "env", since: 0 }]);

  expect(store.all("gone")).toEqual([]);
  expect(store.contexts(page).items).toMatchObject([{ key: "env" }]);
});
