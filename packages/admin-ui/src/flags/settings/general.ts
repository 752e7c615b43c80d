import type { FlagInstruction } from "@halyard/instructions";
import { isSameList } from "./same-list.ts";

/** What people know a flag by. */
export interface General {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** The instructions from one to the other. */
export function generalInstructions(from: General, to: General): readonly FlagInstruction[] {
  const added = to.tags.filter((tag) => !from.tags.includes(tag));
  const removed = from.tags.filter((tag) => !to.tags.includes(tag));
  return [
    ...(from.name === to.name ? [] : [{ kind: "updateName" as const, value: to.name }]),
    ...(from.description === to.description
      ? []
      : [{ kind: "updateDescription" as const, value: to.description }]),
    ...(removed.length === 0 ? [] : [{ kind: "removeTags" as const, values: removed }]),
    ...(added.length === 0 ? [] : [{ kind: "addTags" as const, values: added }]),
  ];
}

export function isSameGeneral(a: General, b: General): boolean {
  return a.name === b.name && a.description === b.description && isSameList(a.tags, b.tags);
}
