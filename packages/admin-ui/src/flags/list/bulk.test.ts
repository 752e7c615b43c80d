import { expect, it } from "vitest";
import { toEach } from "./bulk.ts";

it("does the same to each, and gives back those that failed, with why", async () => {
  const done: number[] = [];
  const seen: string[] = [];

  const failures = await toEach(
    ["a", "b", "c"],
    async (item) => {
      seen.push(item);
      if (item === "b") throw new Error("b is needed");
    },
    { atOnce: 2, onProgress: (count) => done.push(count) },
  );

  expect(seen.toSorted()).toEqual(["a", "b", "c"]);
  expect(failures).toEqual([{ item: "b", why: "b is needed" }]);
  expect(done).toEqual([1, 2, 3]);
});
