import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** The sources of a Go module, such as `example.com/tool@v1.0.0`, to build in; undefined where Go cannot fetch it. */
export function moduleSources(module: string, folder: string): string | undefined {
  const downloaded = spawnSync("go", ["mod", "download", "-json", module], { encoding: "utf8" });
  if (downloaded.status !== 0) return undefined;
  const { Dir } = z.object({ Dir: z.string() }).parse(JSON.parse(downloaded.stdout));
  const sources = path.join(folder, "sources");
  cpSync(Dir, sources, { recursive: true });
  run("chmod", ["-R", "u+w", sources]);
  return sources;
}

/** Runs a program that has to succeed. */
export function run(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? stderr}`);
}
