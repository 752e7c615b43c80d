// All static checks, one after the other; stops at the first that fails.
import { spawnSync } from "node:child_process";

for (const part of ["style", "types", "promises", "layers", "unused"]) {
  process.stderr.write(`halyard: check:${part}\n`);
  const { status } = spawnSync("pnpm", ["--silent", "run", `check:${part}`], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
