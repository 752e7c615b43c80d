import { hashSecret, newSecret } from "../access/password.ts";
import type { RecordChange } from "../changes/changes.ts";
import { type DeferredSetup, refuseUnfit } from "../deferred/deferred-changes.ts";
import { recorderOf } from "../deferred/deferred-log.ts";
import { placeIn, placeOf } from "../deferred/deferred-queries.ts";
import { newId } from "../environments/environment-key.ts";
import type { FlagInEnvironment } from "../flags/flag-in-environment.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Tx } from "../storage/database.ts";
import type { TriggerAction, TriggerInstruction } from "./trigger-instructions.ts";
import {
  actionsOf,
  deleteTrigger,
  getTrigger,
  saveTrigger,
  type Trigger,
} from "./trigger-queries.ts";

/** A trigger, and the secret of its address where it has a new one. */
interface ShownOnce {
  readonly trigger: Trigger;
  readonly secret?: string;
}

export async function createTrigger(
  tx: Tx,
  record: RecordChange,
  setup: DeferredSetup,
  input: {
    readonly integrationKey: string;
    readonly instructions: readonly TriggerAction[];
    readonly comment?: string | undefined;
  },
): Promise<ShownOnce> {
  const { params, principal, at } = setup;
  const { project } = await refuseUnfit(tx, setup, input.instructions);
  const secret = newSecret();
  const trigger: Trigger = {
    id: newId(),
    ...placeIn(project, params),
    author: JSON.stringify(principal.actor),
    instructions: JSON.stringify(input.instructions),
    integration_key: input.integrationKey,
    enabled: 1,
    hash: hashSecret(secret),
    version: 1,
    created_at: at,
    last_triggered_at: null,
    trigger_count: 0,
    recent_bodies: "[]",
  };
  await recordOn(record, trigger, params.projectKey, {
    instruction: { kind: "createTrigger", id: trigger.id },
    words: `Make a trigger of ${trigger.flag_key}`,
    comment: input.comment,
    after: trigger,
  });
  return { trigger: await saveTrigger(tx, trigger), secret };
}

export async function editTrigger(
  tx: Tx,
  record: RecordChange,
  setup: DeferredSetup,
  {
    id,
    instructions,
    comment,
  }: {
    readonly id: string;
    readonly instructions: readonly TriggerInstruction[];
    readonly comment?: string | undefined;
  },
): Promise<ShownOnce> {
  const { params, principal } = setup;
  const { project } = await getEnvironment(tx, params.projectKey, params.environmentKey);
  const before = await getTrigger(tx, placeIn(project, params), id);
  const secret = newSecret();
  const edited = instructions.reduce(
    (trigger, instruction) => withInstruction(trigger, instruction, secret),
    before,
  );
  // Whoever changes what it does, or hands out a new address, answers for it.
  const isHandedOver = instructions.some(({ kind }) => kind !== "disableTrigger");
  const author = isHandedOver ? JSON.stringify(principal.actor) : before.author;
  const after = { ...edited, author, version: before.version + 1 };
  if (isHandedOver) await refuseUnfit(tx, setup, actionsOf(after));
  for (const instruction of instructions) {
    await recordOn(record, after, params.projectKey, {
      instruction,
      words: wordsOf(instruction),
      comment,
      before,
      after,
    });
  }
  const trigger = await saveTrigger(tx, after);
  return after.hash === before.hash ? { trigger } : { trigger, secret };
}

function withInstruction(
  trigger: Trigger,
  instruction: TriggerInstruction,
  secret: string,
): Trigger {
  switch (instruction.kind) {
    case "replaceTriggerActionInstructions":
      return { ...trigger, instructions: JSON.stringify(instruction.value) };
    case "cycleTriggerUrl":
      return { ...trigger, hash: hashSecret(secret) };
    case "enableTrigger":
      return { ...trigger, enabled: 1 };
    case "disableTrigger":
      return { ...trigger, enabled: 0 };
    default:
      return instruction satisfies never;
  }
}

function wordsOf({ kind }: TriggerInstruction): string {
  return {
    replaceTriggerActionInstructions: "Change what the trigger does",
    cycleTriggerUrl: "Give the trigger a new address",
    enableTrigger: "Enable the trigger",
    disableTrigger: "Disable the trigger",
  }[kind];
}

export async function removeTrigger(
  tx: Tx,
  record: RecordChange,
  params: FlagInEnvironment,
  id: string,
): Promise<void> {
  const trigger = await getTrigger(tx, await placeOf(tx, params), id);
  await deleteTrigger(tx, trigger.id);
  await recordOn(record, trigger, params.projectKey, {
    instruction: { kind: "deleteTrigger", id: trigger.id },
    words: `Delete the trigger of ${trigger.flag_key}`,
    before: trigger,
  });
}

/** The log keeps nothing that leads to its address. */
const recordOn = recorderOf<Trigger>({
  kind: "trigger",
  subjectOf: ({ flag_key }) => `flag/${flag_key}`,
  stateOf: (trigger) => ({
    id: trigger.id,
    version: trigger.version,
    integrationKey: trigger.integration_key,
    enabled: trigger.enabled === 1,
    instructions: actionsOf(trigger),
  }),
});
