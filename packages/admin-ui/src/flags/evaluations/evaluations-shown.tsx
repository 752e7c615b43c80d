import { useMemo, useState } from "react";
import { useIsDark } from "../../theme/theme.ts";
import { Empty } from "../../ui/states.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { ChangesInChart } from "./changes-in-chart.tsx";
import { Chart } from "./chart.tsx";
import { type Evaluations, useChanges } from "./evaluation-queries.ts";
import { LastSeen } from "./last-seen.tsx";
import { layersOf } from "./layers.tsx";
import { NumbersTable } from "./numbers-table.tsx";
import type { Period } from "./period.ts";
import { SdkTable } from "./sdk-table.tsx";
import { startsOf } from "./series.ts";
import { momentOfStep } from "./step-words.ts";
import { t } from "./text.ts";
import { TotalsTable } from "./totals-table.tsx";

interface EvaluationsShownProps {
  readonly evaluations: Evaluations;
  readonly period: Period;
}

const units = {
  "1h": "evaluations.perMinute",
  "24h": "evaluations.perHour",
  "7d": "evaluations.perHour",
  "30d": "evaluations.perDay",
} as const;

export function EvaluationsShown({ evaluations, period }: EvaluationsShownProps) {
  const { flag, environment } = useFlagPage();
  const [step, setStep] = useState<number>();
  const isDark = useIsDark();
  const layers = useMemo(() => layersOf(flag, evaluations.series), [flag, evaluations]);
  const input = useMemo(
    // The theme is what colours come out as.
    () => ({ ...evaluations, period, layers, isDark }),
    [evaluations, period, layers, isDark],
  );
  const changes = useChanges(startOfPeriod(evaluations)) ?? [];
  const within = t(`period.${period}`);
  if (evaluations.totalCount === 0) {
    return (
      <Empty words={t("evaluations.none", { environment: environment.name, period: within })} />
    );
  }
  const { from, to, bucketMs, totalCount, sdks } = evaluations;
  const at = step === undefined ? undefined : startsOf(evaluations, step + 1)[step];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0 space-y-3">
        <figure className="rounded-lg border border-line bg-surface p-3">
          <figcaption className="mb-2 text-xs text-ink3">{t(units[period])}</figcaption>
          <div className="relative">
            <Chart
              input={input}
              label={t("evaluations.chart", { count: totalCount, period: within })}
              onStep={setStep}
            />
            <ChangesInChart changes={changes} from={from} to={to} />
          </div>
        </figure>
        <NumbersTable evaluations={evaluations} layers={layers} />
      </div>
      <div className="min-w-0 space-y-4">
        <section aria-labelledby="totals">
          <h3 id="totals" className="mb-2 font-semibold">
            {at === undefined
              ? t("evaluations.within", { period: within })
              : t("evaluations.at", { time: momentOfStep(at, bucketMs) })}
          </h3>
          <TotalsTable layers={layers} step={step} />
        </section>
        <SdkTable sdks={sdks} />
        <LastSeen />
      </div>
    </div>
  );
}

/** To the step, so that the question stays the same while the clock goes on. */
function startOfPeriod({ from, bucketMs }: Evaluations) {
  return Math.floor(from / bucketMs) * bucketMs;
}
