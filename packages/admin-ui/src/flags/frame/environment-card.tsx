import { Link } from "@tanstack/react-router";
import { Focusable } from "react-aria-components";
import type { Environment } from "../../api/representations.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { formatCompact, formatNumber } from "../../text/format.ts";
import { EnvironmentName } from "../../ui/badge.tsx";
import { Hint } from "../../ui/tooltip.tsx";
import { EnvironmentSwitch } from "../environment-switch.tsx";
import { useFlagPage } from "./flag-page-context.ts";
import { summaryOf } from "./summary.ts";
import { t } from "./text.ts";

interface EnvironmentCardProps {
  readonly environment: Environment;
  /** From 1; as a key it chooses the environment. */
  readonly place: number;
  readonly onPick: (key: string) => void;
  readonly rate: number | undefined;
  /** The name of the neighbour before, where that one serves otherwise. */
  readonly differsFrom: string | undefined;
}

/** An environment of the flag: its switch, what it serves, how often it is asked. A press chooses it. */
export function EnvironmentCard(props: EnvironmentCardProps) {
  const { environment, place, rate, differsFrom, onPick } = props;
  const { project, flag, environment: chosen } = useFlagPage();
  const configuration = flag.environments[environment.key];
  const isChosen = chosen.key === environment.key;
  useShortcut(
    String(place),
    t("frame.pick", { environment: environment.name }),
    () => onPick(environment.key),
    place <= 9,
  );
  const tint = environment.critical ? "border-prod/50 bg-prodbg" : "border-line bg-surface";
  const ring = isChosen
    ? "ring-2 ring-link/60 border-link/70 forced-colors:border-4 forced-colors:border-[Highlight]"
    : "hover:border-line2";
  return (
    <li
      className={`relative min-w-60 flex-1 md:max-lg:min-w-51 snap-start rounded-lg border p-3 pb-2.5 forced-colors:border-2 ${tint} ${ring}`}
    >
      {differsFrom !== undefined && <Differs from={differsFrom} />}
      <div className="flex h-6 items-center justify-between gap-2">
        <Hint
          words={place <= 9 ? t("frame.pick", { environment: environment.name }) : undefined}
          keys={String(place)}
        >
          <Focusable>
            <Link
              to="."
              search={(search) => ({ ...search, env: environment.key })}
              aria-current={isChosen ? "page" : undefined}
              {...(place <= 9 ? { "aria-keyshortcuts": String(place) } : {})}
              data-environment={environment.key}
              resetScroll={false}
              className="min-w-0 rounded after:absolute after:inset-0 after:rounded-lg"
            >
              <EnvironmentName name={environment.name} isCritical={environment.critical} />
            </Link>
          </Focusable>
        </Hint>
        <span className="relative z-1 inline-flex">
          <EnvironmentSwitch project={project} flag={flag} environment={environment} />
        </span>
      </div>
      <div className="mt-1.5 flex items-baseline justify-between gap-3 text-[13px] text-ink2">
        <span translate="no" className="min-w-0 truncate">
          {configuration !== undefined && summaryOf(flag, configuration)}
        </span>
        {rate !== undefined && rate > 0 && (
          <span
            className="shrink-0 tabular-nums"
            title={t("frame.rate.words", { rate: formatNumber(rate) })}
          >
            {t("frame.rate", { rate: formatCompact(rate) })}
          </span>
        )}
      </div>
    </li>
  );
}

/** Leads to all differences. */
function Differs({ from }: { readonly from: string }) {
  const { project, flag, environment } = useFlagPage();
  const words = t("frame.differs", { environment: from });
  return (
    <Hint words={words}>
      <Focusable>
        <Link
          to="/p/$project/flags/$flag/compare"
          params={{ project, flag: flag.key }}
          search={{ env: environment.key }}
          aria-label={words}
          className="absolute top-1/2 -left-[19px] z-2 grid size-6 -translate-y-1/2 place-items-center rounded-full border border-line bg-surface font-semibold text-ink2 hover:border-line2 hover:text-ink max-md:-top-[7px] max-md:left-1/2 max-md:-translate-x-1/2"
        >
          <span aria-hidden="true">≠</span>
        </Link>
      </Focusable>
    </Hint>
  );
}
