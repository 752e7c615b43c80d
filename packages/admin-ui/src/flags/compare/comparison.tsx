import { flagSentences } from "@halyard/instructions";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { Badge, EnvironmentName } from "../../ui/badge.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { useReady } from "../../ui/ready.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "../frame/text.ts";
import { flagStateOf } from "../state/flag-state.ts";

export function Comparison() {
  const { project, flag, environments } = useFlagPage();
  useReady(true);
  const columns = useMemo(() => {
    const state = flagStateOf(flag, () => undefined);
    const all = environments.map((environment) => ({
      environment,
      sentences: flagSentences(state, environment.key),
    }));
    return all.map(({ environment, sentences }) => ({
      environment,
      isOn: flag.environments[environment.key]?.on === true,
      steps: sentences.map((words) => ({
        words,
        isEverywhere: all.every((one) => one.sentences.includes(words)),
      })),
    }));
  }, [flag, environments]);
  return (
    <div className="grid gap-3 md:grid-cols-[repeat(auto-fit,minmax(17rem,1fr))]">
      {columns.map(({ environment, isOn, steps }) => (
        <section
          key={environment.key}
          aria-label={environment.name}
          className={`flex flex-col rounded-lg border bg-surface ${environment.critical ? "border-prod/50" : "border-line"}`}
        >
          <h3
            className={`flex items-center justify-between gap-2 rounded-t-lg border-b border-line px-3 py-2 ${environment.critical ? "bg-prodbg" : ""}`}
          >
            <EnvironmentName name={environment.name} isCritical={environment.critical} />
            <Badge tone={isOn ? "on" : "plain"}>{isOn ? t("compare.on") : t("compare.off")}</Badge>
          </h3>
          <ol className="flex-1 space-y-2 p-3">
            {steps.map(({ words, isEverywhere }) => (
              <li
                key={words}
                className={`rounded-md border-l-4 py-1 pr-2 pl-2.5 ${isEverywhere ? "border-transparent text-ink2" : "border-signal bg-sunken"}`}
              >
                <span translate="no">{words}</span>
                {!isEverywhere && <span className="sr-only">, {t("compare.only")}</span>}
              </li>
            ))}
          </ol>
          <p className="border-t border-line p-2">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: flag.key }}
              search={{ env: environment.key }}
              className={buttonClass("link")}
            >
              {t("compare.open")}
            </Link>
          </p>
        </section>
      ))}
    </div>
  );
}
