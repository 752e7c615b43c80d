import type { CDPSession, Page } from "playwright-core";
import type { Measured } from "./measured.ts";

const warmUps = 200;
const navigations = 500;
const step = 50;
/** Above this a day of work would be felt. Code that the browser compiles anew is about 2 of it. */
const limitKb = 5;

/**
 * What each navigation between pages leaves behind, by a line through the heap after each 50 of them. Elements
 * and listeners that stay are told too: they grow where somebody holds a page that is left.
 */
export async function heapSlope(page: Page): Promise<Measured> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("HeapProfiler.enable");
  await cdp.send("Performance.enable");
  await navigate(page, warmUps);
  const samples: Sample[] = [];
  for (let at = 0; at <= navigations; at += step) {
    if (at > 0) await navigate(page, step);
    samples.push({ at, ...(await held(cdp)) });
  }
  const megabytes = samples.map(({ bytes }) => (bytes / 1_000_000).toFixed(1));
  const grown = (what: "nodes" | "listeners") =>
    (samples.at(-1)?.[what] ?? 0) - (samples[0]?.[what] ?? 0);
  return {
    what: `heap for each of ${navigations} navigations`,
    value: slope(samples) / 1_000,
    unit: "kB",
    limit: limitKb,
    detail:
      `after GC each ${step}: ${megabytes.join(", ")} MB; ` +
      `${grown("nodes")} elements and ${grown("listeners")} listeners more at the end`,
  };
}

interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

/**
 * Between the list, a table of keys and back, by the links that people press. All of it within the page:
 * what a driver finds there, it holds, and with it the pages that are left.
 */
async function navigate(page: Page, count: number): Promise<void> {
  await page.evaluate(async (times) => {
    const until = (isThere: () => boolean) =>
      new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (!isThere()) return;
          clearInterval(timer);
          resolve();
        }, 5);
      });
    const links = () => [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
    const title = () => document.querySelector("h1")?.textContent ?? "";
    for (let at = 0; at < times; at += 1) {
      const name = at % 2 === 0 ? "Keys & SDKs" : "Flags";
      links()
        .find(({ textContent }) => textContent?.trim() === name)
        ?.click();
      await until(() => title().includes(name));
      if (at % 2 === 1) await until(() => document.querySelector("[data-row]") !== null);
    }
  }, count);
}

async function held(cdp: CDPSession): Promise<Omit<Sample, "at">> {
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  const count = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  const bytes = (await cdp.send("Runtime.getHeapUsage")).usedSize;
  return { bytes, nodes: count("Nodes"), listeners: count("JSEventListeners") };
}

/** Least squares, in bytes for each navigation. */
function slope(samples: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const x = mean(samples.map(({ at }) => at));
  const y = mean(samples.map(({ bytes }) => bytes));
  const covariance = samples.reduce((sum, { at, bytes }) => sum + (at - x) * (bytes - y), 0);
  const variance = samples.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  return covariance / variance;
}
