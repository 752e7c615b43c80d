import { hashSecret, newSecret } from "../access/password.ts";
import type { Principal } from "../access/principal.ts";
import type { Access } from "../access/route-access.ts";
import { refuseUnapprovedLater } from "../approvals/approval-guard.ts";
import type { Change } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { getFlag } from "../flags/flag-queries.ts";
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

type RecordChange = (change: Change) => Promise<void>;

/** Who sets a trigger up, where, and as of when. */
export interface TriggerSetup {
  readonly params: {
    readonly projectKey: string;
    readonly flagKey: string;
    readonly environmentKey: string;
  };
  readonly access: Access;
  readonly principal: Principal;
  readonly at: number;
}

/** A trigger, and the secret of its address where it has a new one. */
interface ShownOnce {
  readonly trigger: Trigger;
  readonly secret?: string;
}

export async function createTrigger(
  tx: Tx,
  record: RecordChange,
  setup: TriggerSetup,
  input: {
    readonly integrationKey: string;
    readonly instructions: readonly TriggerAction[];
    readonly comment?: string | undefined;
  },
): Promise<ShownOnce> {
  const { params, principal, at } = setup;
  const { project } = await getEnvironment(tx, params.projectKey, params.environmentKey);
  const secret = newSecret();
  const trigger: Trigger = {
    id: newId(),
    project_id: project.id,
    environment_key: params.environmentKey,
    flag_key: params.flagKey,
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
  await refuseUnfit(tx, setup, trigger);
  await recordOn(record, trigger, params.projectKey, {
    instruction: { kind: "createTrigger", id: trigger.id },
    words: "Make a trigger",
    comment: input.comment,
  });
  return { trigger: await saveTrigger(tx, trigger), secret };
}

export async function editTrigger(
  tx: Tx,
  record: RecordChange,
  setup: TriggerSetup,
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
  const before = await getTrigger(tx, { ...params, projectId: project.id }, id);
  const secret = newSecret();
  const edited = instructions.reduce(
    (trigger, instruction) => withInstruction(trigger, instruction, secret),
    before,
  );
  // Whoever changes what it does, or hands out a new address, answers for it.
  const isHandedOver = instructions.some(({ kind }) => kind !== "disableTrigger");
  const author = isHandedOver ? JSON.stringify(principal.actor) : before.author;
  const after = { ...edited, author, version: before.version + 1 };
  if (isHandedOver) await refuseUnfit(tx, setup, after);
  for (const instruction of instructions) {
    await recordOn(record, after, params.projectKey, {
      instruction,
      words: wordsOf(instruction),
      comment,
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
  trigger: Trigger,
  projectKey: string,
): Promise<void> {
  await deleteTrigger(tx, trigger.id);
  await recordOn(record, trigger, projectKey, {
    instruction: { kind: "deleteTrigger", id: trigger.id },
    words: "Delete the trigger",
  });
}

/** What could not be done now by whoever asks is not left to a trigger either. */
async function refuseUnfit(
  tx: Tx,
  { params, access, principal }: TriggerSetup,
  trigger: Trigger,
): Promise<void> {
  const place = await getEnvironment(tx, params.projectKey, params.environmentKey);
  await requireInstructions(access.within(tx), params, actionsOf(trigger));
  const { state: flag } = await getFlag(tx, place.project, params.flagKey);
  const about = { projectKey: params.projectKey, environment: place.environment, flag };
  await refuseUnapprovedLater(tx, principal, about);
}

async function recordOn(
  record: RecordChange,
  trigger: Trigger,
  projectKey: string,
  done: {
    readonly instruction: object;
    readonly words: string;
    readonly comment?: string | undefined;
  },
): Promise<void> {
  const { environment_key: environment, flag_key: flag } = trigger;
  await record({
    projectId: trigger.project_id,
    kind: "trigger",
    key: trigger.id,
    resources: [`proj/${projectKey}:env/${environment}:flag/${flag}`],
    instructions: [done.instruction],
    words: [done.words],
    comment: done.comment,
    served: [],
    environments: [environment],
  });
}
