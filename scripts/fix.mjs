// Formats and repairs what the linter can repair by itself.
import { spawnSync } from "node:child_process";

process.exit(
  spawnSync("pnpm", ["exec", "biome", "check", "--write", "."], { stdio: "inherit" }).status ?? 1,
);
