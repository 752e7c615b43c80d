/** A step of a ramp: from a moment on so much of everyone gets the first variation. */
export interface RampStep {
  /** What it is known by while it is edited. */
  readonly id: string;
  /** As typed. */
  readonly percent: string;
  /** Unix milliseconds. */
  readonly at: number | undefined;
}

const usual = [5, 10, 25, 50, 100];
const usualSteps = 4;
const morning = 9;

/** Steps to begin with: the usual ones above what is served now, one each morning from tomorrow on. */
export function rampFrom(percentNow: number, now: number, newId: () => string): RampStep[] {
  const above = usual.filter((percent) => percent > percentNow).slice(-usualSteps);
  return above.map((percent, index) => ({
    id: newId(),
    percent: String(percent),
    at: morningAfter(now, index + 1),
  }));
}

/** One more step, a day behind the last. */
export function nextStep(steps: readonly RampStep[], now: number, newId: () => string): RampStep {
  return { id: newId(), percent: "100", at: morningAfter(steps.at(-1)?.at ?? now, 1) };
}

function morningAfter(at: number, days: number): number {
  const day = new Date(at);
  day.setDate(day.getDate() + days);
  return day.setHours(morning, 0, 0, 0);
}

type RampProblem = "percent" | "past" | "order";

/** What is wrong with a step, if something is. */
export function problemOf(
  steps: readonly RampStep[],
  index: number,
  now: number,
): RampProblem | undefined {
  const step = steps[index];
  const percent = Number(step?.percent.trim().replace(",", "."));
  if (step === undefined || step.percent.trim() === "" || !(percent >= 0 && percent <= 100))
    return "percent";
  if (step.at === undefined || step.at <= now) return "past";
  const before = steps[index - 1]?.at;
  return before !== undefined && before >= step.at ? "order" : undefined;
}
