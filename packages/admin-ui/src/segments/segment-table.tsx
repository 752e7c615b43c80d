import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useRef } from "react";
import type { Environment } from "../api/representations.ts";
import { Badge, EnvironmentName } from "../ui/badge.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { useRowKeys } from "../ui/row-keys.ts";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import type { SegmentRow } from "./segment-rows.ts";
import { segmentSummary } from "./segment-summary.ts";
import { t } from "./text.ts";

interface SegmentTableProps {
  readonly project: string;
  readonly rows: readonly SegmentRow[];
  readonly environments: readonly Environment[];
}

/** Segments by environments; on a phone each segment is a card. */
export function SegmentTable({ project, rows, environments }: SegmentTableProps) {
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  return (
    <div ref={list}>
      <Table caption={t("segment.list.caption")} className="max-md:hidden">
        <thead>
          <tr>
            <HeadCell>{t("segment.list.name")}</HeadCell>
            <HeadCell>{t("segment.list.usedBy")}</HeadCell>
            {environments.map(({ key, name, critical }) => (
              <HeadCell key={key}>
                <EnvironmentName name={name} isCritical={critical} />
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <Cell className="py-2">
                <NameOf project={project} row={row} isRow />
              </Cell>
              <Cell className="whitespace-nowrap text-[13px] text-ink2 tabular-nums">
                <UsedBy count={row.flagCount} />
              </Cell>
              {environments.map((environment) => (
                <Cell key={environment.key} className="min-w-44 max-lg:min-w-32 max-lg:text-[13px]">
                  <InEnvironment project={project} row={row} environment={environment} />
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <ul className="space-y-3 md:hidden">
        {rows.map((row) => (
          <li key={row.key} className="rounded-lg border border-line bg-surface p-3">
            <div className="flex items-start justify-between gap-3">
              <NameOf project={project} row={row} isRow={false} />
              <span className="text-[13px] whitespace-nowrap text-ink2">
                <UsedBy count={row.flagCount} />
              </span>
            </div>
            <ul className="mt-2 divide-y divide-line border-t border-line">
              {environments.map((environment) => (
                <li
                  key={environment.key}
                  className="flex min-h-11 flex-wrap items-center justify-between gap-x-3 py-1"
                >
                  <EnvironmentName name={environment.name} isCritical={environment.critical} />
                  <InEnvironment project={project} row={row} environment={environment} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface InRow {
  readonly project: string;
  readonly row: SegmentRow;
}

function NameOf({ project, row, isRow }: InRow & { readonly isRow: boolean }) {
  const [first] = [...row.inEnvironment.keys()].slice(-1);
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Link
          to="/p/$project/segments/$segment"
          params={{ project, segment: row.key }}
          search={first === undefined ? {} : { env: first }}
          translate="no"
          {...(isRow ? { "data-row": "" } : {})}
          className="inline-block min-h-6 rounded leading-6 font-semibold text-link [overflow-wrap:anywhere] hover:underline"
        >
          {row.name}
        </Link>
        {row.tags.map((tag) => (
          <Badge key={tag}>
            <span translate="no">{tag}</span>
          </Badge>
        ))}
      </div>
      <KeyCopy value={row.key} />
    </div>
  );
}

function UsedBy({ count }: { readonly count: number }) {
  if (count === 0) return <span className="text-ink3">{t("segment.list.notUsed")}</span>;
  return t("segment.list.flags", { count });
}

function InEnvironment({
  project,
  row,
  environment,
}: InRow & { readonly environment: Environment }) {
  const segment = row.inEnvironment.get(environment.key);
  const params = { project, segment: row.key };
  if (segment === undefined) {
    return (
      <Link
        to="/p/$project/segments/new"
        params={{ project }}
        search={{ env: environment.key, from: row.key }}
        aria-label={t("segment.cell.add", { environment: environment.name })}
        className="inline-flex min-h-8 items-center gap-1 rounded text-[13px] text-ink3 hover:text-link"
      >
        <Plus size={14} aria-hidden />
        {t("segment.cell.add.short")}
      </Link>
    );
  }
  const words = segmentSummary(segment);
  return (
    <Link
      to="/p/$project/segments/$segment"
      params={params}
      search={{ env: environment.key }}
      aria-label={t("segment.cell.open", {
        segment: row.name,
        environment: environment.name,
        words,
      })}
      className="inline-flex min-h-8 items-center rounded text-[13px] text-ink2 hover:text-link hover:underline"
    >
      {words}
    </Link>
  );
}
