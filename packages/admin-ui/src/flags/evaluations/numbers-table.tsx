import { formatNumber } from "../../text/format.ts";
import { Cell, HeadCell, Table } from "../../ui/table.tsx";
import type { Evaluations } from "./evaluation-queries.ts";
import type { Layer } from "./layers.tsx";
import { startsOf } from "./series.ts";
import { momentOfStep } from "./step-words.ts";
import { t } from "./text.ts";

interface NumbersTableProps {
  readonly evaluations: Evaluations;
  readonly layers: readonly Layer[];
}

/** What the chart shows, as numbers; steps without evaluations are left out. The newest first. */
export function NumbersTable({ evaluations, layers }: NumbersTableProps) {
  const { bucketMs } = evaluations;
  const starts = startsOf(evaluations, layers[0]?.counts.length ?? 0);
  const rows = starts
    .map((at, step) => ({ at, counts: layers.map(({ counts }) => counts[step] ?? 0) }))
    .filter(({ counts }) => counts.some((count) => count > 0))
    .toReversed();
  return (
    <details>
      <summary className="inline-flex min-h-8 cursor-pointer items-center gap-1 text-link">
        {t("evaluations.numbers")}
      </summary>
      <Table isDense caption={t("evaluations.numbers.table")} className="mt-2 max-h-96">
        <thead>
          <tr>
            <HeadCell>{t("evaluations.from")}</HeadCell>
            {layers.map(({ id, name }) => (
              <HeadCell key={id} className="text-right">
                <span translate="no">{name}</span>
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, counts }) => (
            <tr key={at}>
              <Cell className="whitespace-nowrap">
                <time>{momentOfStep(at, bucketMs)}</time>
              </Cell>
              {counts.map((count, place) => (
                <Cell key={layers[place]?.id} className="text-right tabular-nums">
                  {formatNumber(count)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
