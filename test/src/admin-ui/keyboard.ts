import type { Page } from "playwright-core";

/** What has the focus, by what a screen reader calls it; empty where nothing has. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "";
    const isField =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement;
    const labels = isField ? [...(element.labels ?? [])] : [];
    const name = element.getAttribute("aria-label") ?? labels[0]?.textContent;
    return (name ?? element.textContent ?? "").trim();
  });
}

/** Goes on by Tab, or back by Shift and Tab, until what has the focus begins with the words. */
export async function tabTo(page: Page, words: string, keys = "Tab"): Promise<void> {
  const met: string[] = [];
  for (let at = 0; at < 80; at += 1) {
    const name = await focused(page);
    if (name.startsWith(words)) return;
    met.push(name);
    await page.keyboard.press(keys);
  }
  throw new Error(`no ${keys} leads to "${words}", only to ${[...new Set(met)].join(" | ")}`);
}

/** Waits until the focus is on what begins with the words. */
export async function focusOn(page: Page, words: string): Promise<void> {
  const patienceMs = 5_000;
  const end = Date.now() + patienceMs;
  for (;;) {
    const name = await focused(page);
    if (name.startsWith(words)) return;
    if (Date.now() > end) throw new Error(`the focus is on "${name}" and not on "${words}"`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
