import type { Page } from "playwright-core";

const patience = 80;

/** Goes on by Tab until the focus is on what is called so; throws where no Tab leads there. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let at = 0; at < patience; at += 1) {
    const focused = await nameOfFocus(page);
    if (typeof name === "string" ? focused.startsWith(name) : name.test(focused)) return;
    seen.push(focused);
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to "${name}", but to ${seen.join(", ")}`);
}

/** What a screen reader would call the element that has the focus, or nearly so. */
function nameOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return "";
    const label = focused.getAttribute("aria-label");
    if (label !== null) return label;
    const isField = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
    const words = isField ? focused.labels?.[0]?.textContent : focused.textContent;
    return words?.trim() ?? "";
  });
}
