// Holds LaunchDarkly's server SDKs of other languages beside ours, over the same flags and contexts.
// A language that the machine has not, or whose SDK cannot be fetched, is left out, and that is said.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { init } from "@halyard/sdk";
import { generateContexts } from "./contexts.ts";
import { everyFeature } from "./every-feature.ts";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const fallback = "the application's own";
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const sources = fileURLToPath(new URL("../languages", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "halyard-languages-"));

interface Language {
  readonly name: string;
  /** Makes what is to be run; undefined, with a reason said, where that cannot be. */
  readonly prepare: () => readonly string[] | undefined;
}

const languages: readonly Language[] = [
  {
    name: "Python",
    prepare: () => {
      const python = path.join(folder, "venv/bin/python");
      const isThere =
        ran("Python", ["python3", "-m", "venv", path.join(folder, "venv")]) &&
        ran("Python", [python, "-m", "pip", "install", "-q", "-r", `${sources}/requirements.txt`]);
      return isThere ? [python, `${sources}/evaluate.py`] : undefined;
    },
  },
  {
    name: "Go",
    prepare: () => {
      const program = path.join(folder, "evaluate");
      const isThere = ran("Go", ["go", "build", "-C", `${sources}/go`, "-o", program, "."]);
      return isThere ? [program] : undefined;
    },
  },
];

try {
  process.exitCode = (await compareLanguages()) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compareLanguages(): Promise<boolean> {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("features", ["production"]);
  const documents = everyFeature("production");
  const options = { format: "launchdarkly", environmentKey: "production", documents };
  const { taken } = await management.import("features", options);
  const sdkKey = await management.sdkKey("features", "production");
  const flags = taken.filter(({ kind }) => kind === "flag").map(({ key }) => key);
  // Users of the older shape have no kind; other languages' SDKs no longer take them.
  const contexts = generateContexts(2000)
    .filter((context) => "kind" in context)
    .filter(isUnderstood)
    .slice(0, 1000);
  const expected = await answersOfOurs({ url: server.url, sdkKey }, flags, contexts);
  const questions = path.join(folder, "questions.json");
  writeFileSync(questions, JSON.stringify({ contexts, flags, fallback }));
  let isEqual = true;
  for (const { name, prepare } of languages) {
    const command = prepare();
    if (command === undefined) continue;
    const answers = path.join(folder, `${name}.json`);
    const [program = "", ...args] = [...command, server.url, sdkKey, questions, answers];
    const { status } = spawnSync(program, args, { stdio: ["ignore", 2, 2] });
    const given = status === 0 ? (JSON.parse(readFileSync(answers, "utf8")) as unknown[]) : [];
    const differences = expected.filter((answer, at) => answer !== canonical(given[at]));
    say(
      `languages: ${name}: ${given.length} evaluations (${contexts.length} contexts, ${flags.length} flags), ${differences.length} differences`,
    );
    isEqual &&= differences.length === 0 && given.length === expected.length;
  }
  return isEqual;
}

async function answersOfOurs(
  { url, sdkKey }: { url: string; sdkKey: string },
  flags: readonly string[],
  contexts: readonly object[],
): Promise<readonly string[]> {
  await using client = init(sdkKey, { baseUri: url, sendEvents: false });
  await client.waitForInitialization({ timeout: 20 });
  return contexts.flatMap((context) =>
    flags.map((flag) => canonical(client.variationDetail(flag, context, fallback))),
  );
}

/** Some contexts are broken on purpose: what the SDKs' types would refuse is not asked here. */
function isUnderstood(context: object): boolean {
  const parts = "kind" in context && context.kind === "multi" ? Object.values(context) : [context];
  const individuals = parts.filter((part) => typeof part === "object" && part !== null);
  return (
    individuals.length > 0 &&
    individuals.every((one) => "key" in one && typeof one.key === "string" && one.key !== "") &&
    !("kind" in context && context.kind === "kind")
  );
}

function canonical(answer: unknown): string {
  const { value, variationIndex, reason } = answer as Record<string, unknown>;
  const members = { value, variationIndex: variationIndex ?? null, reason };
  return JSON.stringify(members, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function ran(name: string, [program = "", ...args]: readonly string[]): boolean {
  const { status, error, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status === 0) return true;
  const why = error?.message ?? stderr.trim().split("\n").at(-1);
  say(`languages: ${name} is left out: ${why}`);
  return false;
}
