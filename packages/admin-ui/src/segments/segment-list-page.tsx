import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { buttonClass } from "../ui/button.tsx";
import { SearchField } from "../ui/field.tsx";
import { KeyHint } from "../ui/key-hint.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { useEnvironments, useSegmentLists } from "./segment-queries.ts";
import {
  filteredRows,
  rowsOf,
  type SegmentRow,
  type SegmentShow,
  segmentShows,
} from "./segment-rows.ts";
import type { segmentListSearch } from "./segment-search.ts";
import { SegmentTable } from "./segment-table.tsx";
import { t } from "./text.ts";

export function SegmentListPage() {
  const { project = "" } = useParams({ strict: false });
  const { q = "", show = "all" }: ReturnType<typeof segmentListSearch> = useSearch({
    strict: false,
  });
  const navigate = useNavigate();
  const environments = useEnvironments(project);
  const known = environments.data?.items ?? [];
  const lists = useSegmentLists(project, known);
  const failed = environments.error ?? lists.find(({ error }) => error !== null)?.error ?? null;
  const isPending = environments.isPending || lists.some((list) => list.isPending);
  useReady(!isPending || failed !== null);
  const input = useRef<HTMLInputElement>(null);
  const filter = (search: { q?: string; show?: SegmentShow }) =>
    void navigate({ to: ".", search: { q, show, ...search }, replace: true });
  useShortcut("/", t("segment.filter"), () => input.current?.focus());
  useShortcut(
    "c",
    t("segment.create"),
    () => void navigate({ to: "/p/$project/segments/new", params: { project } }),
  );
  const rows = rowsOf(
    known.map(({ key }, at) => ({ environment: key, segments: lists[at]?.data?.items ?? [] })),
  );
  const shown = filteredRows(rows, { q, show });
  const retry = () => Promise.all([environments.refetch(), ...lists.map((one) => one.refetch())]);
  return (
    <>
      <PageHeader title={t("segment.list.title")} actions={<CreateLink project={project} />} />
      {failed !== null && (
        <ErrorState what={t("segment.list.what")} error={failed} onRetry={retry} />
      )}
      {isPending && failed === null && <SkeletonRows />}
      {!isPending && failed === null && rows.length === 0 && (
        <Empty
          words={t("segment.list.empty")}
          action={<CreateLink project={project} />}
          code={createCommand(project)}
        />
      )}
      {!isPending && rows.length > 0 && (
        <>
          <div className="mb-4 flex flex-wrap items-center gap-2">
            <SearchField
              label={t("segment.filter")}
              placeholder={t("segment.filter.placeholder")}
              keys="/"
              inputRef={input}
              value={q}
              onChange={(typed) => filter({ q: typed })}
              className="w-full sm:max-w-sm sm:min-w-52 sm:flex-1"
            />
            <Select
              label={t("segment.show")}
              isLabelHidden
              value={show}
              choices={segmentShows.map((id) => ({ id, label: t(`segment.show.${id}`) }))}
              onChange={(id) => filter({ show: id })}
              className="w-44"
            />
            <p role="status" className="ml-auto text-[13px] text-ink2 tabular-nums">
              {shown.length === rows.length
                ? t("segment.list.count", { count: rows.length })
                : t("segment.list.countOf", { shown: shown.length, count: rows.length })}
            </p>
          </div>
          {shown.length === 0 ? (
            <NoneFits q={q} rows={rows} onClear={() => filter({ q: "", show: "all" })} />
          ) : (
            <SegmentTable project={project} rows={shown} environments={known} />
          )}
        </>
      )}
    </>
  );
}

/** As `curl` asks for it: the command line has no command for segments. */
function createCommand(project: string): string {
  return `curl -X POST ${location.origin}/api/v2/segments/${project}/ENVIRONMENT \\
  -H "Authorization: TOKEN" -H "Content-Type: application/json" \\
  -d '{"key": "beta-testers", "name": "Beta testers"}'`;
}

function CreateLink({ project }: { readonly project: string }) {
  return (
    <Link
      to="/p/$project/segments/new"
      params={{ project }}
      aria-keyshortcuts="C"
      className={buttonClass("primary")}
    >
      {t("segment.create")}
      <KeyHint keys="c" />
    </Link>
  );
}

interface NoneFitsProps {
  readonly q: string;
  readonly rows: readonly SegmentRow[];
  readonly onClear: () => void;
}

function NoneFits({ q, onClear }: NoneFitsProps) {
  const words = q === "" ? t("segment.filter.noneShown") : t("segment.filter.none", { typed: q });
  return <EmptyFiltered words={words} onClear={onClear} />;
}
