import { existsSync } from "node:fs";
import { installDebianPackage } from "./debian.mjs";

/** Fetches nginx for the test behind a proxy; where it cannot be had, that test says so and is left out. */
export function fetchNginx() {
  if (existsSync("/usr/sbin/nginx")) return;
  process.stderr.write("halyard: installing nginx for the test behind a proxy (once)\n");
  if (installDebianPackage("nginx-light")) return;
  process.stderr.write("halyard: there is no nginx, so the test behind a proxy is left out\n");
}
