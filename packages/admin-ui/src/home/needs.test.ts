import { expect, it } from "vitest";
import { needsOf } from "./needs.ts";

const waiting = {
  project: "shop",
  memberId: "ada",
  requests: [],
  changes: [],
  drafts: [],
  cards: [],
};
const change = {
  _id: "c",
  _creationDate: 0,
  _maintainerId: "ada",
  executionDate: 1,
  instructions: [],
  flagKey: "checkout",
  environmentKey: "production",
};
const card = {
  column: "readyToRemove",
  key: "old",
  sentence: "Serves on to everyone.",
  maintainerId: "ada",
};

it("names what waits for a member, and nothing that waits for others", () => {
  const needs = needsOf({
    ...waiting,
    changes: [
      { ...change, conflicts: [{ reason: "archived" }] },
      { ...change, _id: "fine" },
      { ...change, _id: "other", _maintainerId: "grace", conflicts: [{ reason: "archived" }] },
    ],
    drafts: [{ flag: "cart", environment: "staging", count: 2 }],
    cards: [
      card,
      { ...card, key: "graces", maintainerId: "grace" },
      { ...card, key: "new", column: "neverUsed" },
    ],
  });

  expect(needs.map(({ kind, id }) => [kind, id])).toEqual([
    ["failed", "c"],
    ["draft", "cart staging"],
    ["stale", "stale old"],
  ]);
});

it("is empty where nothing waits", () => {
  expect(needsOf(waiting)).toEqual([]);
});
