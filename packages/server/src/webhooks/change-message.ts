import type { RecordedChange } from "../changes/changes.ts";
import { actionOfFlagInstruction } from "../flags/flag-actions.ts";
import { linkTo } from "../http/paging.ts";
import { actionOfSegmentInstruction } from "../segments/segment-actions.ts";

/** What is told of a change: an entry of the audit log, with words and instructions. */
export interface ChangeMessage {
  readonly _id: string;
  readonly date: number;
  readonly accesses: readonly ResourceAction[];
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  readonly comment?: string;
  readonly target: { readonly name: string; readonly resources: readonly string[] };
  readonly words: readonly string[];
  readonly instructions: readonly object[];
}

/** An action as policies name it, and what it was done to. */
interface ResourceAction {
  readonly action: string;
  readonly resource: string;
}

type Told = Omit<
  RecordedChange,
  "served" | "moved" | "movedEnvironments" | "environments" | "projectId" | "principal"
>;

export function changeMessageOf(change: Told): ChangeMessage {
  const { changeId, at, actor, kind, key, resources, words, instructions, comment } = change;
  const name = nameOf(change.after) ?? nameOf(change.before) ?? key;
  const sentence = words.join("; ");
  const entry = `/api/v2/auditlog/${changeId}`;
  return {
    _id: changeId,
    date: at,
    accesses: actionsOf(change),
    kind,
    name,
    title: `${actor.name}: ${sentence}`,
    ...(comment === undefined || comment === "" ? {} : { comment }),
    target: { name, resources },
    words,
    instructions,
    ...{
      _accountId: "account",
      _links: { self: linkTo(entry), canonical: linkTo(entry) },
      description: sentence,
      shortDescription: words[0] ?? "",
      titleVerb: sentence,
      subject: { name: actor.name },
      ...whoOf(change),
      ...(change.before === undefined ? {} : { previousVersion: change.before }),
      ...(change.after === undefined ? {} : { currentVersion: change.after }),
    },
  };
}

/** What was done to what, in the words that policies use. */
export function actionsOf({
  kind,
  resources,
  instructions,
}: Pick<Told, "kind" | "resources" | "instructions">): readonly ResourceAction[] {
  const actions = new Set(instructions.map((instruction) => actionOf(kind, instruction)));
  return resources.flatMap((resource) => [...actions].map((action) => ({ action, resource })));
}

function actionOf(kind: string, instruction: object): string {
  const name = "kind" in instruction ? String(instruction.kind) : "";
  if (kind === "flag") return actionOfFlagInstruction(name) ?? name;
  if (kind === "segment") return actionOfSegmentInstruction(name) ?? name;
  // Such as the update of an environment's name, which policies call updateName.
  if (name !== "update" || !("member" in instruction)) return name;
  const member = String(instruction.member);
  return `update${member.charAt(0).toUpperCase()}${member.slice(1)}`;
}

function whoOf({ actor: { kind, id, name } }: Told): object {
  if (kind === "member") {
    return {
      member: { _id: id, firstName: name, _links: { self: linkTo(`/api/v2/members/${id}`) } },
    };
  }
  if (kind === "token") {
    return { token: { _id: id, name, _links: { self: linkTo(`/api/v2/tokens/${id}`) } } };
  }
  return {};
}

function nameOf(state: object | undefined): string | undefined {
  return state !== undefined &&
    "name" in state &&
    typeof state.name === "string" &&
    state.name !== ""
    ? state.name
    : undefined;
}
