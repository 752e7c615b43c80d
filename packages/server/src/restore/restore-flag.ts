import {
  configurationIn,
  describeFlagInstructions,
  differenceOfFlags,
  type FlagInstruction,
  type FlagState,
  isSame,
  newFlagConfiguration,
} from "@halyard/instructions";
import { listEnvironments } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import { requireInstructions } from "../flags/flag-actions.ts";
import { changeFlag, createFlag, decideFlag } from "../flags/flag-changes.ts";
import { findFlag, findWithRequired, requiredFlags } from "../flags/flag-queries.ts";
import { newSalt } from "../projects/creation.ts";
import type { Restoration } from "./restoration.ts";

/** Makes a flag what it was in every environment; one that has been deleted comes back. */
export async function restoreFlag(restoration: Restoration, then: FlagState): Promise<void> {
  const stored = await findFlag(restoration.tx, restoration.project.id, then.key);
  if (stored === undefined) return bringBack(restoration, then);
  let flag = stored.state;
  // What environments still use goes last, when nothing uses it any more.
  const kept = flag.variations.filter(({ id }) => !then.variations.some((one) => one.id === id));
  const withKept = { ...then, variations: [...then.variations, ...kept] };
  const shared = Object.keys(flag.environments).filter(
    (key) => configurationIn(then, key) !== undefined,
  );
  for (const environmentKey of shared) {
    const instructions = differenceOfFlags(flag, withKept, environmentKey);
    flag = await instruct(restoration, flag, { environmentKey, instructions });
  }
  if (shared.length === 0) {
    flag = await instruct(restoration, flag, { instructions: settingsOnly(flag, withKept) });
  }
  flag = await instruct(restoration, flag, { instructions: settingsOnly(flag, then) });
  sayWhatIsLeft(restoration, flag, then);
}

/** Makes a flag behave in one environment as it did; its settings stay. */
export async function restoreConfiguration(
  restoration: Restoration,
  then: FlagState,
  environmentKey: string,
): Promise<void> {
  const stored = await findFlag(restoration.tx, restoration.project.id, then.key);
  if (stored === undefined) return bringBack(restoration, then);
  const now = stored.state;
  const configuration = configurationIn(then, environmentKey);
  const known = configurationIn(now, environmentKey);
  if (configuration === undefined || known === undefined) return;
  const wanted = withConfiguration(now, then, environmentKey);
  const instructions = differenceOfFlags(now, wanted, environmentKey);
  const flag = await instruct(restoration, now, { environmentKey, instructions });
  sayWhatIsLeft(restoration, flag, wanted);
  sayWhatIsShared(restoration, flag, then);
}

/** A flag that is gone begins anew with its salts, so that everybody is in the bucket of then. */
export async function bringBack(restoration: Restoration, then: FlagState): Promise<void> {
  const { tx, project, access, at, record } = restoration;
  await access.require("createFlag", ...restoration.stepsTo("flag", then.key));
  const present = (await listEnvironments(tx, project.id)).map(({ key }) => key);
  const environments = Object.fromEntries(
    present.map((key) => [
      key,
      configurationIn(then, key) ?? newFlagConfiguration(then, newSalt()),
    ]),
  );
  const flag = { ...then, environments };
  const required = requiredFlags(flag);
  const there = await findWithRequired(tx, project.id, required);
  const missing = required.find((key) => !there.has(key));
  if (missing !== undefined) {
    throw new DomainError(
      "conflict",
      `flag "${then.key}" required "${missing}", which is not there now; restore that one first`,
    );
  }
  await createFlag(tx, record, { project, flag, at });
  sayWhatIsLeft(restoration, flag, then);
}

async function instruct(
  { tx, record, access, project, at }: Restoration,
  before: FlagState,
  patch: { readonly instructions: readonly FlagInstruction[]; readonly environmentKey?: string },
): Promise<FlagState> {
  if (patch.instructions.length === 0) return before;
  const place = { projectKey: project.key, flagKey: before.key };
  const { environmentKey } = patch;
  await requireInstructions(access, { ...place, environmentKey }, patch.instructions);
  const after = await decideFlag(tx, project, before, patch);
  if (after !== before) await changeFlag(tx, record, { project, before, after, patch, at });
  return after;
}

/** What all environments share is not one environment's to take back. */
function sayWhatIsShared({ notRestored }: Restoration, flag: FlagState, then: FlagState): void {
  const left = describeFlagInstructions(settingsOnly(flag, then), flag, undefined);
  if (left.length === 0) return;
  notRestored.push(
    `flag "${flag.key}": what all environments share; restore the flag itself for: ${left.join("; ")}`,
  );
}

/** The difference that belongs to no environment. */
function settingsOnly(a: FlagState, b: FlagState): FlagInstruction[] {
  return differenceOfFlags({ ...a, environments: {} }, { ...b, environments: {} }, "");
}

/** The flag of now with the configuration of then, and with the variations that it serves. */
function withConfiguration(now: FlagState, then: FlagState, environmentKey: string): FlagState {
  const gone = then.variations.filter(({ id }) => !now.variations.some((one) => one.id === id));
  const configuration = configurationIn(then, environmentKey);
  if (configuration === undefined) return now;
  const environments = { ...now.environments, [environmentKey]: configuration };
  return { ...now, variations: [...now.variations, ...gone], environments };
}

function sayWhatIsLeft({ notRestored }: Restoration, flag: FlagState, then: FlagState): void {
  const name = `flag "${flag.key}"`;
  const ids = (state: FlagState) => state.variations.map(({ id }) => id);
  if (!isSame(ids(flag), ids(then))) notRestored.push(`${name}: the order of its variations`);
  for (const key of new Set([
    ...Object.keys(flag.environments),
    ...Object.keys(then.environments),
  ])) {
    const [is, was] = [configurationIn(flag, key), configurationIn(then, key)];
    if (is === undefined) notRestored.push(`${name}: environment "${key}", which is not there now`);
    else if (was === undefined) notRestored.push(`${name}: environment "${key}", which is newer`);
    else if (is.salt !== was.salt) {
      notRestored.push(
        `${name}: its salt in "${key}", so that rollouts split otherwise; delete it and restore it then`,
      );
    }
  }
}
