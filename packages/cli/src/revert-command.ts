import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import type { Terminal } from "./terminal.ts";

const log = "/api/v2/auditlog";

const Entry = z.object({
  title: z.string(),
  date: z.int(),
  kind: z.string(),
  target: z.object({ resources: z.array(z.string()) }),
  delta: z.array(z.object({ path: z.string() })),
});
type Entry = z.infer<typeof Entry>;
const Later = z.object({ items: z.array(z.object({ _id: z.string(), title: z.string() })) });
const Restored = z.object({
  changes: z.array(z.object({ words: z.array(z.string()) })),
  notRestored: z.array(z.string()),
});

interface RevertOptions extends ConnectionOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function revertCommand(terminal: Terminal): Command {
  return new Command("revert")
    .argument("<audit id>")
    .description("make a flag or segment what it was before a change; see: halyard audit list")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("-y, --yes", "take back what came after the change, too")
    .addHelpText("after", "\nExample: halyard revert 5f3c6a1e-0b7d-4c52-9a39-6f0f1c2b7d11")
    .action(async (id: string, _, command: Command) => {
      const options = command.optsWithGlobals<RevertOptions>();
      const connection = new Connection(options, terminal.environment);
      const entry = Entry.parse(await connection.get(`${log}/${encodeURIComponent(id)}`));
      const { url, environmentKey } = placeOf(entry);
      if (options.yes !== true && options.dryRun !== true) {
        await refuseLater(connection, entry, id);
      }
      const body = { auditId: id, ...(options.dryRun === true ? { dryRun: true } : {}) };
      const restored = Restored.parse(
        await connection.post(
          url,
          environmentKey === undefined ? body : { ...body, environmentKey },
        ),
      );
      if (terminal.isJson) return terminal.out(JSON.stringify(restored));
      const words = restored.changes.flatMap((change) => change.words);
      for (const line of words) terminal.out(line);
      if (words.length === 0) terminal.out("nothing to do: it is as it was");
      for (const left of restored.notRestored) terminal.talk(`stays as it is: ${left}\n`);
    });
}

/** What brings the thing back, and the environment where nothing else was changed. */
function placeOf({ kind, target, delta }: Entry): { url: string; environmentKey?: string } {
  const steps = new Map(
    (target.resources[0] ?? "").split(":").map((step): [string, string] => {
      const [name = "", ...key] = step.split("/");
      return [name, encodeURIComponent(key.join("/"))];
    }),
  );
  const [project, flag, segment] = [steps.get("proj"), steps.get("flag"), steps.get("segment")];
  const base = `/api/v2/projects/${project}`;
  if (kind === "segment" && segment !== undefined) {
    return { url: `${base}/environments/${steps.get("env")}/segments/${segment}/restore` };
  }
  if (kind !== "flag" || flag === undefined) {
    throw new CommandError(
      `the entry is of a ${kind}; flags and segments can be reverted`,
      exitCode.usage,
    );
  }
  const changed = delta.map(({ path }) => /^\/environments\/([^/]+)\//u.exec(path)?.[1]);
  const [environmentKey] = changed;
  const isOfOne = environmentKey !== undefined && new Set(changed).size === 1;
  return { url: `${base}/flags/${flag}/restore`, ...(isOfOne ? { environmentKey } : {}) };
}

/** What came after the change would go too, which somebody has to want. */
async function refuseLater(connection: Connection, entry: Entry, id: string): Promise<void> {
  const [resource = ""] = entry.target.resources;
  const query = new URLSearchParams({ spec: resource, after: String(entry.date), limit: "10" });
  const { items } = Later.parse(await connection.get(`${log}?${query}`));
  const at = items.findIndex(({ _id }) => _id === id);
  // Where it is not among the newest, all of those came after it.
  const later = at < 0 ? items : items.slice(0, at);
  if (later.length === 0) return;
  const titles = later.map(({ title }) => `  ${title}`).join("\n");
  throw new CommandError(
    `it has been changed since, which would be taken back too; add --yes if you want that:\n${titles}`,
    exitCode.needsAction,
  );
}
