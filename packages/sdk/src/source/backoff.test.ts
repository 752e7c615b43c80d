import { describe, expect, it } from "vitest";
import { Backoff } from "./backoff.ts";

const always = (random: number): Backoff =>
  new Backoff({ firstDelayMs: 1_000, healthyAfterMs: 60_000, random: () => random });

describe("Backoff", () => {
  it("doubles its limit up to 30 seconds", () => {
    const backoff = always(1);

    const delays = Array.from({ length: 7 }, () => backoff.nextDelayMs(0));

    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  });

  it("spreads clients from the first attempt on", () => {
    expect([always(0).nextDelayMs(0), always(0.25).nextDelayMs(0)]).toEqual([0, 250]);
  });

  it("begins anew after a connection that lived long enough", () => {
    const backoff = always(1);
    backoff.nextDelayMs(0);
    backoff.nextDelayMs(0);

    expect([backoff.nextDelayMs(59_999), backoff.nextDelayMs(60_000)]).toEqual([4_000, 1_000]);
  });

  it("comes back after the time the server asked for, and not all at once", () => {
    expect([always(0).nextDelayMs(0, 5_000), always(0.5).nextDelayMs(0, 5_000)]).toEqual([
      5_000, 5_500,
    ]);
  });

  it("asks again even where it was refused", () => {
    expect([always(0).refusedDelayMs(), always(1).refusedDelayMs()]).toEqual([150_000, 300_000]);
  });
});
