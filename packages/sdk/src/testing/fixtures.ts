import type { FlagValues } from "../flag-types.ts";
import { PageService } from "./page-service.ts";
import { type TestFlags, testFlags } from "./test-flags.ts";

type Use = (flags: TestFlags) => Promise<void>;

/**
 * Fresh flags for each test of Vitest's `test.extend`.
 *
 * @example
 * const it = test.extend({ flags: flagsForTest({ checkout: "old" }) });
 * it("pays by the new way", ({ flags }) => {
 *   flags.set("checkout", "new");
 * });
 */
export function flagsForTest(values: FlagValues = {}) {
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures are needed.
  return async ({}: object, use: Use): Promise<void> => {
    await using flags = testFlags(values);
    await use(flags);
  };
}

/** The part of Playwright's browser context that is used. */
interface BrowserContext {
  route(url: (url: URL) => boolean, handler: (route: Route) => Promise<void>): Promise<unknown>;
}

interface Route {
  request(): { url(): string };
  continue(options: { url: string }): Promise<void>;
}

/**
 * Fresh flags for each test of Playwright's `test.extend`: what the page asks of `baseUri` is
 * answered from them, so that two workers may hold opposite values. The address need not exist; it
 * is http, because requests are handed on to a server on loopback.
 *
 * @example
 * const test = base.extend<{ flags: TestFlags }>({
 *   flags: flagsForPage("http://flags.test", { checkout: "old" }),
 * });
 * test("pays by the new way", async ({ page, flags }) => {
 *   await page.goto("/");
 *   flags.set("checkout", "new"); // the open page sees it
 * });
 */
export function flagsForPage(baseUri: string, values: FlagValues = {}) {
  const base = new URL(baseUri);
  if (base.protocol !== "http:") {
    throw new Error(
      `flagsForPage takes an http address, which need not exist; got ${JSON.stringify(baseUri)}. Give the page under test the same one, such as "http://flags.test".`,
    );
  }
  return async ({ context }: { context: BrowserContext }, use: Use): Promise<void> => {
    await using flags = testFlags(values);
    await using service = await PageService.start(flags);
    await context.route(
      (url) => url.origin === base.origin,
      async (route) => {
        const { pathname, search } = new URL(route.request().url());
        await route.continue({ url: service.url + pathname + search });
      },
    );
    await use(flags);
  };
}
