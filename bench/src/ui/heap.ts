import type { CDPSession, Page } from "playwright-core";
import type { Measured } from "./measured.ts";

const warmUps = 100;
const navigations = 500;
const step = 50;
/** Above this a day of work would be felt. */
const limitKb = 5;

/** What each navigation between pages leaves behind, by a line through the heap after each 50 of them. */
export async function heapSlope(page: Page): Promise<Measured> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.enable");
  await navigate(page, warmUps);
  const samples: { readonly at: number; readonly bytes: number }[] = [];
  for (let at = 0; at <= navigations; at += step) {
    if (at > 0) await navigate(page, step);
    samples.push({ at, bytes: await usedBytes(cdp) });
  }
  const megabytes = samples.map(({ bytes }) => (bytes / 1_000_000).toFixed(1));
  return {
    what: `heap for each of ${navigations} navigations`,
    value: slope(samples) / 1_000,
    unit: "kB",
    limit: limitKb,
    detail: `after GC each ${step}: ${megabytes.join(", ")} MB`,
  };
}

/** Between the list, a form and another list, by the links that people press. */
async function navigate(page: Page, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const name = at % 2 === 0 ? "Keys & SDKs" : "Flags";
    await page.getByRole("link", { name, exact: true }).first().click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    // Not `waitForSelector`: its handle would hold the page that is left.
    if (at % 2 === 1) await page.locator("[data-row]").first().waitFor();
  }
}

async function usedBytes(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  return (await cdp.send("Runtime.getHeapUsage")).usedSize;
}

/** Least squares, in bytes for each navigation. */
function slope(samples: readonly { readonly at: number; readonly bytes: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(samples.map(({ at }) => at));
  const y = mean(samples.map(({ bytes }) => bytes));
  const covariance = samples.reduce((sum, { at, bytes }) => sum + (at - x) * (bytes - y), 0);
  const variance = samples.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  return covariance / variance;
}
