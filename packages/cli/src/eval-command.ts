import { Command } from "commander";
import { z } from "zod";
import { CommandError, exitCode } from "./command-error.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { getFlag } from "./flag-commands.ts";
import type { Terminal } from "./terminal.ts";

const Step = z.looseObject({ kind: z.string() });
const Evaluations = z.object({
  items: z.array(
    z.object({
      _value: z.json(),
      reason: z.looseObject({ kind: z.string() }),
      steps: z.array(Step),
    }),
  ),
});

interface EvalOptions extends ConnectionOptions {
  readonly env: string;
  readonly user?: string;
  readonly context?: string;
  readonly expect?: string;
}

export function evalCommand(terminal: Terminal): Command {
  return new Command("eval")
    .argument("<flag>")
    .description("what a context gets from a flag, and why")
    .requiredOption("-e, --env <key>", "the environment")
    .option("--user <key>", "a context of kind user with this key")
    .option("--context <json>", "the whole context")
    .option("--expect <value>", "end with 1 where the value is another")
    .addHelpText(
      "after",
      `\nExample: halyard eval checkout -e production --context '{"kind":"user","key":"ada","country":"DE"}'`,
    )
    .action(async (flag: string, _, command: Command) => {
      const options = command.optsWithGlobals<EvalOptions>();
      const connection = new Connection(options, terminal.environment);
      await getFlag(connection, flag);
      const filter = encodeURIComponent(`key equals "${flag}"`);
      const path = `${connection.path("projects", "environments", options.env, "flags", "evaluate")}?filter=${filter}`;
      const [result] = Evaluations.parse(await connection.post(path, contextOf(options))).items;
      if (result === undefined)
        throw new CommandError(`"${flag}" is archived, so nobody gets it`, exitCode.notFound);
      const value =
        typeof result._value === "string" ? result._value : JSON.stringify(result._value);
      terminal.out(terminal.isJson ? JSON.stringify(result) : `${value}   ${result.reason.kind}`);
      if (!terminal.isJson) for (const step of result.steps) terminal.out(`  ${sentence(step)}`);
      if (options.expect !== undefined && options.expect !== value) {
        throw new CommandError(`expected ${options.expect}, and it is ${value}`, exitCode.error);
      }
    });
}

function contextOf({ user, context }: EvalOptions): object {
  if (context === undefined && user === undefined) {
    throw new CommandError(
      "say who asks: --user ada, or --context with the whole context as JSON",
      exitCode.usage,
    );
  }
  if (context === undefined) return { kind: "user", key: user };
  try {
    return z.looseObject({}).parse(JSON.parse(context));
  } catch (error) {
    throw new CommandError(`--context is no JSON object: ${context}`, exitCode.usage, {
      cause: error,
    });
  }
}

function sentence({ kind, ...rest }: z.infer<typeof Step>): string {
  if (kind === "on") return rest["on"] === true ? "the flag is on" : "the flag is off";
  if (kind === "targets")
    return rest["isMatch"] === true ? "targeted individually" : "not targeted individually";
  if (kind === "rule") return ruleSentence(rest);
  if (kind === "prerequisite")
    return `requires ${rest["key"]}: ${rest["isMet"] === true ? "met" : "not met"}`;
  if (kind === "bucket") return `bucket ${(Number(rest["place"]) * 100).toFixed(1)}%`;
  return "no rule matched: the default";
}

const Failed = z.object({
  attribute: z.string(),
  op: z.string(),
  contextKind: z.string(),
  actual: z.json().optional(),
});

function ruleSentence({ index, isMatch, failed }: Readonly<Record<string, unknown>>): string {
  const rule = `rule ${Number(index) + 1}`;
  if (isMatch === true) return `${rule} matched`;
  const clause = Failed.safeParse(failed).data;
  if (clause === undefined) return `${rule} did not match`;
  const { attribute, op, contextKind, actual } = clause;
  const what = op === "segmentMatch" ? "the segment" : `${contextKind} ${attribute}`;
  const found = actual === undefined ? "" : `, which is ${JSON.stringify(actual)}`;
  return `${rule} did not match: it asks for ${what} (${op})${found}`;
}
