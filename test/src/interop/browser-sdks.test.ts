import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../browser.ts";
import { expectedValues, ServedFlags, until } from "./served-flags.ts";

const flags = await ServedFlags.start();
const browser = await launchBrowser();
let site: Server;

beforeAll(async () => {
  site = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>A shop</title>");
  });
  await once(site.listen(0, "127.0.0.1"), "listening");
});

afterAll(async () => {
  await browser.close();
  site.close();
  await flags[Symbol.asyncDispose]();
});

beforeEach(() => flags.serve("text", 0));

async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`pages/${name}.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** A page of another origin, with an SDK that is started for Ada. */
async function pageWith(name: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
  const { url, clientSideId } = flags;
  await page.evaluate(
    (settings) => {
      window.settings = settings;
    },
    { url, clientSideId },
  );
  await page.addScriptTag({ content: await bundled(name) });
  await page.evaluate(async () => void (await window.sdk));
  return page;
}

const detail = (page: Page, key: string) =>
  page.evaluate(async (wanted) => (await window.sdk).detail(wanted), key);

async function valueOnceItIs(page: Page, wanted: string): Promise<unknown> {
  const { value } = await until(
    () => detail(page, "text"),
    (found) => found.value === wanted,
  );
  return value;
}

describe.each([
  "older-browser-sdk",
  "newer-browser-sdk",
  "newer-browser-sdk-data-system",
  "react-sdk",
])("the %s", (name) => {
  it("gets every kind of value, with its reason", async () => {
    const page = await pageWith(name);

    for (const [key, value] of Object.entries(expectedValues)) {
      expect(await detail(page, key)).toMatchObject({
        value,
        variationIndex: 0,
        reason: { kind: "FALLTHROUGH" },
      });
    }
    await page.close();
  });

  it("sees a flip without a reload, and another context's results", async () => {
    const page = await pageWith(name);

    await flags.serve("text", 1);
    expect(await valueOnceItIs(page, "new")).toBe("new");
    await flags.serve("text", 0);
    expect(await valueOnceItIs(page, "old")).toBe("old");
    await page.evaluate(async () => (await window.sdk).identify({ kind: "user", key: "grace" }));

    expect(await detail(page, "text")).toMatchObject({
      value: "new",
      reason: { kind: "TARGET_MATCH" },
    });
    await page.close();
  });

  it("has its evaluations counted exactly", async () => {
    const before = await flags.evaluations("number", 0);
    const page = await pageWith(name);

    await page.evaluate(async () => {
      const sdk = await window.sdk;
      for (let count = 0; count < 20; count += 1) sdk.detail("number");
      await sdk.flush();
    });

    expect(await flags.evaluations("number", before + 20)).toBe(before + 20);
    await page.close();
  });

  it("goes on while the server is gone, and recovers", async () => {
    const page = await pageWith(name);

    await flags.kill();
    expect(await detail(page, "text")).toMatchObject({ value: "old" });
    await flags.restart();
    await flags.serve("text", 1);

    expect(await valueOnceItIs(page, "new")).toBe("new");
    await page.close();
  });
});

it("React renders anew what has changed", async () => {
  const page = await pageWith("react-sdk");
  const text = page.locator("#text");
  expect(await text.textContent()).toBe("old");

  await flags.serve("text", 1);

  expect(
    await until(
      () => text.textContent(),
      (found) => found === "new",
    ),
  ).toBe("new");
  await page.close();
});
