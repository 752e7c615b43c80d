import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Makes sure that a browser for the UI's tests is there; false, with advice, where it cannot be had. */
export function ensureBrowser() {
  if (process.env.HALYARD_CHROMIUM !== undefined || places.some((place) => existsSync(place)))
    return true;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stderr.write(
      "halyard: installing Chromium for the UI's tests (about a minute, once)\n",
    );
    const apt = (...args) =>
      spawnSync("apt-get", args, {
        stdio: ["ignore", "ignore", 2],
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    apt("update");
    if (apt("install", "-y", "chromium").status === 0) return true;
  }
  process.stderr.write(
    "halyard: the UI's tests need Chromium. Install it (Debian: apt-get install chromium), or set HALYARD_CHROMIUM to a browser's path.\n",
  );
  return false;
}
