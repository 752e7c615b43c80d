import { contextSteps } from "./context-steps.ts";
import { evaluationSteps } from "./evaluation-steps.ts";
import { hookSteps } from "./hook-steps.ts";
import type { Outcome, Scenario } from "./scenario.ts";
import { type Session, Skip } from "./session.ts";
import { World } from "./world.ts";

/** A scenario takes some tens of milliseconds; what never comes is not waited for. */
const limitMs = 20_000;

const definitions = [...evaluationSteps, ...contextSteps, ...hookSteps];

/** Runs a scenario's steps one after the other, and closes the session. */
export async function runScenario(scenario: Scenario, session: Session): Promise<Outcome> {
  const world = new World(session, scenario);
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`it took longer than ${limitMs} ms`)), limitMs);
  try {
    await Promise.race([runSteps(world, scenario), tooLate]);
    return { kind: "passed" };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return cause instanceof Skip ? { kind: "skipped", reason } : { kind: "failed", reason };
  } finally {
    clearTimeout(timer);
    await session.close();
  }
}

async function runSteps(world: World, { steps }: Scenario): Promise<void> {
  for (const { text, rows } of steps) await runStep(world, text, rows);
}

async function runStep(
  world: World,
  text: string,
  rows: readonly (readonly string[])[],
): Promise<void> {
  const [definition, ...others] = definitions.filter(([pattern]) => pattern.test(text));
  if (definition === undefined) throw new Error(`no step is defined for: ${text}`);
  if (others.length > 0) throw new Error(`several steps are defined for: ${text}`);
  const [pattern, run] = definition;
  const [, ...words] = pattern.exec(text) ?? [];
  try {
    // Quotes within quotes are written \".
    await run(
      world,
      words.map((word) => (word ?? "").replaceAll('\\"', '"')),
      rows,
    );
  } catch (cause) {
    if (cause instanceof Skip) throw cause;
    throw new Error(`${text}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
