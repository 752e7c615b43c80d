import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { me } from "../../session/me.ts";
import { type DraftPlace, listDrafts } from "./draft-store.ts";

/** Where somebody has unsaved changes. */
export interface UnsavedPlace extends Omit<DraftPlace, "member"> {
  readonly count: number;
}

function unsaved(member: string, project: string) {
  return queryOptions({
    queryKey: ["drafts", member, project],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<readonly UnsavedPlace[]> =>
      (await listDrafts(member, project)).map(({ flag, environment, instructions }) => ({
        project,
        flag,
        environment,
        count: instructions.length,
      })),
  });
}

const none: readonly UnsavedPlace[] = [];

/** The flags of a project that one has changed and not saved, in this browser. */
export function useDrafts(project: string): readonly UnsavedPlace[] {
  const { data } = useQuery(me);
  const member = data?.id ?? "";
  return useQuery({ ...unsaved(member, project), enabled: member !== "" }).data ?? none;
}

/** Says that drafts have come or gone. */
export function draftsMoved(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: ["drafts"] });
}
