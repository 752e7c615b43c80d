import { Bone, Skeleton } from "../../ui/skeleton.tsx";
import { useImpact } from "../draft/use-impact.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { nameAt } from "../frame/summary.ts";
import { ImpactShown } from "./impact-shown.tsx";
import { t } from "./text.ts";

/** For how many of those that were seen the value changes, with examples. */
export function ImpactPanel() {
  const { data, error } = useImpact();
  const { flag } = useFlagPage();
  if (error !== null)
    return <p className="text-ink2">{t("review.impact.failed", { why: error.message })}</p>;
  if (data === undefined)
    return (
      <Skeleton>
        <Bone className="h-5 w-72" />
      </Skeleton>
    );
  return <ImpactShown impact={data} nameOf={(index) => nameAt(flag, index)} />;
}
