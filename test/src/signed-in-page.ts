import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { bootstrapToken } from "./server-process.ts";

/** A page whose requests carry the owner's token, as a signed-in person's carry the cookie. */
export async function signedInPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext(options);
  await context.setExtraHTTPHeaders({ authorization: bootstrapToken });
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:")) {
      trouble.push(`request to ${request.url()}`);
    }
  });
  return { page, trouble };
}
