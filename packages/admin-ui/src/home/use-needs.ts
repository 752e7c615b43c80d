import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { useApprovals } from "../approvals/approval-queries.ts";
import { useDrafts } from "../flags/draft/use-drafts.ts";
import { useScheduledChanges } from "../schedules/schedule-queries.ts";
import { me } from "../session/me.ts";
import { type CleanupCard, type Need, needsOf } from "./needs.ts";

/** What waits for me in the project; undefined until it is known. What cannot be asked for is left out. */
export function useNeeds(project: string): readonly Need[] | undefined {
  const requests = useApprovals();
  const changes = useScheduledChanges(project);
  const cleanup = useQuery(resource<Items<CleanupCard>>(apiPath("projects", project, "cleanup")));
  const drafts = useDrafts(project);
  const mine = useQuery(me).data;
  if (mine === undefined || requests.isPending || changes.isPending || cleanup.isPending)
    return undefined;
  return needsOf({
    project,
    memberId: mine.id,
    requests: requests.data?.items ?? [],
    changes: changes.data?.items ?? [],
    drafts,
    cards: cleanup.data?.items ?? [],
  });
}
