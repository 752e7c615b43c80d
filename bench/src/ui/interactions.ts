import type { AdminUi } from "@halyard/test";
import type { Page } from "playwright-core";
import { type Measured, median, spread } from "./measured.ts";
import { project } from "./project.ts";

const navigations = 9;
const toggles = 20;

/** From the start of a navigation until the first row is painted. */
export async function firstRows(page: Page, { url }: AdminUi): Promise<Measured> {
  await page.addInitScript(() => {
    const found = new MutationObserver(() => {
      if (document.querySelector("[data-row]") === null) return;
      found.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark("first rows")));
    });
    found.observe(document, { childList: true, subtree: true });
  });
  const times: number[] = [];
  for (let run = 0; run < navigations; run += 1) {
    await page.goto(`${url}/p/${project}/flags`);
    await page.waitForFunction(() => performance.getEntriesByName("first rows").length > 0);
    times.push(
      await page.evaluate(() => performance.getEntriesByName("first rows")[0]?.startTime ?? 0),
    );
  }
  return {
    what: "first rows after a navigation",
    value: median(times),
    unit: "ms",
    limit: 1_000,
    detail: spread(times),
  };
}

/** From a key that is pressed in the filter until what fits is painted, out of all 10,000. */
export async function search(page: Page, { management }: AdminUi): Promise<Measured> {
  const times: number[] = [];
  const field = page.getByRole("searchbox", { name: "Filter flags" });
  for (const text of ["flag-777", "7", "33", "555", "91"]) {
    await field.fill("");
    await page.waitForFunction(() => document.body.textContent?.includes("10,000 flags"));
    const typed = text.startsWith("flag-") ? "flag-" : "";
    await field.fill(typed);
    for (let at = typed.length + 1; at <= text.length; at += 1) {
      const wanted = text.slice(0, at);
      const path = `/api/v2/flags/${project}?limit=1&filter=query:${wanted}`;
      const { totalCount } = (await management.ask("GET", path)) as { totalCount: number };
      const words = `${totalCount.toLocaleString("en")} flag`;
      times.push(await pressed(page, wanted.at(-1) ?? "", { words, typed: wanted }));
    }
  }
  return {
    what: "result after a key in the filter",
    value: median(times),
    unit: "ms",
    limit: 150,
    detail: spread(times),
  };
}

/** The time from the key's event until the rows fit and are painted. */
async function pressed(
  page: Page,
  key: string,
  wanted: { readonly words: string; readonly typed: string },
): Promise<number> {
  const waiting = page.evaluate(({ words, typed }) => {
    const isThere = () => {
      const first = document.querySelector("[data-row]")?.getAttribute("data-key") ?? "";
      return first.includes(typed) && document.body.textContent?.includes(words) === true;
    };
    return new Promise<number>((resolve) => {
      const begin = (event: KeyboardEvent) => {
        const check = () => {
          if (!isThere()) return;
          watching.disconnect();
          requestAnimationFrame(() =>
            setTimeout(() => resolve(performance.now() - event.timeStamp)),
          );
        };
        const watching = new MutationObserver(check);
        watching.observe(document, { childList: true, subtree: true, characterData: true });
      };
      document.addEventListener("keydown", begin, { once: true, capture: true });
    });
  }, wanted);
  // The listener has to be there before the key.
  await page.evaluate(() => undefined);
  await page.keyboard.press(key);
  return waiting;
}

/** From a click on a switch until it is painted where it will be. */
export async function toggle(page: Page): Promise<Measured> {
  const times: number[] = [];
  for (let run = 0; run < toggles; run += 1) {
    const knob = page
      .locator(`[data-row="${run % 10}"]`)
      .getByRole("switch")
      .first();
    const waiting = knob.evaluate(
      (element) =>
        new Promise<number>((resolve) => {
          element.addEventListener(
            "click",
            (event) => {
              const flipped = new MutationObserver(() => {
                flipped.disconnect();
                requestAnimationFrame(() =>
                  setTimeout(() => resolve(performance.now() - event.timeStamp)),
                );
              });
              flipped.observe(element, { attributeFilter: ["aria-checked"] });
            },
            { once: true, capture: true },
          );
        }),
    );
    await page.evaluate(() => undefined);
    await knob.click();
    times.push(await waiting);
    await page.waitForFunction(() => document.querySelector("[aria-busy=true]") === null);
  }
  return {
    what: "switch moved after a click",
    value: median(times),
    unit: "ms",
    limit: 50,
    detail: spread(times),
  };
}
