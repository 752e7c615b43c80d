import { afterAll, expect, it } from "vitest";
import { AdminUi } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

it("runs no script and draws no style that stands in the page itself", async () => {
  await using opened = await ui.open("/p/web-shop/flags", {
    expected: [/Content Security Policy/u],
  });
  const { page } = opened;

  const result = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.hasRun = true";
    document.head.append(script);
    const style = document.createElement("style");
    style.textContent = "body { opacity: 0.5 }";
    document.head.append(style);
    return { hasRun: "hasRun" in window, opacity: getComputedStyle(document.body).opacity };
  });

  expect(result).toEqual({ hasRun: false, opacity: "1" });
});

it("names the policy with every page, and keeps the parts for a year", async () => {
  const page = await fetch(`${ui.url}/p/web-shop/flags`);
  const [, part = ""] = /src="(\/assets\/[^"]+\.js)"/u.exec(await page.text()) ?? [];
  const asset = await fetch(ui.url + part);

  expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
  expect(page.headers.get("cache-control")).not.toContain("immutable");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

it("sends the parts compressed to whoever takes that", async () => {
  const page = await (await fetch(`${ui.url}/p/web-shop/flags`)).text();
  const [, part = ""] = /src="(\/assets\/[^"]+\.js)"/u.exec(page) ?? [];
  const asked = (encoding: string) =>
    fetch(ui.url + part, { headers: { "accept-encoding": encoding } });
  const answers = await Promise.all(["br", "gzip", "identity"].map(asked));
  const texts = await Promise.all(answers.map((answer) => answer.text()));

  expect(answers.map(({ headers }) => headers.get("content-encoding"))).toEqual([
    "br",
    "gzip",
    null,
  ]);
  expect(new Set(texts).size).toBe(1);
  expect(answers.map(({ headers }) => headers.get("vary"))).toEqual(
    answers.map(() => "accept-encoding"),
  );
});
