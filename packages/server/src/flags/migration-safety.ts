import {
  configurationIn,
  type FlagConfiguration,
  type FlagState,
  type Serve,
} from "@halyard/instructions";

/** Which of the two systems a stage reads and writes. */
const plans = {
  off: { reads: ["old"], writes: ["old"] },
  dualwrite: { reads: ["old"], writes: ["old", "new"] },
  shadow: { reads: ["old", "new"], writes: ["old", "new"] },
  live: { reads: ["new", "old"], writes: ["new", "old"] },
  rampdown: { reads: ["new"], writes: ["new", "old"] },
  complete: { reads: ["new"], writes: ["new"] },
} as const satisfies Record<string, Plan>;
type System = "old" | "new";
interface Plan {
  readonly reads: readonly System[];
  readonly writes: readonly System[];
}
type Stage = keyof typeof plans;

export interface SafetyIssue {
  /** Absent where it is the default, or what is served while the flag is off. */
  readonly causingRuleId?: string;
  readonly affectedRuleIds: readonly string[];
  readonly issue: string;
  readonly oldSystemAffected: boolean;
}

/**
 * Where a change lets contexts read a system that has not been written for them until now: what the
 * other system has learned meanwhile is missing there. Data that was moved by other means is not seen.
 */
export function safetyIssues(
  before: FlagState,
  after: FlagState,
  environmentKey: string,
): readonly SafetyIssue[] {
  const [from, to] = [before, after].map((flag) => configurationIn(flag, environmentKey));
  if (from === undefined || to === undefined) return [];
  const known = stagesServed(before, from);
  return placesOf(to).flatMap(({ ruleId, serve }): SafetyIssue[] => {
    const was = placesOf(from).find((place) => place.ruleId === ruleId);
    // Whoever comes to a new rule may have been anywhere.
    const earlier = was === undefined ? known : stagesOf(before, was.serve);
    return stagesOf(after, serve).flatMap((stage) => {
      const unsafe = earlier.find((one) => missingIn(one, stage) !== undefined);
      const system = unsafe === undefined ? undefined : missingIn(unsafe, stage);
      if (unsafe === undefined || system === undefined) return [];
      return [
        {
          ...(ruleId === undefined ? {} : { causingRuleId: ruleId }),
          affectedRuleIds: ruleId === undefined ? [] : [ruleId],
          issue: `from "${unsafe}" straight to "${stage}", the ${system} system is read and was not written before; go through a stage that writes both`,
          oldSystemAffected: system === "old",
        },
      ];
    });
  });
}

function missingIn(from: Stage, to: Stage): System | undefined {
  const written: readonly System[] = plans[from].writes;
  return plans[to].reads.find((system) => !written.includes(system));
}

interface Place {
  readonly ruleId?: string;
  readonly serve: Serve;
}

/** Where somebody is served: while the flag is off, everyone in one place. */
function placesOf({ on, rules, fallthrough, offVariationId }: FlagConfiguration): readonly Place[] {
  if (!on) return offVariationId === undefined ? [] : [{ serve: { variationId: offVariationId } }];
  return [...rules.map(({ id, serve }) => ({ ruleId: id, serve })), { serve: fallthrough }];
}

function stagesServed(flag: FlagState, configuration: FlagConfiguration): readonly Stage[] {
  return placesOf(configuration).flatMap(({ serve }) => stagesOf(flag, serve));
}

function stagesOf(flag: FlagState, serve: Serve): readonly Stage[] {
  const ids =
    "variationId" in serve
      ? [serve.variationId]
      : serve.rollout.weights
          .filter(({ weight }) => weight > 0)
          .map(({ variationId }) => variationId);
  return ids.flatMap((id) => {
    const value = flag.variations.find((one) => one.id === id)?.value;
    return isStage(value) ? [value] : [];
  });
}

function isStage(value: unknown): value is Stage {
  return typeof value === "string" && Object.hasOwn(plans, value);
}
