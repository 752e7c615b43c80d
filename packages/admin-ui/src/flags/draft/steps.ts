import {
  applyFlagInstructions,
  type FlagInstruction,
  type FlagState,
  type InstructionError,
  isInstructionError,
  simplifyFlagInstructions,
} from "@halyard/instructions";

export type Instructions = readonly FlagInstruction[];

/** The draft's instructions after each step of it, so that steps can be taken back and again. */
export interface Steps {
  readonly past: readonly Instructions[];
  readonly now: Instructions;
  readonly future: readonly Instructions[];
  /** When the last step was taken, in Unix milliseconds. */
  readonly at: number;
}

export const noSteps: Steps = { past: [], now: [], future: [], at: 0 };

/** Steps of the same part within this time are one: dragging a divider is taken back at once. */
const sameStepMs = 1_000;

/** Takes a step: a later setting of the same part stands for the one before it. */
export function stepped(steps: Steps, added: Instructions, at: number): Steps {
  const now = appended(steps.now, added);
  const isSameStep =
    at - steps.at < sameStepMs && steps.past.length > 0 && now.length === steps.now.length;
  const past = isSameStep ? steps.past : [...steps.past, steps.now];
  return { past, now, future: [], at };
}

export function undone({ past, now, future }: Steps): Steps {
  const before = past.at(-1);
  if (before === undefined) return { past, now, future, at: 0 };
  return { past: past.slice(0, -1), now: before, future: [now, ...future], at: 0 };
}

export function redone({ past, now, future }: Steps): Steps {
  const [next, ...rest] = future;
  if (next === undefined) return { past, now, future, at: 0 };
  return { past: [...past, now], now: next, future: rest, at: 0 };
}

/** The instructions with more of them; the last one goes where the first new one sets the same anew. */
function appended(before: Instructions, added: Instructions): Instructions {
  const [first] = added;
  const last = before.at(-1);
  if (first === undefined || last === undefined) return [...before, ...added];
  const setting = settingOf(first);
  const isReplaced = setting !== undefined && setting === settingOf(last);
  return [...(isReplaced ? before.slice(0, -1) : before), ...added];
}

const ofRule: ReadonlySet<string> = new Set([
  "updateRuleVariationOrRollout",
  "updateRuleDescription",
  "updateRuleTrackEvents",
]);
const ofEnvironment: ReadonlySet<string> = new Set([
  "updateFallthroughVariationOrRollout",
  "updateOffVariation",
  "updateTrackEvents",
  "updateTrackEventsFallthrough",
  "reorderRules",
]);

/** What an instruction sets, where it sets all of it whatever it was before. */
function settingOf(instruction: FlagInstruction): string | undefined {
  const { kind } = instruction;
  if ("clauseId" in instruction && kind === "updateClause")
    return `${kind} ${instruction.ruleId} ${instruction.clauseId}`;
  if ("ruleId" in instruction && ofRule.has(kind)) return `${kind} ${instruction.ruleId}`;
  if (kind === "updatePrerequisite") return `${kind} ${instruction.key}`;
  return ofEnvironment.has(kind) ? kind : undefined;
}

interface NewRule {
  readonly ruleId?: string | undefined;
  readonly clauses: InstructionOf<"addRule">["clauses"];
}
type InstructionOf<K extends FlagInstruction["kind"]> = Extract<FlagInstruction, { kind: K }>;

/** Gives new rules and clauses their ids, so that later instructions can be about them. */
export function named(instructions: Instructions, newId: () => string): Instructions {
  const clauses = <C extends { readonly _id?: string | undefined }>(all: readonly C[]) =>
    all.map((clause) => ({ ...clause, _id: clause._id ?? newId() }));
  const namedRule = <R extends NewRule>(rule: R) => ({
    ...rule,
    ruleId: rule.ruleId ?? newId(),
    clauses: clauses(rule.clauses),
  });
  return instructions.map((instruction) => {
    const { kind } = instruction;
    if (kind === "addClauses") return { ...instruction, clauses: clauses(instruction.clauses) };
    if (kind === "addRule") return namedRule(instruction);
    if (kind !== "replaceRules") return instruction;
    return { ...instruction, rules: instruction.rules.map(namedRule) };
  });
}

/** The flag after instructions that are about an environment, or the first that does not fit. */
export function applied(
  flag: FlagState,
  instructions: Instructions,
  environmentKey: string,
): FlagState | InstructionError {
  return applyFlagInstructions(flag, instructions, contextOf(environmentKey));
}

/** Without what makes no difference; the other environments play no part, so they are not compared. */
export function simplified(
  flag: FlagState,
  instructions: Instructions,
  environmentKey: string,
): Instructions {
  if (instructions.length === 0) return instructions;
  const configuration = flag.environments[environmentKey];
  const environments = configuration === undefined ? {} : { [environmentKey]: configuration };
  return simplifyFlagInstructions(
    instructions,
    { ...flag, environments },
    contextOf(environmentKey),
  );
}

/** The instructions that fit, one after the other. */
export function fitting(
  flag: FlagState,
  instructions: Instructions,
  environmentKey: string,
): FlagState {
  let state = flag;
  for (const instruction of instructions) {
    const next = applied(state, [instruction], environmentKey);
    if (!isInstructionError(next)) state = next;
  }
  return state;
}

function contextOf(environmentKey: string) {
  let made = 0;
  // Whatever is new has its id already; see `named`.
  return { environmentKey, newId: () => `unnamed-${made++}` };
}
