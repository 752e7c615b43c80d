import { type FlagState, variationName } from "@halyard/instructions";
import { useQuery } from "@tanstack/react-query";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import type { Impact } from "../flags/draft/use-impact.ts";
import { ImpactShown } from "../flags/review/impact-shown.tsx";
import type { PlannedChange } from "./planned-change.ts";
import { t } from "./text.ts";

interface RequestedImpactProps {
  readonly change: PlannedChange;
  /** The flag as it is today. */
  readonly today: FlagState;
}

/** For how many of those that were seen the value would change; nothing where that is not known. */
export function RequestedImpact({ change, today }: RequestedImpactProps) {
  const { project, key, environment, instructions } = change;
  const path = apiPath("projects", project, "flags", key, "environments", environment, "impact");
  const { data } = useQuery({
    queryKey: [path, instructions],
    queryFn: ({ signal }) => request<Impact>("POST", path, { instructions }, { signal }),
    staleTime: 60_000,
    retry: false,
  });
  if (data === undefined) return null;
  const nameOf = (index: number | undefined) => {
    const variation = index === undefined ? undefined : today.variations[index];
    return variation === undefined ? t("approval.codeDefault") : variationName(variation.id, today);
  };
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t("approval.impact")}</h3>
      <ImpactShown impact={data} nameOf={nameOf} />
    </section>
  );
}
