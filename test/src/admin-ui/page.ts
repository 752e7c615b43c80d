import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { Management } from "../management.ts";
import { ServerProcess } from "../server-process.ts";

export const owner = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  password: "correct horse battery staple",
};

/** Who is signed in, for `open`. */
export type Session = NonNullable<BrowserContextOptions["storageState"]>;

interface Joining {
  readonly email: string;
  readonly role: string;
  readonly firstName: string;
  readonly lastName: string;
}

async function sessionOf(
  member: Joining,
  at: { readonly url: string; readonly management: Management; readonly browser: Browser },
): Promise<Session> {
  const invited = await at.management.ask("POST", "/api/v2/members", [member]);
  const context = await at.browser.newContext();
  await context.request.post(`${at.url}/api/invitation`, {
    data: { token: invitationOf(invited), password: owner.password },
  });
  const session = await context.storageState();
  await context.close();
  return session;
}

/** A server with the demo's web shop, a browser, and the owner signed in as people do. */
export class AdminUi {
  readonly server: ServerProcess;
  /** A script's view of the same server. */
  readonly management: Management;
  readonly #browser: Browser;
  readonly #session: Session;

  private constructor(server: ServerProcess, browser: Browser, session: Session) {
    this.server = server;
    this.management = new Management(server.url);
    this.#browser = browser;
    this.#session = session;
  }

  static async start(): Promise<AdminUi> {
    const [server, browser] = await Promise.all([
      ServerProcess.start({ seed: "demo" }),
      launchBrowser(),
    ]);
    const management = new Management(server.url);
    const ada = { email: owner.email, role: "admin", firstName: "Ada", lastName: "Lovelace" };
    const session = await sessionOf(ada, { url: server.url, management, browser });
    return new AdminUi(server, browser, session);
  }

  /** Signs somebody else in, for whom pages can be opened. */
  join(member: Joining): Promise<Session> {
    return sessionOf(member, {
      url: this.url,
      management: this.management,
      browser: this.#browser,
    });
  }

  get url(): string {
    return this.server.url;
  }

  /** Opens a page of the UI, signed in, at 1440 pixels and in the light theme where nothing else is said. */
  async open(path: string, options: OpenOptions = {}): Promise<OpenPage> {
    const { isSignedIn = true, colorScheme = "light", width = 1440 } = options;
    const session = options.session ?? this.#session;
    const context = await this.#browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      permissions: ["clipboard-read", "clipboard-write"],
      ...(isSignedIn ? { storageState: session } : {}),
    });
    const page = await context.newPage();
    const trouble = watch(page, this.url, options.expected ?? []);
    await page.goto(this.url + path);
    await page.waitForSelector("[data-ready]");
    return {
      page,
      trouble,
      [Symbol.asyncDispose]: async () => {
        await context.close();
        if (trouble.length > 0) throw new Error(`the page had trouble: ${trouble.join("; ")}`);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.server[Symbol.asyncDispose]();
  }
}

interface OpenOptions {
  readonly isSignedIn?: boolean;
  /** Somebody else than the owner. */
  readonly session?: Session;
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  /** Words of console errors that the test brings about, such as by stopping the server. */
  readonly expected?: readonly RegExp[];
}

/** Closing it fails the test where the console, an exception or a foreign request had something to say. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  readonly trouble: readonly string[];
}

function watch(page: Page, url: string, expected: readonly RegExp[]): string[] {
  const trouble: string[] = [];
  const note = (words: string) => {
    if (!expected.some((pattern) => pattern.test(words))) trouble.push(words);
  };
  page.on("pageerror", (error) => note(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(message.text());
  });
  page.on("request", (request) => {
    const isOurs = request.url().startsWith(url) || request.url().startsWith("data:");
    if (!isOurs) note(`request to ${request.url()}`);
  });
  return trouble;
}

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it is now, in the light and in the dark theme; one line each. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Somebody may have chosen a theme on this page, which goes before the system's.
    await page.evaluate((theme) => {
      document.documentElement.dataset["theme"] = theme;
    }, colorScheme);
    // What is read out once names elements by id, and stays for seconds after they are gone.
    const { violations } = await new AxeBuilder({ page })
      .withTags(standards)
      .exclude("[data-live-announcer]")
      .analyze();
    for (const { id, nodes } of violations)
      found.push(
        ...nodes.map(
          ({ html, failureSummary }) => `${colorScheme} ${id}: ${html} ${failureSummary}`,
        ),
      );
  }
  return found;
}

/** Texts on screen that come from no catalogue; the page has to be opened with `?locale=pseudo`. */
export function hardCodedTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      const parent = node.parentElement;
      const isOurs =
        parent?.closest('[translate="no"], script, style, option, code, time, kbd, textarea') ===
        null;
      const whole = parent?.textContent ?? "";
      if (isOurs && /[a-z]{2}/iu.test(text) && !whole.includes("⟦")) found.push(text);
    }
    return found;
  });
}

/** Whether the page is as wide as its window. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

function invitationOf(invited: unknown): string {
  const [, token = ""] =
    /"invitation":"[^"]*\/invite\/([^"]+)"/u.exec(JSON.stringify(invited)) ?? [];
  return token;
}
