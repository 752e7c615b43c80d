import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { flagNames, type NamedFlag } from "../palette/flag-names.ts";
import { EmptyFiltered } from "../ui/states.tsx";
import { reasonInWords } from "./reason-words.ts";
import { rateOf, type TailLine } from "./tail.ts";
import type { TailCardProps } from "./tail-card-props.ts";
import { TailControls } from "./tail-controls.tsx";
import { TailDetails } from "./tail-details.tsx";
import { TailTable } from "./tail-table.tsx";
import { contextInWords, hasText, valueInWords } from "./tail-words.ts";
import { useTailedFlags } from "./tailed-flag.ts";
import { t } from "./text.ts";
import { useTail } from "./use-tail.ts";

const noNames: readonly NamedFlag[] = [];

/** The evaluations of one environment, line by line, as SDKs report them. */
export function TailCard(props: TailCardProps) {
  const { project, environment, flag } = props;
  const of = flag === undefined ? "" : `?flag=${flag}`;
  // Another topic is another tail.
  return (
    <Tail key={environment.key + of} {...props} topic={`tail/${project}/${environment.key}${of}`} />
  );
}

function Tail({ topic, ...props }: TailCardProps & { readonly topic: `tail/${string}` }) {
  const { project, environment, typed, onChange } = props;
  const live = useTail(topic);
  const [hidesKeys, setHidesKeys] = useState(false);
  const [chosen, setChosen] = useState<TailLine>();
  const names = useQuery(flagNames(project)).data?.items ?? noNames;
  const now = useEverySecond();
  const { lines, dropped } = live.tail;
  const flags = useTailedFlags({ project, environment: environment.key }, lines, names);
  const variationsOf = (line: TailLine) => flags.get(line.flag)?.variations;
  const fitting = lines.filter((line) =>
    hasText(
      [
        line.flag,
        valueInWords(line, variationsOf(line)),
        reasonInWords(line.reason),
        line.sdk ?? "",
        ...(hidesKeys ? [] : [contextInWords(line.context)]),
      ],
      typed,
    ),
  );
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">{t("tail.title")}</h2>
      <div className="rounded-lg border border-line bg-surface">
        <TailControls
          {...props}
          live={live}
          rate={rateOf(live.tail, now)}
          flags={names}
          hidesKeys={hidesKeys}
          onHidesKeys={setHidesKeys}
        />
        {dropped > 0 && (
          <p
            role="status"
            className="border-t border-line bg-prodbg px-3 py-1.5 text-[13px] text-prod"
          >
            {t("tail.dropped", { count: dropped })}
          </p>
        )}
        {live.refused !== undefined && (
          <p role="alert" className="border-t border-line p-3 text-danger">
            {t("tail.refused", { why: live.refused })}
          </p>
        )}
        {lines.length === 0 && (
          <p className="border-t border-line p-8 text-center text-ink2">{t("tail.empty")}</p>
        )}
        {lines.length > 0 && fitting.length === 0 && (
          <div className="border-t border-line p-3">
            <EmptyFiltered
              words={t("tail.filter.none", { count: lines.length, typed })}
              onClear={() => onChange({ q: "" })}
            />
          </div>
        )}
        {fitting.length > 0 && (
          <TailTable
            lines={fitting}
            variationsOf={variationsOf}
            hidesKeys={hidesKeys}
            onOpen={setChosen}
          />
        )}
      </div>
      <TailDetails
        line={chosen}
        project={project}
        variations={chosen && variationsOf(chosen)}
        hidesKeys={hidesKeys}
        onClose={() => setChosen(undefined)}
      />
    </div>
  );
}

/** The time, for what is told of the last seconds. */
function useEverySecond(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
