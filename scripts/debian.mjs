import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Installs a package of Debian where that is possible; false where it is not. */
export function installDebianPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const apt = (...args) =>
    spawnSync("apt-get", args, {
      stdio: ["ignore", "ignore", 2],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  apt("update");
  return apt("install", "-y", "--no-install-recommends", name).status === 0;
}
