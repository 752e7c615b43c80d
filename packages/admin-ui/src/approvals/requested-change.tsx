import {
  describeFlagInstruction,
  describeSegmentInstruction,
  type FlagState,
  inWords,
} from "@halyard/instructions";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { resource } from "../api/queries.ts";
import { RequestError } from "../api/request.ts";
import type { AuditPageOfEntries } from "../audit/audit-entry.ts";
import { auditPath } from "../audit/audit-queries.ts";
import { ChangeView } from "../change-words/change-view.tsx";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useFlagState } from "../flags/state/use-flag-state.ts";
import { Notice } from "../ui/notice.tsx";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import {
  isFlagInstruction,
  isSegmentInstruction,
  outcomeOf,
  type PlannedChange,
} from "./planned-change.ts";
import { RequestedImpact } from "./requested-impact.tsx";
import { t } from "./text.ts";

interface RequestedChangeProps {
  readonly change: PlannedChange;
  /** Without what has happened since. */
  readonly isBrief?: boolean;
}

/** What would come of a change today, line by line, and whether it still fits. */
export function RequestedChange(props: RequestedChangeProps) {
  const { change } = props;
  const isOfFlag = change.kind === "flag" && change.instructions.every(isFlagInstruction);
  return isOfFlag && change.isDone !== true ? (
    <FlagChange {...props} />
  ) : (
    <InWords change={change} />
  );
}

function FlagChange({ change, isBrief = false }: RequestedChangeProps) {
  const { project, key } = change;
  const { state: today, error, retry } = useFlagState(project, key);
  const environments = useEnvironments(project).data?.items ?? [];
  const outcome = useMemo(
    () => (today === undefined ? undefined : outcomeOf(change, today)),
    [change, today],
  );
  const moved = useChangesSince(change);
  if (error instanceof RequestError && error.status === 404)
    return <Notice tone="critical">{t("approval.gone")}</Notice>;
  if (error !== null && outcome === undefined)
    return <ErrorState what={t("approval.will")} error={error} onRetry={retry} />;
  if (outcome === undefined) return <ChangeSkeleton />;
  const fits = outcome.problem === undefined;
  return (
    <div className="space-y-3">
      {moved > 0 && !isBrief && (
        <Notice tone={fits ? "info" : "critical"}>
          {fits
            ? t("approval.moved", { count: moved })
            : t("approval.movedUnfit", { count: moved })}
        </Notice>
      )}
      {outcome.problem !== undefined && (
        <Notice tone="danger">{t("approval.unfit", { why: outcome.problem })}</Notice>
      )}
      {fits && outcome.parts.length === 0 && <Notice>{t("approval.nothing")}</Notice>}
      <ChangeView parts={outcome.parts} environments={environments} />
      {fits && !isBrief && today !== undefined && outcome.parts.length > 0 && (
        <RequestedImpact change={change} today={today} />
      )}
    </div>
  );
}

/** How often the thing has been changed since; what is said about requests is no change of it. */
function useChangesSince({ project, environment, kind, key, since }: PlannedChange): number {
  const spec = `proj/${project}:env/${environment}:${kind}/${key}`;
  const query = new URLSearchParams({ spec, after: String(since), limit: "100" });
  const { data } = useQuery(resource<AuditPageOfEntries>(`${auditPath}?${query}`));
  return data?.items.filter((entry) => entry.kind === kind).length ?? 0;
}

function InWords({ change }: { readonly change: PlannedChange }) {
  const { state } = useFlagState(change.project, change.kind === "flag" ? change.key : "");
  return (
    <ul translate="no" className="list-disc space-y-0.5 pl-5">
      {change.instructions.map((instruction, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be asked for twice; its place is what it is known by.
        <li key={at}>{sentenceOf(instruction, change.kind, state)}</li>
      ))}
    </ul>
  );
}

function sentenceOf(
  instruction: { readonly kind: string },
  kind: PlannedChange["kind"],
  flag: FlagState | undefined,
): string {
  if (kind === "segment" && isSegmentInstruction(instruction))
    return describeSegmentInstruction(instruction);
  if (kind === "flag" && isFlagInstruction(instruction) && flag !== undefined)
    return describeFlagInstruction(instruction, flag);
  return inWords(instruction.kind);
}

function ChangeSkeleton() {
  return (
    <Skeleton>
      <Bone className="h-24 w-full" />
    </Skeleton>
  );
}
