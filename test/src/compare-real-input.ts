// Imports flags made by others and compares what both SDKs make of them. The folder comes as the
// argument; without it there is nothing to compare, and that is said.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { compareSdks } from "./comparison.ts";
import { generateContexts } from "./contexts.ts";
import { type ImportReport, Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [folder = ""] = process.argv.slice(2);

if (folder === "" || !existsSync(folder)) {
  say(`compare: no folder "${folder}" with real input; nothing compared`);
} else {
  process.exitCode = (await compareFolder(folder)) ? 0 : 1;
}

async function compareFolder(from: string): Promise<boolean> {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(from, file), "utf8"));
  await using server = await ServerProcess.start();
  const management = new Management(server.url);

  const export_ = {
    flags: read("launchdarkly/get_flags.json"),
    segments: read("launchdarkly/get_segments.json"),
    environments: read("launchdarkly/get_environments.json"),
    project: read("launchdarkly/get_project.json"),
  };
  const launchDarkly = await compareImport(server, management, "launchdarkly", export_);
  const flagd = await compareImport(server, management, "flagd", {
    flags: read("flagd/opentelemetry-demo.flagd.json"),
  });
  return launchDarkly && flagd;
}

async function compareImport(
  server: ServerProcess,
  management: Management,
  format: "launchdarkly" | "flagd",
  documents: object,
): Promise<boolean> {
  const environments = ["production", "test"];
  await management.createProject(format, environments);
  const report = await management.import(format, {
    format,
    documents,
    ...(format === "flagd" ? { environmentKey: "production" } : {}),
  });
  tell(format, report);
  const keys = importedFlags(report);
  let differences = 0;
  for (const environment of environments) {
    const sdkKey = await management.sdkKey(format, environment);
    const result = await compareSdks({ url: server.url, sdkKey }, keys, generateContexts(1000));
    differences += result.differences.length;
    say(
      `compare: ${format}/${environment}: ${result.compared} evaluations, ${result.differences.length} differences`,
    );
    for (const difference of result.differences.slice(0, 3)) say(JSON.stringify(difference));
  }
  return differences === 0 && keys.length > 0;
}

function importedFlags({ taken, approximated }: ImportReport): string[] {
  const keys = [...taken, ...approximated].filter(({ kind }) => kind === "flag");
  return [...new Set(keys.map(({ key }) => key))];
}

function tell(format: string, { taken, approximated, refused }: ImportReport): void {
  const counts = [
    `${taken.length} taken`,
    `${approximated.length} approximated`,
    `${refused.length} refused`,
  ];
  say(`compare: ${format}: ${counts.join(", ")}`);
  for (const { kind, key, why } of refused) say(`  refused ${kind} ${key}: ${why}`);
}
