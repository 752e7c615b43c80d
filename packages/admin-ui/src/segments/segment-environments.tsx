import { Link, useNavigate } from "@tanstack/react-router";
import type { Environment } from "../api/representations.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import type { SegmentRow } from "./segment-rows.ts";
import { segmentSummary } from "./segment-summary.ts";
import { t } from "./text.ts";

interface SegmentEnvironmentsProps {
  readonly environments: readonly Environment[];
  readonly row: SegmentRow;
  readonly chosen: string;
}

/** Where the segment is, a card for each environment; a press or its number looks at it there. */
export function SegmentEnvironments({ environments, row, chosen }: SegmentEnvironmentsProps) {
  return (
    <nav aria-label={t("segment.environments")} className="-mx-1">
      <ul className="flex snap-x scroll-px-1 gap-3 overflow-x-auto px-1 py-1 max-md:flex-col">
        {environments.map((environment, at) => (
          <Card
            key={environment.key}
            environment={environment}
            row={row}
            place={at + 1}
            isChosen={environment.key === chosen}
          />
        ))}
      </ul>
    </nav>
  );
}

interface CardProps {
  readonly environment: Environment;
  readonly row: SegmentRow;
  /** From 1; as a key it chooses the environment. */
  readonly place: number;
  readonly isChosen: boolean;
}

function Card({ environment, row, place, isChosen }: CardProps) {
  const navigate = useNavigate();
  const segment = row.inEnvironment.get(environment.key);
  const search = { env: environment.key };
  useShortcut(
    String(place),
    t("segment.pick", { environment: environment.name }),
    () => void navigate({ to: ".", search, resetScroll: false }),
    place <= 9,
  );
  const tint = environment.critical ? "border-prod/50 bg-prodbg" : "border-line bg-surface";
  const ring = isChosen ? "border-link/70 ring-2 ring-link/60" : "hover:border-line2";
  return (
    <li className="min-w-48 flex-1 snap-start">
      <Link
        to="."
        search={search}
        aria-current={isChosen ? "page" : undefined}
        resetScroll={false}
        className={`block h-full rounded-lg border p-3 pb-2.5 forced-colors:border-2 ${tint} ${ring}`}
      >
        <EnvironmentName name={environment.name} isCritical={environment.critical} />
        <span className="mt-1 block min-h-5 text-[13px] text-ink2">
          {segment === undefined ? t("segment.missing") : segmentSummary(segment)}
        </span>
      </Link>
    </li>
  );
}
