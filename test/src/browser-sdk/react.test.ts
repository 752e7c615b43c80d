// biome-ignore-all lint/correctness/noComponentHookFactories: What a page runs is made on the page.
import { init } from "@halyard/sdk/browser";
import { FlagsProvider, useFlag } from "@halyard/sdk/react";
import type { Page } from "playwright-core";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { ScriptedFlags } from "./scripted-flags.ts";
import { ShopSite } from "./shop-site.ts";

declare global {
  interface Window {
    renders: Record<string, unknown[]>;
    show: (props: object) => void;
  }
}

const browser = await launchBrowser();
const site = await ShopSite.start("react");

afterAll(async () => {
  await browser.close();
  await site[Symbol.asyncDispose]();
});

interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly said: string[];
}

async function visit(): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const said = await site.visit(page);
  return { page, said, [Symbol.asyncDispose]: () => context.close() };
}

function result(value: unknown, version = 1) {
  return { value, version, variation: 0 };
}

type Mounting = {
  baseUri: string;
  strict?: boolean;
  suspend?: boolean;
  hydrate?: boolean;
  bootstrap?: object;
  key?: string;
};

/** A page with a component for each of two flags, and one for JSON; each notes what it renders. */
async function mount(page: Page, given: Mounting): Promise<void> {
  await page.evaluate(({ baseUri, strict, suspend, hydrate, bootstrap, key = "ada" }) => {
    const { react, createRoot, hydrateRoot, FlagsProvider, useFlag } = window.halyardReact;
    const { createElement, StrictMode, Fragment } = react;
    window.renders = {};
    const Shown = ({ flag, fallback }: { flag: string; fallback: string | { max: number } }) => {
      const value = useFlag(flag, fallback);
      window.renders[flag] = [...(window.renders[flag] ?? []), value];
      return createElement("p", { id: flag }, typeof value === "string" ? value : "json");
    };
    const limits = { max: 0 };
    const App = (props: object) =>
      createElement(
        FlagsProvider,
        {
          clientSideId: "any",
          context: { kind: "user", key },
          options: { baseUri, reconnectDelayMs: 50 },
          bootstrap,
          suspend,
          fallback: createElement("p", { id: "wait" }, "waiting"),
          ...props,
        },
        createElement(Shown, { flag: "one", fallback: "fallback" }),
        createElement(Shown, { flag: "two", fallback: "fallback" }),
        createElement(Shown, { flag: "limits", fallback: limits }),
      );
    // React mounts twice only what is in strict mode from the root on.
    const Mode = strict === true ? StrictMode : Fragment;
    const inMode = (props: object) => createElement(Mode, null, createElement(App, props));
    const root = document.querySelector("main") as HTMLElement;
    if (hydrate === true) hydrateRoot(root, inMode({}));
    else {
      const rendered = createRoot(root);
      window.show = (props) =>
        "nothing" in props ? rendered.unmount() : rendered.render(inMode(props));
      window.show({});
    }
  }, given);
}

const untilShown = (page: Page, flag: string, wanted: string) =>
  page.waitForFunction(
    ([id, value]) => document.querySelector(`#${id}`)?.textContent === value,
    [flag, wanted],
  );
const renders = (page: Page) => page.evaluate(() => window.renders);

const both = (one: string, two: string, version = 1) => ({
  one: result(one, version),
  two: result(two, version),
  limits: result({ max: 3 }, version),
});

