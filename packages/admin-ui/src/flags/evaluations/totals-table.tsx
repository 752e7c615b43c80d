import { formatNumber, formatShare } from "../../text/format.ts";
import { Cell, HeadCell, Table } from "../../ui/table.tsx";
import { type Layer, LayerName } from "./layers.tsx";
import { t } from "./text.ts";

interface TotalsTableProps {
  readonly layers: readonly Layer[];
  /** The step that is pointed at; without one the whole period is told. */
  readonly step: number | undefined;
}

/** How often each was served, and its share. */
export function TotalsTable({ layers, step }: TotalsTableProps) {
  const rows = layers.map((layer) => ({
    layer,
    count: step === undefined ? layer.total : (layer.counts[step] ?? 0),
  }));
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  const number = "text-right tabular-nums";
  return (
    <Table isDense caption={t("evaluations.totals")}>
      <thead>
        <tr>
          <HeadCell>{t("evaluations.served")}</HeadCell>
          <HeadCell className="text-right">{t("evaluations.count")}</HeadCell>
          <HeadCell className="text-right">{t("evaluations.share")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ layer, count }) => (
          <tr key={layer.id}>
            <Cell className="py-1.5">
              <LayerName layer={layer} />
            </Cell>
            <Cell className={number}>{formatNumber(count)}</Cell>
            <Cell className={number}>{shareOf(count, all)}</Cell>
          </tr>
        ))}
        <tr>
          <Cell className="text-ink2">{t("evaluations.all")}</Cell>
          <Cell className={number}>{formatNumber(all)}</Cell>
          <Cell />
        </tr>
      </tbody>
    </Table>
  );
}

function shareOf(count: number, all: number): string {
  return all === 0 ? "–" : formatShare(Math.round((count / all) * 1_000) / 1_000);
}
