import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import { EnvironmentName } from "../../ui/badge.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Bone } from "../../ui/skeleton.tsx";
import type { Matrix } from "./matrix.ts";
import { MatrixRow } from "./matrix-row.tsx";
import { t } from "./text.ts";
import type { RowRange } from "./use-flag-rows.ts";

const rowHeights = { cosy: 48, compact: 36 } as const;
/** Up to so many rows all of them are drawn, so that the browser's own search finds them. */
const drawnWhole = 200;

/** Flags by environments. The head and the names stay in sight; what is off screen is not drawn. */
export function MatrixTable({
  list,
  matrix,
  onRange,
}: {
  /** Which list it is: another one begins at its top. */
  readonly list: string;
  readonly matrix: Matrix;
  readonly onRange: (range: RowRange) => void;
}) {
  const { rows, environments, columns, density } = matrix;
  const scroller = useRef<HTMLElement>(null);
  const height = rowHeights[density];
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: rows.count <= drawnWhole ? drawnWhole : 5,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table stays, which is cheaper than another one.
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [list]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height of all rows.
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const items = virtualizer.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;
  useEffect(() => onRange({ from, to }), [onRange, from, to]);
  useFocusedRow(matrix, (index) => virtualizer.scrollToIndex(index), scroller);
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const others = 36 + columns.length * 104;
  const span = 2 + environments.length + columns.length;
  return (
    <section
      ref={scroller}
      aria-label={t("list.what")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus.
      tabIndex={0}
      className={`relative max-h-[max(20rem,calc(100dvh-15rem))] scroll-pt-9 overflow-auto rounded-lg border border-line bg-surface ${rows.isStale ? "opacity-80" : ""}`}
    >
      <table
        aria-rowcount={rows.count + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-left [--cell:196px] [--name:232px] max-[88rem]:[--cell:156px] max-[88rem]:[--name:208px] max-lg:[--cell:142px] max-lg:[--name:178px] max-[88rem]:[&_td]:px-2 max-[88rem]:[&_th]:px-2 min-[110rem]:[--name:280px]"
        style={{
          minWidth: `calc(${others}px + var(--name) + ${environments.length} * var(--cell))`,
        }}
      >
        <caption className="sr-only">{t("list.what")}</caption>
        <MatrixHead matrix={matrix} />
        <tbody>
          {above > 0 && <Space height={above} span={span} />}
          {items.map(({ index }) => {
            const flag = rows.rowAt(index);
            return flag === undefined ? (
              <WaitingRow key={index} height={height} span={span} />
            ) : (
              <MatrixRow
                key={flag.key}
                index={index}
                flag={flag}
                height={height}
                isSelected={matrix.selection.has(flag.key)}
                status={matrix.activities.statuses.get(flag.key)}
                busy={busyIn(matrix, flag.key)}
                evaluations={matrix.activities.evaluations}
                matrix={matrix.steady}
              />
            );
          })}
          {below > 0 && <Space height={below} span={span} />}
        </tbody>
      </table>
    </section>
  );
}

/** The environments in which the flag's switch is on its way, so that a row is drawn anew for its own alone. */
function busyIn({ busy }: Matrix, key: string): string {
  return busy.size === 0 ? "" : [...busy].filter((name) => name.startsWith(`${key} `)).join();
}

/** Stands for the rows that are not drawn. */
function Space({ height, span }: { readonly height: number; readonly span: number }) {
  return (
    <tr>
      <td colSpan={span} style={{ height, padding: 0 }} />
    </tr>
  );
}

function WaitingRow({ height, span }: { readonly height: number; readonly span: number }) {
  return (
    <tr style={{ height }}>
      <td colSpan={span} className="border-t border-line px-3">
        <Bone className="h-4 w-full max-w-160" />
      </td>
    </tr>
  );
}

const head = "sticky top-0 h-9 px-3 text-xs font-medium whitespace-nowrap text-ink3";
const widths = { tags: "w-31", status: "w-22", owner: "w-23", age: "w-28" } as const;

function MatrixHead({ matrix }: { readonly matrix: Matrix }) {
  const { environments, columns, selection, rows, sort, onSort, onSelectAll } = matrix;
  const Arrow = sort === "-name" ? ArrowUp : ArrowDown;
  const isSorted = sort === "name" || sort === "-name";
  return (
    <thead>
      <tr>
        <th scope="col" className={`${head} left-0 z-20 w-9 bg-surface pr-0`}>
          <Checkbox
            aria-label={t("list.selectAll")}
            isSelected={selection.size > 0 && selection.size >= rows.count}
            isIndeterminate={selection.size > 0 && selection.size < rows.count}
            onChange={onSelectAll}
          />
        </th>
        <th
          scope="col"
          aria-sort={isSorted ? (sort === "name" ? "ascending" : "descending") : "none"}
          className={`${head} left-9 z-20 w-(--name) bg-surface`}
        >
          <button
            type="button"
            onClick={() => onSort(sort === "name" ? "-name" : "name")}
            title={t("list.sort.name")}
            className="-mx-1 inline-flex min-h-6 items-center gap-1 rounded px-1 hover:text-ink"
          >
            {t("list.column.flag")}
            {isSorted && <Arrow size={12} aria-hidden />}
          </button>
        </th>
        {environments.map((environment) => (
          <th
            key={environment.key}
            scope="col"
            className={`${head} z-10 ${environment.critical ? "bg-prodbg" : "bg-surface"}`}
          >
            <EnvironmentName name={environment.name} isCritical={environment.critical} />
          </th>
        ))}
        {columns.map((column) => (
          <th key={column} scope="col" className={`${head} z-10 bg-surface ${widths[column]}`}>
            {t(`list.column.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Puts the focus on the name of the row that J, K or a click chose, once it is drawn. */
function useFocusedRow(
  { wantedFocus }: Matrix,
  show: (index: number) => void,
  scroller: React.RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const index = wantedFocus.current;
    if (index === undefined) return;
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] a`);
    if (link === null || link === undefined) {
      show(index);
      return;
    }
    wantedFocus.current = undefined;
    link.focus();
    link.scrollIntoView({ block: "nearest" });
  });
}
