import { afterAll, expect, it } from "vitest";
import { ServerProcess } from "../server-process.ts";
import { AdminUi, axeFindings } from "./page.ts";

const ui = await AdminUi.start();
afterAll(() => ui[Symbol.asyncDispose]());

it("says since when there is no link and keeps what is shown, until the server is back", async () => {
  await using opened = await ui.open("/p/web-shop/flags", {
    expected: [/WebSocket connection/u, /ERR_/u],
  });
  const { page } = opened;
  const link = page.getByRole("banner").getByText("Live", { exact: true });
  await link.waitFor();

  await ui.server.stop();
  const banner = page.getByText(/^Not connected since \d\d:\d\d\. .* Apps keep their flags\.$/u);
  await banner.waitFor();
  expect(await page.getByRole("link", { name: "Checkout redesign" }).count()).toBe(1);
  expect(await axeFindings(page)).toEqual([]);
  const { port, dataFolder } = ui.server;
  const again = await ServerProcess.start({ port, dataFolder, seed: "demo" });
  await banner.waitFor({ state: "detached" });

  await link.waitFor();
  await again.kill();
}, 60_000);
