// Lets ld-find-code-refs, LaunchDarkly's own scanner, look for flags in a repository and upload what it
// finds, with nothing changed but the host. Where it cannot be built, that is said.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { moduleSources, run } from "./go-module.ts";
import { Management } from "./management.ts";
import { bootstrapToken, ServerProcess } from "./server-process.ts";

const module = "github.com/launchdarkly/ld-find-code-refs/v2@v2.13.0";
const say = (line: string): void => void process.stdout.write(`scanner: ${line}\n`);
const folder = mkdtempSync(path.join(tmpdir(), "halyard-scanner-"));
/** More than a page of them: the scanner asks for the first one only. */
const flagCount = 45;

try {
  const scanner = buildScanner();
  if (scanner !== undefined) process.exitCode = (await scan(scanner)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function buildScanner(): string | undefined {
  const sources = moduleSources(module, folder);
  if (sources === undefined) {
    say(`nothing checked, for Go cannot fetch ${module}`);
    return undefined;
  }
  const program = path.join(folder, "scanner");
  run("go", ["build", "-C", sources, "-mod=mod", "-o", program, "./cmd/ld-find-code-refs"]);
  return program;
}

/** A repository whose second commit drops the last mention of a flag. */
function writeRepository(): string {
  const repository = path.join(folder, "shop");
  const git = (...args: string[]) => run("git", ["-C", repository, ...args]);
  const write = (name: string, text: string) => writeFileSync(path.join(repository, name), text);
  mkdirSync(repository);
  git("init", "--quiet", "--initial-branch=main");
  git("config", "user.email", "ada@example.com");
  git("config", "user.name", "Ada");
  write("cart.js", 'if (flag("flag-0")) go();\n');
  write("banner.js", 'show("flag-1");\n');
  write("late.js", `show("flag-${flagCount - 1}");\n`);
  git("add", ".");
  git("commit", "--quiet", "--message", "Show a banner");
  write("banner.js", "show();\n");
  git("commit", "--quiet", "--all", "--message", "Drop the banner");
  return repository;
}

async function scan(scanner: string): Promise<boolean> {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("shop", ["production"]);
  for (let index = 0; index < flagCount; index += 1) {
    await management.createFlag("shop", `flag-${index}`, ["on", "off"]);
  }
  const place = ["--dir", writeRepository(), "--repoName", "shop", "--projKey", "shop"];
  run(scanner, ["--accessToken", bootstrapToken, "--baseUri", server.url, ...place]);
  const found = { named: await namedFlags(management), extinct: await extinctFlags(management) };
  const wanted = { named: ["flag-0", `flag-${flagCount - 1}`], extinct: ["flag-1"] };
  say(`${JSON.stringify(found)}, of ${flagCount} flags`);
  if (isDeepStrictEqual(found, wanted)) return true;
  say(`wanted ${JSON.stringify(wanted)}`);
  return false;
}

async function namedFlags(management: Management): Promise<string[]> {
  const answer = await management.ask("GET", "/api/v2/code-refs/statistics/shop");
  const { flags } = z.object({ flags: z.record(z.string(), z.unknown()) }).parse(answer);
  return Object.keys(flags).sort();
}

async function extinctFlags(management: Management): Promise<string[]> {
  const answer = await management.ask("GET", "/api/v2/code-refs/extinctions?repoName=shop");
  const Extinction = z.object({ flagKey: z.string() });
  const { items } = z.object({ items: z.record(z.string(), z.array(Extinction)) }).parse(answer);
  return Object.values(items).flatMap((list) => list.map(({ flagKey }) => flagKey));
}
