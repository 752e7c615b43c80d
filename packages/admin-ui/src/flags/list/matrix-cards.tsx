import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { EnvironmentName } from "../../ui/badge.tsx";
import { Bone } from "../../ui/skeleton.tsx";
import { DiffersMark, EnvironmentCell } from "./environment-cell.tsx";
import { differs, kindOf, type ListedFlag } from "./listed-flag.ts";
import type { Matrix } from "./matrix.ts";
import { FlagBadges, RowCheckbox, StatusBadge } from "./matrix-row.tsx";
import { Star } from "./star.tsx";
import { t } from "./text.ts";
import type { RowRange } from "./use-flag-rows.ts";

const gap = 8;

/** On a phone a flag is a card, with a line for each environment. The page itself scrolls. */
export function MatrixCards({
  matrix,
  onRange,
}: {
  readonly matrix: Matrix;
  readonly onRange: (range: RowRange) => void;
}) {
  const { rows, environments } = matrix;
  const list = useRef<HTMLUListElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: rows.count,
    estimateSize: () => 72 + environments.length * 48 + gap,
    overscan: 4,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => rows.rowAt(index)?.key ?? index,
  });
  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => onRange({ from, to }), [onRange, from, to]);
  return (
    <ul
      ref={list}
      aria-label={t("list.what")}
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {items.map(({ index, start }) => {
        const flag = rows.rowAt(index);
        return (
          <li
            key={flag?.key ?? index}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0 pb-2"
            style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
          >
            {flag === undefined ? (
              <div className="h-40 rounded-lg border border-line bg-surface p-3">
                <Bone className="h-4 w-40" />
              </div>
            ) : (
              <Card flag={flag} matrix={matrix} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Card({ flag, matrix }: { readonly flag: ListedFlag; readonly matrix: Matrix }) {
  const { steady, activities, selection, busy, environments } = matrix;
  const isSelected = selection.has(flag.key);
  return (
    <article
      data-key={flag.key}
      className={`group/row rounded-lg border bg-surface ${isSelected ? "border-link" : "border-line"}`}
    >
      <div className="flex items-start gap-2 p-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="flex flex-wrap items-center gap-1.5">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project: steady.project, flag: flag.key }}
              preload={false}
              translate="no"
              className="min-w-0 rounded font-semibold text-ink hover:text-link"
            >
              {flag.name}
            </Link>
            <FlagBadges flag={flag} />
            <Star project={steady.project} flag={flag} />
          </h2>
          <p className="flex min-w-0 items-center gap-1 text-xs text-ink3">
            <code translate="no" className="truncate font-mono">
              {flag.key}
            </code>
            <span className="shrink-0">· {t(`list.kind.${kindOf(flag)}`)}</span>
          </p>
        </div>
        <StatusBadge flag={flag} status={activities.statuses.get(flag.key)} />
        <RowCheckbox flag={flag} isSelected={isSelected} onSelect={steady.onSelect} />
      </div>
      <ul>
        {environments.map((environment, at) => {
          const name = `${flag.key} ${environment.key}`;
          const before = environments[at - 1];
          return (
            <li
              key={environment.key}
              className={`flex min-h-12 flex-col justify-center gap-0.5 border-t border-line px-3 py-2 ${environment.critical ? "bg-prodbg" : ""}`}
            >
              <span className="flex items-center gap-1.5 text-xs">
                <EnvironmentName name={environment.name} isCritical={environment.critical} />
                {before !== undefined && differs(flag, environment.key, before.key) && (
                  <DiffersMark from={before.name} />
                )}
              </span>
              <EnvironmentCell
                flag={flag}
                environment={environment}
                isBusy={busy.has(name)}
                activity={activities.evaluations.get(name)}
                differsFrom={undefined}
                unavailable={steady.unavailable.get(environment.key)}
                isDrafted={steady.drafted.has(name)}
                onSwitch={steady.onSwitch}
              />
            </li>
          );
        })}
      </ul>
    </article>
  );
}
