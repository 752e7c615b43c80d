import { defineConfig } from "@playwright/test";
import { browserPath } from "../browser.ts";

export default defineConfig({
  testMatch: "*.spec.ts",
  workers: 2,
  fullyParallel: true,
  reporter: "json",
  outputDir: "../../node_modules/.playwright",
  use: {
    baseURL: process.env["SHOP_URL"] ?? "http://127.0.0.1:3000",
    launchOptions: {
      executablePath: browserPath(),
      args: ["--no-sandbox", "--disable-gpu"],
    },
  },
});
