import type { FlagInstruction } from "@halyard/instructions";
import type { QueryClient } from "@tanstack/react-query";
import { semanticPatch, useChange } from "../../api/change.ts";
import { apiPath, resource } from "../../api/queries.ts";
import { useUnavailable } from "../../session/unavailable.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import type { ShownFlag } from "../frame/shown-flag.ts";
import { t } from "./text.ts";

/** A change of the whole flag, and how it is taken back. */
export interface FlagEdit {
  readonly instructions: readonly FlagInstruction[];
  readonly undo: readonly FlagInstruction[];
  /** What was done, in words. */
  readonly done: string;
  /** What failed, in words. */
  readonly failed: string;
  readonly comment?: string | undefined;
  /** What is on screen at once; left out where critical environments could serve otherwise. */
  readonly foresee?: (flag: ShownFlag) => ShownFlag;
}

/** Changes the flag of this page; a refusal goes where `onRefusal` shows it, or else into a toast. */
export function useFlagEdit(onRefusal?: (error: Error) => void) {
  const { project, flag } = useFlagPage();
  const path = apiPath("flags", project, flag.key);
  return useChange<FlagEdit>({
    path: apiPath("flags", project),
    send: ({ instructions, comment }) =>
      semanticPatch(path, { instructions, ...(comment === undefined ? {} : { comment }) }),
    foresee: (client, { foresee }) => foresee !== undefined && show(client, path, foresee),
    done: ({ done }) => done,
    undo: ({ undo, comment }) =>
      semanticPatch(path, {
        instructions: undo,
        ...(comment === undefined ? {} : { comment }),
      }),
    failed: ({ failed }) => failed,
    onRefusal: (error) => {
      onRefusal?.(error);
      return onRefusal !== undefined;
    },
  });
}

function show(client: QueryClient, path: string, foresee: (flag: ShownFlag) => ShownFlag) {
  client.setQueryData(
    resource<ShownFlag>(path).queryKey,
    (flag: ShownFlag | undefined) => flag && foresee(flag),
  );
}

/** Why the whole flag cannot be changed so: it is archived, there is no link, or one may not. */
export function useFlagUnavailable(action: string): string | undefined {
  const { project, flag } = useFlagPage();
  const unavailable = useUnavailable(action, `proj/${project}:env/*:flag/${flag.key}`);
  return flag.archived ? t("edit.archived") : unavailable;
}
