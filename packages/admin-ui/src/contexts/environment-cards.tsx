import { Link } from "@tanstack/react-router";
import { Columns3 } from "lucide-react";
import type { Environment } from "../api/representations.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { SeenInstance } from "./context-representation.ts";
import { t } from "./text.ts";

interface EnvironmentCardsProps {
  readonly environments: readonly Environment[];
  /** Undefined where all are looked at. */
  readonly chosen: string | undefined;
  /** By the place of the environment; undefined until it is known, null where it was not seen. */
  readonly seen: readonly (SeenInstance | null | undefined)[];
}

/** Where and when a context was seen; a press looks at it there. */
export function EnvironmentCards({ environments, chosen, seen }: EnvironmentCardsProps) {
  return (
    <nav aria-label={t("context.environments")} className="-mx-1">
      <ul className="flex snap-x scroll-px-1 gap-3 overflow-x-auto px-1 py-1 max-md:flex-col">
        {environments.map((environment, at) => (
          <Card
            key={environment.key}
            environment={environment}
            isChosen={environment.key === chosen}
            seen={seen[at]}
          />
        ))}
        {environments.length > 1 && (
          <li className="flex snap-start">
            <Link
              to="."
              search={{ env: "*" }}
              aria-current={chosen === undefined ? "page" : undefined}
              resetScroll={false}
              className="flex min-w-28 flex-1 items-center justify-center gap-2 rounded-lg border border-dashed border-line2 px-3 text-[13px] font-medium whitespace-nowrap text-ink2 hover:bg-chosen hover:text-ink aria-[current=page]:border-link/70 aria-[current=page]:text-ink aria-[current=page]:ring-2 aria-[current=page]:ring-link/60 max-md:min-h-11"
            >
              <Columns3 size={16} aria-hidden />
              {t("context.flags.all")}
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}

interface CardProps {
  readonly environment: Environment;
  readonly isChosen: boolean;
  readonly seen: SeenInstance | null | undefined;
}

function Card({ environment, isChosen, seen }: CardProps) {
  const tint = environment.critical ? "border-prod/50 bg-prodbg" : "border-line bg-surface";
  const ring = isChosen ? "border-link/70 ring-2 ring-link/60" : "hover:border-line2";
  return (
    <li className="min-w-48 flex-1 snap-start">
      <Link
        to="."
        search={{ env: environment.key }}
        aria-current={isChosen ? "page" : undefined}
        resetScroll={false}
        className={`block h-full rounded-lg border p-3 pb-2.5 forced-colors:border-2 ${tint} ${ring}`}
      >
        <EnvironmentName name={environment.name} isCritical={environment.critical} />
        <span className="mt-1 block min-h-5 text-[13px] text-ink2">
          {seen === null && t("context.notSeen")}
          {seen !== null &&
            seen !== undefined &&
            t.rich("context.seen", {
              ago: <RelativeTime key="ago" at={Date.parse(seen.lastSeen)} />,
            })}
        </span>
      </Link>
    </li>
  );
}
