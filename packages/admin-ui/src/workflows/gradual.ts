import type { WaitUnit } from "./workflow.ts";

/** A rollout in steps, as it is chosen. */
export interface Gradual {
  /** Ids of variations: what everyone gets in the end, and what the others get meanwhile. */
  readonly variationId: string;
  readonly restId: string;
  /** In percent, growing; the last one is 100. */
  readonly steps: readonly number[];
  readonly wait: number;
  readonly unit: WaitUnit;
  readonly needsApproval: boolean;
}

const whole = 100_000;

/** How a step is called. */
export type StageName = (percent: number) => string;

/** The stages that the server is sent: each serves a larger part, after a while. */
export function gradualStages(gradual: Gradual, nameOf: StageName): readonly object[] {
  const { steps, wait, unit, needsApproval } = gradual;
  return steps.map((percent, at) => ({
    name: nameOf(percent),
    conditions: [
      ...(at === 0 && needsApproval ? [{ kind: "ld-approval", description: nameOf(percent) }] : []),
      ...(at === 0
        ? []
        : [
            {
              kind: "schedule",
              scheduleKind: "relative",
              waitDuration: wait,
              waitDurationUnit: unit,
            },
          ]),
    ],
    action: {
      instructions: [
        ...(at === 0 ? [{ kind: "turnFlagOn" }] : []),
        servingInstruction(gradual, percent),
      ],
    },
  }));
}

function servingInstruction({ variationId, restId }: Gradual, percent: number): object {
  const kind = "updateFallthroughVariationOrRollout";
  if (percent >= 100) return { kind, variationId };
  const weight = Math.round((percent * whole) / 100);
  return {
    kind,
    rolloutContextKind: "user",
    rolloutWeights: { [variationId]: weight, [restId]: whole - weight },
  };
}

/** In order, each once, and with 100 at the end. */
export function stepsOf(typed: readonly string[]): readonly number[] {
  const steps = typed.map(Number).filter((step) => step > 0 && step <= 100);
  return [...new Set([...steps, 100])].sort((a, b) => a - b);
}

/** The percentage that was typed; undefined where it is none. */
export function percentOf(typed: string): string | undefined {
  const number = Number(typed.replace("%", "").trim());
  const isStep = typed.trim() !== "" && number > 0 && number <= 100;
  return isStep ? String(Math.round(number * 1000) / 1000) : undefined;
}
