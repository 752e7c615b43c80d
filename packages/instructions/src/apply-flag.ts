import { withLiveTargets } from "./expiring-targets.ts";
import type { FlagInstruction } from "./flag-instruction.ts";
import { type InstructionContext, type InstructionError, inOrder, Refusal } from "./outcome.ts";
import { settingInstructions } from "./setting-instructions.ts";
import { configurationIn, type FlagState } from "./state.ts";
import type { Targeting, TargetingKind } from "./targeting.ts";
import { targetingInstructions } from "./targeting-instructions.ts";

/** Whether an instruction is about one environment, and so needs its key. */
export function needsEnvironment(kind: string): kind is TargetingKind {
  return Object.hasOwn(targetingInstructions, kind);
}

/** The environment that an instruction names itself. */
export function environmentOf(instruction: FlagInstruction): string | undefined {
  return "environmentKey" in instruction ? instruction.environmentKey : undefined;
}

/** The flag after all instructions; the very same flag where nothing changes; or what does not fit. */
export function applyFlagInstructions(
  flag: FlagState,
  instructions: readonly FlagInstruction[],
  context: InstructionContext<FlagState>,
): FlagState | InstructionError {
  return inOrder(flag, instructions, `flag "${flag.key}"`, (state, instruction) =>
    needsEnvironment(instruction.kind)
      ? applyTargeting(state, instruction, context)
      : applySetting(state, instruction, context),
  );
}

function applySetting(
  flag: FlagState,
  instruction: FlagInstruction,
  context: InstructionContext<FlagState>,
): FlagState {
  // The table's type ties each handler to its kind; a union of both cannot be followed by the compiler.
  const handlers = settingInstructions as unknown as Readonly<
    Record<
      string,
      (
        flag: FlagState,
        instruction: FlagInstruction,
        context: InstructionContext<FlagState>,
      ) => FlagState
    >
  >;
  return handlers[instruction.kind]?.(flag, instruction, context) ?? flag;
}

function applyTargeting(
  flag: FlagState,
  instruction: FlagInstruction,
  context: InstructionContext<FlagState>,
): FlagState {
  const environmentKey = environmentOf(instruction) ?? context.environmentKey;
  if (environmentKey === undefined)
    throw new Refusal("it is about one environment; give its environmentKey");
  const configuration = configurationIn(flag, environmentKey);
  if (configuration === undefined)
    throw new Refusal(`there is no environment "${environmentKey}"; check the spelling`);
  const handlers = targetingInstructions as unknown as Readonly<
    Record<string, (at: Targeting, instruction: FlagInstruction) => Partial<typeof configuration>>
  >;
  const at = { flag, configuration, context: { ...context, environmentKey } };
  const change = handlers[instruction.kind]?.(at, instruction) ?? {};
  const isWhole = "salt" in change && "rules" in change;
  const changed = withLiveTargets(
    isWhole ? (change as typeof configuration) : { ...configuration, ...change },
  );
  return { ...flag, environments: { ...flag.environments, [environmentKey]: changed } };
}
