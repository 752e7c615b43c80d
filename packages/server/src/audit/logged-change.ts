import type { FlagConfiguration, FlagState, SegmentState } from "@halyard/instructions";
import type { RecordedChange } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { actionOfFlagInstruction } from "../flags/flag-actions.ts";
import { actionOfSegmentInstruction } from "../segments/segment-actions.ts";
import type { Tables } from "../storage/tables.ts";

/** A row of the change log, read back. */
export interface LoggedChange {
  readonly changeId: string;
  readonly at: number;
  readonly actor: Actor;
  readonly kind: string;
  readonly key: string;
  readonly instructions: readonly { readonly kind?: string }[];
  readonly comment: string;
  readonly resources: readonly string[];
  readonly words: readonly string[];
  readonly before: object | undefined;
  readonly after: object | undefined;
}

export type ChangeRow = Pick<
  Tables["change"],
  | "change_id"
  | "at"
  | "actor"
  | "kind"
  | "key"
  | "instructions"
  | "comment"
  | "resources"
  | "words"
  | "before"
  | "after"
>;

// Every column was written by this server from its own types.
export function loggedChange(row: ChangeRow): LoggedChange {
  return {
    changeId: row.change_id,
    at: row.at,
    actor: JSON.parse(row.actor) as Actor,
    kind: row.kind,
    key: row.key,
    instructions: JSON.parse(row.instructions) as LoggedChange["instructions"],
    comment: row.comment,
    resources: row.resources === null ? [] : (JSON.parse(row.resources) as string[]),
    words: row.words === null ? [] : (JSON.parse(row.words) as string[]),
    before: row.before === null ? undefined : (JSON.parse(row.before) as object),
    after: row.after === null ? undefined : (JSON.parse(row.after) as object),
  };
}

/** A change as it is on its way into the log. */
export function toLog(change: RecordedChange): LoggedChange {
  const { changeId, at, actor, kind, key, resources, words, before, after } = change;
  const { instructions, comment = "" } = change;
  return { changeId, at, actor, kind, key, instructions, comment, resources, words, before, after };
}

/** What is said of a change wherever it is told: in the audit log and to who has subscribed. */
export function told(change: LoggedChange) {
  const { changeId, at, kind, comment, resources } = change;
  const name = nameOfThing(change);
  return {
    _id: changeId,
    /** There is one account on a server. */
    _accountId: "account",
    date: at,
    accesses: [...accessesOf(change)],
    kind,
    name,
    ...(comment === "" ? {} : { comment }),
    target: { name, resources },
  };
}

/** What an action was done to, as policies name both. */
export interface LoggedAccess {
  readonly action: string;
  readonly resource: string;
}

/** Each thing that was acted upon with each action, once. */
export function accessesOf({
  kind,
  instructions,
  resources,
}: LoggedChange): readonly LoggedAccess[] {
  const actions = new Set(instructions.map((instruction) => actionOf(kind, instruction)));
  return [...new Set(resources)].flatMap((resource) =>
    [...actions].map((action) => ({ action, resource })),
  );
}

function actionOf(kind: string, instruction: LoggedChange["instructions"][number]): string {
  const done = instruction.kind ?? "update";
  if (kind === "flag") return actionOfFlagInstruction(done) ?? done;
  if (kind === "segment") return actionOfSegmentInstruction(done) ?? done;
  // Such as the update of a webhook's name, which policies call updateName.
  if (done !== "update" || !("member" in instruction)) return done;
  const member = String(instruction.member);
  return `update${member.charAt(0).toUpperCase()}${member.slice(1)}`;
}

/** The key of the project that a change belongs to; undefined where it belongs to none. */
export function projectKeyOf(resources: readonly string[]): string | undefined {
  return /^proj\/([^:]+)/u.exec(resources[0] ?? "")?.[1];
}

/** The environment that a change names first. */
export function environmentKeyOf(resources: readonly string[]): string | undefined {
  return /^proj\/[^:]+:env\/([^:]+)/u.exec(resources[0] ?? "")?.[1];
}

/** A thing of which a change says what it is from then on; of environments, that they are gone. */
export interface LoggedThing {
  readonly kind: "flag" | "segment" | "environment";
  /** Empty for what is the same thing in every environment. */
  readonly environmentKey: string;
  readonly key: string;
}

type Told = Pick<LoggedChange, "kind" | "key" | "resources"> & {
  readonly before?: object | undefined;
  readonly after?: object | undefined;
};

export function thingsOf(change: Told): readonly LoggedThing[] {
  const { kind, key, resources, before, after } = change;
  if (kind === "flag") return (listIn<FlagState>(after, "flags") ?? [{ key }]).map(flagThing);
  if (kind === "segment") {
    return [{ kind: "segment", environmentKey: environmentKeyOf(resources) ?? "", key }];
  }
  if (kind !== "environment") return [];
  if (before !== undefined && after === undefined) return [{ kind, environmentKey: "", key }];
  const segments = listIn<SegmentState>(after, "segments") ?? [];
  return [
    ...Object.keys(configurationsIn(after) ?? {}).map((one) => flagThing({ key: one })),
    ...segments.map((one) => ({ kind: "segment", environmentKey: key, key: one.key }) as const),
  ];
}

function flagThing({ key }: { readonly key: string }): LoggedThing {
  return { kind: "flag", environmentKey: "", key };
}

/** What is left of a flag by a change of it, or of several; undefined where it is gone. */
export function flagAfter(
  { after }: Pick<LoggedChange, "after">,
  key: string,
): FlagState | undefined {
  const imported = listIn<FlagState>(after, "flags");
  if (imported !== undefined) return imported.find((state) => state.key === key);
  return after as FlagState | undefined;
}

/** The same of a segment, which may have come with an environment made from another one. */
export function segmentAfter(
  { after }: Pick<LoggedChange, "after">,
  key: string,
): SegmentState | undefined {
  const copied = listIn<SegmentState>(after, "segments");
  if (copied !== undefined) return copied.find((state) => state.key === key);
  return after as SegmentState | undefined;
}

/** How flags begin in an environment that a change made, by their keys. */
export function configurationsIn(
  after: object | undefined,
): Readonly<Record<string, FlagConfiguration>> | undefined {
  if (after === undefined || !("configurations" in after)) return undefined;
  return after.configurations as Readonly<Record<string, FlagConfiguration>>;
}

/** A list of states in what a change left; the log was written by this server. */
function listIn<T>(
  after: object | undefined,
  name: "flags" | "segments",
): readonly T[] | undefined {
  if (after === undefined || !Object.hasOwn(after, name)) return undefined;
  return Reflect.get(after, name) as readonly T[];
}

/** What people call the thing that was changed. */
export function nameOfThing({ before, after, key }: LoggedChange): string {
  const imported = listIn<FlagState>(after, "flags");
  if (imported !== undefined) return `${imported.length} flags`;
  for (const state of [after, before]) {
    if (state === undefined) continue;
    if ("name" in state && typeof state.name === "string" && state.name !== "") return state.name;
    if ("email" in state && typeof state.email === "string") return state.email;
  }
  return key;
}
