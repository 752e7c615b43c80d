import { existsSync } from "node:fs";
import { installDebianPackage } from "./debian.mjs";

const peers = [
  { file: "/usr/sbin/nginx", name: "nginx-light", test: "the test behind a proxy" },
  {
    file: "/usr/bin/redis-server",
    name: "redis-server",
    test: "the test of big segments in Redis",
  },
];

/** Fetches the servers that tests run beside ours; where one cannot be had, its test is left out, and that is said. */
export function fetchPeers() {
  for (const { file, name, test } of peers) {
    if (existsSync(file)) continue;
    process.stderr.write(`halyard: installing ${name} for ${test} (once)\n`);
    if (!installDebianPackage(name))
      process.stderr.write(`halyard: there is no ${name}, so ${test} is left out\n`);
  }
}
