import { expect, it } from "vitest";
import { TokenBuckets } from "./token-bucket.ts";

it("admits a burst, then as much as the rate gives back", () => {
  let now = 0;
  const buckets = new TokenBuckets({ perSecond: 2, burst: 3 }, () => now);

  const burst = [1, 2, 3, 4].map(() => buckets.take("a"));
  now = 250;
  const early = buckets.take("a");
  now = 500;
  const later = buckets.take("a");

  expect(burst).toMatchObject([
    { isAdmitted: true, remaining: 2, waitMs: 0 },
    { isAdmitted: true, remaining: 1, waitMs: 0 },
    { isAdmitted: true, remaining: 0, waitMs: 500 },
    { isAdmitted: false, remaining: 0, waitMs: 500 },
  ]);
  expect([early.isAdmitted, early.waitMs, later.isAdmitted]).toEqual([false, 250, true]);
});

it("counts each key by itself, and a look counts nothing", () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => 0);

  expect(buckets.look("a").isAdmitted).toBe(true);
  expect(buckets.take("a").isAdmitted).toBe(true);
  expect(buckets.take("a").isAdmitted).toBe(false);
  expect(buckets.take("b").isAdmitted).toBe(true);
});

it("goes on filling from where the clock was set back to", () => {
  let now = 1000;
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, () => now);
  buckets.take("a");
  now = 0;
  const atOnce = buckets.take("a");
  now = 1000;

  expect([atOnce.isAdmitted, buckets.take("a").isAdmitted]).toEqual([false, true]);
});

it("never gives back more than a burst", () => {
  let now = 0;
  const buckets = new TokenBuckets({ perSecond: 1, burst: 2 }, () => now);
  buckets.take("a");
  now = 1_000_000;

  expect(buckets.take("a").remaining).toBe(1);
});
