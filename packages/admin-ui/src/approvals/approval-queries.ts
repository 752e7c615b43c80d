import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { me } from "../session/me.ts";
import { type ApprovalRequest, requestsUnder } from "./approval.ts";

const approvalsPath = "/api/v2/approval-requests";

export function useApprovals() {
  return useQuery(resource<Items<ApprovalRequest>>(`${approvalsPath}?limit=10000`));
}

export function useApproval(id: string) {
  return useQuery(resource<ApprovalRequest>(apiPath("approval-requests", id)));
}

/** How many wait for my word; for the sidebar. */
export function useWaitingApprovals(project: string): number | undefined {
  const { data } = useApprovals();
  const mine = useQuery(me).data;
  if (data === undefined || mine === undefined) return undefined;
  return requestsUnder("review", data.items, { project, memberId: mine.id }).length;
}
