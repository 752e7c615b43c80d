import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { installDebianPackage } from "./debian.mjs";

const version = "8.2.0";
const folder = "node_modules/.peers";

/** Fetches Unleash and the PostgreSQL that it needs, which are too large to come with everything else. */
export function ensureUnleash() {
  if (!existsSync("/usr/lib/postgresql")) {
    process.stderr.write("halyard: installing PostgreSQL for Unleash (once)\n");
    if (!installDebianPackage("postgresql")) {
      process.stderr.write("halyard: Unleash needs Debian's package postgresql; install it\n");
      return false;
    }
  }
  if (existsSync(`${folder}/node_modules/unleash-server`)) return true;
  process.stderr.write(`halyard: fetching unleash-server ${version} (once, about a minute)\n`);
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", [...args, `unleash-server@${version}`], { stdio: "inherit" });
  return status === 0;
}