describe("flags in React", () => {
  it("render anew only the component whose flag changed", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", both("old", "old"));
    await using visited = await visit();
    const { page } = visited;
    await mount(page, { baseUri: flags.url });
    await untilShown(page, "one", "old");

    flags.say("patch", { key: "one", ...result("new", 2) });
    await untilShown(page, "one", "new");
    flags.say("put", both("new", "newest", 3));
    await untilShown(page, "two", "newest");

    expect(await renders(page)).toEqual({
      one: ["fallback", "old", "new"],
      two: ["fallback", "old", "newest"],
      limits: [{ max: 0 }, { max: 3 }],
    });
  });

  it("open one stream in strict mode, and close it with the provider", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", both("old", "old"));
    await using visited = await visit();
    const { page, said } = visited;
    await mount(page, { baseUri: flags.url, strict: true });
    await untilShown(page, "one", "old");
    flags.say("patch", { key: "one", ...result("new", 2) });
    await untilShown(page, "one", "new");

    const [first, again] = (await renders(page))["one"] ?? [];
    expect([first, again]).toEqual(["fallback", "fallback"]);
    expect(flags.opened).toBe(1);
    await page.evaluate(() => window.show({ nothing: true }));
    await flags.until(() => flags.openStreams === 0);

    expect(flags.opened).toBe(1);
    expect(said).toEqual([]);
  });

  it("switch to another context without a flash, and count what it is shown", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", both("for ada", "same"));
    await using visited = await visit();
    const { page } = visited;
    await mount(page, { baseUri: flags.url });
    await untilShown(page, "one", "for ada");

    await page.evaluate(() => window.show({ context: { kind: "user", key: "bob" } }));
    await flags.until(() => flags.opened === 2);
    expect(await page.textContent("#one")).toBe("for ada");
    flags.say("put", both("for bob", "same"), "bob");
    await untilShown(page, "one", "for bob");
    await page.evaluate(() => window.show({ nothing: true }));
    await flags.until(() => flags.openStreams === 0);
    const summaries = () => flags.events.filter(({ kind }) => kind === "summary");
    await flags.until(() => summaries().length === 2);

    // Its last render for Ada is the one in which the context changed.
    expect(await renders(page)).toMatchObject({
      one: ["fallback", "for ada", "for ada", "for bob"],
      two: ["fallback", "same", "same"],
    });
    const once = { counters: [{ count: 1 }] };
    expect(summaries()).toMatchObject([
      { context: { key: "ada" }, features: { one: once, two: once, limits: once } },
      { context: { key: "bob" }, features: { one: once, two: once, limits: once } },
    ]);
  });

  it("wait for the first values where they are told to", async () => {
    await using flags = await ScriptedFlags.start();
    await using visited = await visit();
    const { page } = visited;
    await mount(page, { baseUri: flags.url, suspend: true });
    await untilShown(page, "wait", "waiting");
    await flags.until(() => flags.openStreams === 1);

    flags.say("put", both("old", "old"));
    await untilShown(page, "one", "old");

    expect((await renders(page))["one"]).toEqual(["old"]);
    expect(flags.opened).toBe(1);
  });

  it("hydrate what the server rendered, without a warning or a flicker, and then live", async () => {
    await using flags = await ScriptedFlags.start();
    await using visited = await visit();
    const { page, said } = visited;
    const bootstrap = { one: "from the server", two: "from the server", limits: { max: 9 } };
    site.body = rendered(bootstrap);
    await page.reload();
    site.body = "";
    const shown = page.locator("#one");
    expect(await shown.textContent()).toBe("from the server");

    await mount(page, { baseUri: flags.url, hydrate: true, bootstrap });
    await flags.until(() => flags.openStreams === 1);
    flags.say("put", both("live", "from the server", 2));
    await untilShown(page, "one", "live");

    expect(await renders(page)).toMatchObject({
      one: ["from the server", "live"],
      two: ["from the server"],
    });
    expect(said).toEqual([]);
  });

  it("hydrate what a server without flags rendered, although the browser has some cached", async () => {
    await using flags = await ScriptedFlags.start();
    flags.puts.set("ada", both("cached", "cached"));
    await using visited = await visit();
    const { page, said } = visited;
    await mount(page, { baseUri: flags.url });
    await untilShown(page, "one", "cached");
    site.body = rendered(undefined);
    await page.reload();
    site.body = "";

    await mount(page, { baseUri: flags.url, hydrate: true });
    await untilShown(page, "one", "cached");

    expect((await renders(page))["one"]).toEqual(["fallback", "cached"]);
    expect(said.filter((line) => !line.startsWith("halyard:"))).toEqual([]);
  });

  it("come from a client that the app made", () => {
    const client = init(
      "any",
      { kind: "user", key: "ada" },
      {
        bootstrap: { one: "given" },
        sendEvents: false,
      },
    );

    const html = renderToString(
      createElement(FlagsProvider, { client }, createElement(Shown, { flag: "one" })),
    );

    expect(html).toBe('<p id="one">given</p>');
    return client.close();
  });

  it("say what is missing where there is no provider", () => {
    expect(() => renderToString(createElement(Shown, { flag: "one" }))).toThrow(/<FlagsProvider>/);
  });
});

function Shown({ flag }: { flag: string }) {
  const value: unknown = useFlag(flag, "fallback");
  return createElement("p", { id: flag }, typeof value === "string" ? value : "json");
}

/** The same page as `mount` makes, by the server. */
function rendered(bootstrap: object | undefined): string {
  return renderToString(
    createElement(
      FlagsProvider,
      {
        clientSideId: "any",
        context: { kind: "user", key: "ada" },
        bootstrap: bootstrap ?? undefined,
      },
      createElement(Shown, { flag: "one" }),
      createElement(Shown, { flag: "two" }),
      bootstrap === undefined
        ? createElement("p", { id: "limits" }, "json")
        : createElement(Shown, { flag: "limits" }),
    ),
  );
}
