import { useSearch } from "@tanstack/react-router";
import { useReady } from "../../ui/ready.ts";
import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { useEvaluations } from "./evaluation-queries.ts";
import { EvaluationsShown } from "./evaluations-shown.tsx";
import { LastSeen } from "./last-seen.tsx";
import type { Period } from "./period.ts";
import { PeriodChoice } from "./period-choice.tsx";
import { t } from "./text.ts";

/** How often apps asked for the flag in the chosen environment, and what they got. */
export function EvaluationsPage() {
  const { environment } = useFlagPage();
  const { period = "24h" }: { period?: Period } = useSearch({ strict: false });
  const { data, error, refetch } = useEvaluations(period);
  useReady(data !== undefined || error !== null);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="min-w-0 flex-1 basis-52 text-base font-semibold">
          {t("evaluations.title", { environment: environment.name })}
        </h2>
        <PeriodChoice period={period} />
      </div>
      {data === undefined && error !== null && (
        <ErrorState what={t("evaluations.what")} error={error} onRetry={refetch} />
      )}
      {data === undefined && error === null && (
        <Skeleton>
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <Bone className="h-72 w-full" />
            <Bone className="h-72 w-full" />
          </div>
        </Skeleton>
      )}
      {data !== undefined && <EvaluationsShown evaluations={data} period={period} />}
      {data !== undefined && data.totalCount === 0 && <LastSeen />}
    </div>
  );
}
