import { type LoggedAccess, type LoggedChange, told } from "../audit/logged-change.ts";
import { linkTo } from "../http/paging.ts";

/** What is told of a change: an entry of the audit log, with words and instructions. */
export interface ChangeMessage {
  readonly _id: string;
  readonly date: number;
  readonly accesses: readonly LoggedAccess[];
  readonly kind: string;
  readonly name: string;
  readonly title: string;
  readonly comment?: string;
  readonly target: { readonly name: string; readonly resources: readonly string[] };
  readonly words: readonly string[];
  readonly instructions: readonly object[];
}

export function changeMessageOf(change: LoggedChange): ChangeMessage {
  const { changeId, actor, words, instructions, before, after } = change;
  const sentence = words.join("; ");
  const entry = `/api/v2/auditlog/${changeId}`;
  return {
    ...told(change),
    title: `${actor.name}: ${sentence}`,
    words,
    instructions,
    ...{
      _links: { self: linkTo(entry), canonical: linkTo(entry) },
      description: sentence,
      shortDescription: words[0] ?? "",
      titleVerb: sentence,
      subject: { name: actor.name },
      ...whoOf(change),
      ...(before === undefined ? {} : { previousVersion: before }),
      ...(after === undefined ? {} : { currentVersion: after }),
    },
  };
}

function whoOf({ actor: { kind, id, name } }: LoggedChange): object {
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
