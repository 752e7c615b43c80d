import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { semanticPatch } from "../../api/change.ts";
import { apiPath, refresh } from "../../api/queries.ts";
import { say, sayFailure } from "../../ui/toast.tsx";
import { type BulkFailure, toEach } from "./bulk.ts";
import { type BulkPatch, type BulkWish, bulkPatch, bulkReturn } from "./bulk-acts.ts";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";

const atOnce = 4;

/** Does the same to many flags, tells how far it is, keeps what failed, and offers to take back what did not. */
export function useBulk(project: string, wish: BulkWish, comment: string) {
  const client = useQueryClient();
  const [done, setDone] = useState<number>();
  const [failures, setFailures] = useState<readonly BulkFailure<ListedFlag>[]>([]);
  const path = apiPath("flags", project);
  const send = async (flag: ListedFlag, patch: BulkPatch | undefined) => {
    if (patch === undefined) return;
    await semanticPatch(`${path}/${encodeURIComponent(flag.key)}`, {
      ...patch,
      ...(comment === "" ? {} : { comment }),
    });
  };
  async function takeBack(changed: readonly ListedFlag[]) {
    const act = (flag: ListedFlag) => send(flag, bulkReturn(wish, flag));
    const [first] = await toEach(changed, act, { atOnce, onProgress: () => undefined });
    await refresh(client, path);
    if (first !== undefined) sayFailure(t("bulk.undo.failed"), `${first.item.name}: ${first.why}`);
  }
  /** True where all of it was done. */
  async function run(flags: readonly ListedFlag[]): Promise<boolean> {
    setDone(0);
    const act = (flag: ListedFlag) => send(flag, bulkPatch(wish, flag));
    const failed = await toEach(flags, act, { atOnce, onProgress: setDone });
    await refresh(client, path);
    setDone(undefined);
    setFailures(failed);
    const changed = flags.filter((flag) => failed.every(({ item }) => item !== flag));
    const words = t(`bulk.done.${wish.act}`, { count: changed.length });
    if (changed.length > 0) say(words, () => takeBack(changed));
    return failed.length === 0;
  }
  return { run, done, failures };
}

/** Those that would change; before tags are given, none. */
export function flagsMeant(flags: readonly ListedFlag[], wish: BulkWish): readonly ListedFlag[] {
  return flags.filter((flag) => bulkPatch(wish, flag) !== undefined);
}
