import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayByScopes } from "../../session/may.ts";
import { me } from "../../session/me.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";

export type Way = "now" | "schedule" | "request";

/** The ways that a change may go here, and the chosen one. */
export function useWhen() {
  const { project, flag, environment } = useFlagPage();
  const { data } = useQuery(me);
  const { required, requiredApprovalTags: tags } = environment.approvalSettings;
  const isRequired = required && (tags.length === 0 || tags.some((tag) => flag.tags.includes(tag)));
  const resource = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const mayBypass =
    data !== undefined && mayByScopes(data.scopes, "bypassRequiredApproval", resource);
  const ways: readonly Way[] =
    isRequired && !mayBypass ? ["request"] : ["now", "schedule", "request"];
  const [chosen, choose] = useState<Way>(isRequired ? "request" : "now");
  return { way: ways.includes(chosen) ? chosen : "request", choose, ways, isRequired } as const;
}
