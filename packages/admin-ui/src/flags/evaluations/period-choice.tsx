import { Link } from "@tanstack/react-router";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { type Period, periods } from "./period.ts";
import { t } from "./text.ts";

/** How far back; each has an address of its own. */
export function PeriodChoice({ period }: { readonly period: Period }) {
  const { project, flag } = useFlagPage();
  return (
    <nav
      aria-label={t("evaluations.period")}
      className="flex rounded-md border border-line2/60 bg-surface p-0.5"
    >
      {periods.map((one) => (
        <Link
          key={one}
          to="/p/$project/flags/$flag/evaluations"
          params={{ project, flag: flag.key }}
          search={(search) => ({ ...search, period: one })}
          replace
          resetScroll={false}
          aria-current={one === period ? "page" : undefined}
          className="inline-flex min-h-7 items-center rounded px-2.5 text-[13px] text-ink2 hover:bg-chosen hover:text-ink aria-[current=page]:bg-chosen aria-[current=page]:font-semibold aria-[current=page]:text-ink pointer-coarse:min-h-11"
        >
          {t(`period.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
