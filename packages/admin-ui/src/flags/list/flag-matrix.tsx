import { useQuery } from "@tanstack/react-query";
import { type Ref, useRef } from "react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { useReady } from "../../ui/ready.ts";
import { ErrorState } from "../../ui/states.tsx";
import { AskSwitch } from "./ask-switch.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { DisplayMenu } from "./display-menu.tsx";
import { FilterBar, FilterChips } from "./filter-bar.tsx";
import { ListMenu } from "./list-menu.tsx";
import { MatrixCards } from "./matrix-cards.tsx";
import { MatrixSkeleton } from "./matrix-skeleton.tsx";
import { MatrixTable } from "./matrix-table.tsx";
import { NoFlags } from "./no-flags.tsx";
import { t } from "./text.ts";
import { useKeepListed } from "./use-keep-listed.ts";
import { selectedAtMost, useMatrix } from "./use-matrix.ts";
import { useNarrow } from "./use-narrow.ts";
import { ViewsStrip } from "./views-strip.tsx";

type Parts = ReturnType<typeof useMatrix>;

/** The flags of a project, each with what it does in each environment. */
export function FlagMatrix({ project }: { readonly project: string }) {
  const parts = useMatrix(project);
  const { matrix, filter, environments, selected, asked } = parts;
  const { rows } = matrix;
  const input = useRef<HTMLInputElement>(null);
  const tagPath = `${apiPath("tags")}?${new URLSearchParams({ kind: "flag" })}`;
  const tags = useQuery(resource<Items<string>>(tagPath)).data?.items ?? [];
  const isPending = rows.isPending || environments.length === 0;
  useKeepListed(project, filter.parameters, rows);
  useReady(!isPending || parts.error !== null);
  useShortcut("/", t("filter.label"), () => input.current?.focus());
  const isCapped = selected.length === selectedAtMost && rows.count > selectedAtMost;
  return (
    <div className="space-y-3">
      <ViewsStrip project={project} filter={filter.text} onView={filter.setView} />
      <Toolbar project={project} parts={parts} inputRef={input} tags={tags} />
      <FilterChips text={filter.text} filter={filter.filter} onChange={filter.setText} />
      <Content project={project} parts={parts} />
      {selected.length > 0 && (
        <BulkBar
          project={project}
          flags={selected}
          cappedFrom={isCapped ? rows.count : undefined}
          environments={environments}
          tags={tags}
          onClear={parts.clearSelection}
        />
      )}
      {asked !== undefined && <AskSwitch {...asked} onAnswer={parts.answer} />}
    </div>
  );
}

function Toolbar(props: {
  readonly project: string;
  readonly parts: Parts;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly tags: readonly string[];
}) {
  const { project, parts, inputRef, tags } = props;
  const { matrix, filter } = parts;
  const { rows, environments } = matrix;
  return (
    <div className="flex flex-wrap items-start gap-2">
      <FilterBar
        text={filter.text}
        filter={filter.filter}
        onChange={filter.setText}
        inputRef={inputRef}
        tags={tags}
      />
      <DisplayMenu
        preferences={parts.preferences}
        onChange={parts.setPreferences}
        environments={parts.environments}
        sort={filter.sort}
        onSort={filter.setSort}
      />
      <ListMenu project={project} parameters={filter.parameters} environments={environments} />
      <p
        role="status"
        className="flex h-8 min-w-18 items-center justify-end text-[13px] text-ink2 tabular-nums"
      >
        {!rows.isPending && t("list.count", { count: rows.count })}
      </p>
    </div>
  );
}

function Content({ project, parts }: { readonly project: string; readonly parts: Parts }) {
  const { matrix, filter, error, environments, showRange } = parts;
  const { rows } = matrix;
  const isNarrow = useNarrow();
  if (error !== null) {
    return <ErrorState what={t("list.what")} error={error} onRetry={() => rows.retry()} />;
  }
  if (rows.isPending || environments.length === 0)
    return <MatrixSkeleton environments={environments.length === 0 ? 2 : environments.length} />;
  if (rows.count === 0) return <NoFlags project={project} filter={filter} />;
  if (isNarrow) return <MatrixCards matrix={matrix} onRange={showRange} />;
  const list = filter.parameters?.toString() ?? "";
  return <MatrixTable list={list} matrix={matrix} onRange={showRange} />;
}
