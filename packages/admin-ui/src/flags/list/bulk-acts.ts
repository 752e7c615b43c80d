import type { ListedFlag } from "./listed-flag.ts";

const bulkActs = ["tag", "untag", "turnOff", "archive", "restore"] as const;
export type BulkAct = (typeof bulkActs)[number];

export interface BulkPatch {
  readonly instructions: readonly object[];
  readonly environmentKey?: string;
}

/** What the act needs beside the flags. */
export interface BulkWish {
  readonly act: BulkAct;
  readonly tags: readonly string[];
  readonly environment: string;
}

/** What is done to one of the flags; undefined where it is so already. */
export function bulkPatch({ act, tags, environment }: BulkWish, flag: ListedFlag) {
  return patchOf(act, {
    flag,
    environment,
    values: tags.filter((tag) => flag.tags.includes(tag) === (act === "untag")),
  });
}

/** What takes it back. */
export function bulkReturn({ act, tags, environment }: BulkWish, flag: ListedFlag) {
  const values = tags.filter((tag) => flag.tags.includes(tag) === (act === "untag"));
  const back = { tag: "untag", untag: "tag", archive: "restore", restore: "archive" } as const;
  if (act === "turnOff")
    return { environmentKey: environment, instructions: [{ kind: "turnFlagOn" }] };
  const archived = act === "archive";
  return patchOf(back[act], { flag: { ...flag, archived }, environment, values });
}

function patchOf(
  act: BulkAct,
  {
    flag,
    environment,
    values,
  }: { flag: ListedFlag; environment: string; values: readonly string[] },
): BulkPatch | undefined {
  switch (act) {
    case "tag":
      return values.length === 0 ? undefined : { instructions: [{ kind: "addTags", values }] };
    case "untag":
      return values.length === 0 ? undefined : { instructions: [{ kind: "removeTags", values }] };
    case "archive":
      return flag.archived ? undefined : { instructions: [{ kind: "archiveFlag" }] };
    case "restore":
      return flag.archived ? { instructions: [{ kind: "restoreFlag" }] } : undefined;
    case "turnOff":
      return flag.environments?.[environment]?.on === true
        ? { environmentKey: environment, instructions: [{ kind: "turnFlagOff" }] }
        : undefined;
    default:
      return act satisfies never;
  }
}
