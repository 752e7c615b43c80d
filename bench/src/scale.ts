// What 10,000 flags cost: time from a cold SDK to its first evaluation, and the memory of server and
// SDKs, ours beside LaunchDarkly's, each in a process of its own. A folder with flags made by others
// may be given; without it the generated ones are measured alone.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Management, ServerProcess } from "@halyard/test";
import { parse } from "yaml";

const flagCount = 10_000;
const chunk = 1000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

await measure("generated", "flagd", generatedFlags());
const [folder = ""] = process.argv.slice(2);
const given = path.join(folder, "go-feature-flag/10000-flags.yaml.gz");
if (folder === "" || !existsSync(given)) {
  say("scale: no folder with a 10,000-flag file given; measured the generated flags alone");
} else {
  const flags = parse(gunzipSync(readFileSync(given)).toString()) as Record<string, object>;
  await measure("go-feature-flag", "go-feature-flag", flags);
}

async function measure(
  name: string,
  format: "flagd" | "go-feature-flag",
  flags: Record<string, object>,
): Promise<void> {
  await using server = await ServerProcess.start();
  const management = new Management(server.url);
  await management.createProject("scale", ["production"]);
  const started = performance.now();
  const { taken, refused } = await importAll(management, format, flags);
  const importedInMs = performance.now() - started;
  const sdkKey = await management.sdkKey("scale", "production");
  const [first = ""] = taken;
  say(
    `${name}: ${taken.length} flags imported in ${(importedInMs / 1000).toFixed(1)} s, ${refused} refused`,
  );
  const ours = client("ours", server.url, sdkKey, first);
  const theirs = client("theirs", server.url, sdkKey, first);
  for (const [label, run] of [
    ["Halyard SDK", ours],
    ["LaunchDarkly SDK", theirs],
  ] as const) {
    say(
      `  ${label.padEnd(18)}first evaluation ${run.firstEvaluationMs.toFixed(0)} ms, ${run.memoryMiB.toFixed(1)} MiB more`,
    );
  }
  const ratio = ours.firstEvaluationMs / theirs.firstEvaluationMs;
  say(
    `  ratio of the first evaluations: ${ratio.toFixed(2)}; server: ${residentMiB(server.pid)} MiB resident`,
  );
}

async function importAll(
  management: Management,
  format: "flagd" | "go-feature-flag",
  flags: Record<string, object>,
): Promise<{ taken: string[]; refused: number }> {
  const taken: string[] = [];
  let refused = 0;
  const all = Object.entries(flags);
  for (let from = 0; from < all.length; from += chunk) {
    const part = Object.fromEntries(all.slice(from, from + chunk));
    const documents = { flags: format === "flagd" ? { flags: part } : part };
    const report = await management.import("scale", {
      format,
      environmentKey: "production",
      documents,
    });
    taken.push(...[...report.taken, ...report.approximated].map(({ key }) => key));
    refused += report.refused.length;
  }
  return { taken, refused };
}

interface ClientRun {
  readonly firstEvaluationMs: number;
  readonly memoryMiB: number;
}

/** Runs an SDK in a process of its own, so that nobody's memory counts for another's. */
function client(which: "ours" | "theirs", url: string, sdkKey: string, flag: string): ClientRun {
  const script = path.join(import.meta.dirname, "scale-client.ts");
  const args = ["--expose-gc", script, which, url, sdkKey, flag];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as ClientRun;
}

function residentMiB(pid: number | undefined): string {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kib = Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]);
  return (kib / 1024).toFixed(0);
}

function generatedFlags(): Record<string, object> {
  const flag = (index: number) => ({
    state: index % 10 === 0 ? "DISABLED" : "ENABLED",
    variants: { old: `old-${index}`, new: `new-${index}`, control: "control" },
    defaultVariant: index % 3 === 0 ? "new" : "old",
    ...(index % 2 === 0
      ? { targeting: { if: [{ "==": [{ var: "country" }, `C${index % 50}`] }, "new", "old"] } }
      : {}),
  });
  return Object.fromEntries(
    Array.from({ length: flagCount }, (_, index) => [`flag-${index}`, flag(index)]),
  );
}
