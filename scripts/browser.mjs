import { existsSync } from "node:fs";
import { installDebianPackage } from "./debian.mjs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Makes sure that a browser for the UI's tests is there; false, with advice, where it cannot be had. */
export function ensureBrowser() {
  if (process.env.HALYARD_CHROMIUM !== undefined || places.some((place) => existsSync(place)))
    return true;
  process.stderr.write("halyard: installing Chromium for the UI's tests (about a minute, once)\n");
  if (installDebianPackage("chromium")) return true;
  process.stderr.write(
    "halyard: the UI's tests need Chromium. Install it (Debian: apt-get install chromium), or set HALYARD_CHROMIUM to a browser's path.\n",
  );
  return false;
}
