import {
  configurationIn,
  type FlagState,
  isMembershipInstruction,
  isSame,
  SegmentInstruction,
} from "@halyard/instructions";
import type { RecordedChange } from "../changes/changes.ts";
import type { Environment } from "../environments/environment-queries.ts";
import {
  isApprovalRequired,
  type ResourceKind,
  resourceKinds,
  settingsByKindOf,
} from "./approval-settings.ts";

/** Something in an environment that a change alters, or will alter by itself later on. */
export interface TouchedPlace {
  readonly environment: Environment;
  readonly kind: ResourceKind;
  readonly key: string;
}

/**
 * What a change alters, served or not: an archived flag's targeting is served when the flag is
 * restored, an expiring target ends later, and members of big segments are kept beside the payload.
 */
export function touchedPlaces(
  change: RecordedChange,
  environments: readonly Environment[],
): readonly TouchedPlace[] {
  const byId = new Map(environments.map((one) => [one.id, one]));
  const moved = change.moved.flatMap(({ environmentId, items }) => {
    const environment = byId.get(environmentId);
    return environment === undefined
      ? []
      : items.map(({ kind, key }) => ({ environment, kind, key }));
  });
  const { key } = change;
  const kind = resourceKinds.find((one) => one === change.kind);
  if (kind === undefined) return moved;
  const others = environments.filter(
    (environment) =>
      !moved.some((one) => one.environment === environment && one.key === key) &&
      isAltered(change, environment, kind),
  );
  return [...moved, ...others.map((environment) => ({ environment, kind, key }))];
}

function isAltered(change: RecordedChange, environment: Environment, kind: ResourceKind): boolean {
  const { before, after } = change;
  const settings = settingsByKindOf(environment.approval_settings)[kind];
  if (settings === undefined) return false;
  if (kind === "segment" && !change.environments.includes(environment.key)) return false;
  const losesProtection =
    isApprovalRequired(settings, tagsOf(before)) &&
    after !== undefined &&
    !isApprovalRequired(settings, tagsOf(after));
  if (losesProtection) return true;
  if (kind === "segment") return change.instructions.some(isAboutMembers);
  return (
    isFlag(before) &&
    isFlag(after) &&
    !isSame(servable(before, environment), servable(after, environment))
  );
}

/** What an environment serves of a flag, or would if it were not archived. */
function servable(flag: FlagState, environment: Environment): object {
  const { clientSideAvailability, variations } = flag;
  return {
    clientSideAvailability,
    variations: variations.map(({ id, value }) => ({ id, value })),
    configuration: configurationIn(flag, environment.key) ?? null,
  };
}

function isFlag(state: object | undefined): state is FlagState {
  return state !== undefined && "environments" in state && "variations" in state;
}

export function tagsOf(state: object | undefined): readonly string[] {
  if (state === undefined || !("tags" in state) || !Array.isArray(state.tags)) return [];
  return state.tags.filter((tag) => typeof tag === "string");
}

function isAboutMembers(instruction: object): boolean {
  const parsed = SegmentInstruction.safeParse(instruction);
  return parsed.success && isMembershipInstruction(parsed.data);
}
