import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const dist = "packages/admin-ui/dist";
const stamp = path.join(dist, ".built-from");
/** The UI is bundled with these packages' sources. */
const sources = ["packages/admin-ui", "packages/evaluation/src", "packages/instructions/src"];

/** Builds the admin UI unless the one in dist was made from these very sources; false if it fails. */
export function ensureAdminUi() {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return true;
  process.stderr.write("halyard: building the admin UI (about 10 s)\n");
  const build = spawnSync("pnpm", ["--filter", "@halyard/admin-ui", "run", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (build.status !== 0) {
    process.stderr.write(
      `${build.stdout}${build.stderr}\nhalyard: the admin UI could not be built\n`,
    );
    return false;
  }
  writeFileSync(stamp, wanted);
  return true;
}

function fingerprint() {
  const hash = createHash("sha256").update(readFileSync("pnpm-lock.yaml"));
  for (const source of sources) {
    for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (!entry.isFile() || /node_modules|\/dist\/|\.test\./u.test(file)) continue;
      hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}
