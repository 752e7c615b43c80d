import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is; the test command installs it, or says how. */
export function browserPath(): string {
  const path = process.env["HALYARD_CHROMIUM"] ?? places.find((place) => existsSync(place));
  if (path === undefined) throw new Error("no Chromium found; set HALYARD_CHROMIUM to its path");
  return path;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
