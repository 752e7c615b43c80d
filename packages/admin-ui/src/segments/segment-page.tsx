import { Link, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import type { Environment } from "../api/representations.ts";
import { RequestError } from "../api/request.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { SegmentEnvironments } from "./segment-environments.tsx";
import { SegmentMenu } from "./segment-menu.tsx";
import { useEnvironments, useSegment, useSegmentLists } from "./segment-queries.ts";
import { rowsOf, type SegmentRow } from "./segment-rows.ts";
import { t } from "./text.ts";

// The editor brings the language of instructions with it, which is as much again as a page may be.
const SegmentEditor = lazy(async () => ({
  default: (await import("./editor/segment-editor.tsx")).SegmentEditor,
}));

export function SegmentPage() {
  const { project = "", segment: key = "" } = useParams({ strict: false });
  const { env }: { env?: string } = useSearch({ strict: false });
  const environments = useEnvironments(project);
  const known = environments.data?.items ?? [];
  const lists = useSegmentLists(project, known);
  const failed = environments.error ?? lists.find(({ error }) => error !== null)?.error ?? null;
  const isPending = environments.isPending || lists.some((list) => list.isPending);
  const row = rowsOf(
    known.map(({ key: name }, at) => ({
      environment: name,
      segments: lists[at]?.data?.items ?? [],
    })),
  ).find((one) => one.key === key);
  useReady(failed !== null || (!isPending && row === undefined));
  if (failed !== null) return <ErrorState what={t("segment.what")} error={failed} />;
  if (isPending) return <SkeletonRows count={5} />;
  if (row === undefined) return <Unknown project={project} segmentKey={key} />;
  const holding = known.filter((one) => row.inEnvironment.has(one.key));
  const chosen = known.find((one) => one.key === env) ?? holding.at(-1);
  return <SegmentIn project={project} row={row} environments={known} environment={chosen} />;
}

function Unknown({
  project,
  segmentKey,
}: {
  readonly project: string;
  readonly segmentKey: string;
}) {
  return (
    <NotFound
      title={t("segment.notFound", { key: segmentKey })}
      words={t("segment.notFound.words")}
    >
      <Link to="/p/$project/segments" params={{ project }} className={buttonClass()}>
        {t("segment.notFound.list")}
      </Link>
    </NotFound>
  );
}

interface SegmentInProps {
  readonly project: string;
  readonly row: SegmentRow;
  readonly environments: readonly Environment[];
  readonly environment: Environment | undefined;
}

function SegmentIn({ project, row, environments, environment }: SegmentInProps) {
  const listed = row.inEnvironment.get(environment?.key ?? "");
  const segment = listed ?? [...row.inEnvironment.values()].at(-1);
  return (
    <>
      <PageHeader
        title={listed?.name ?? row.name}
        isName
        parents={[
          <Link key="segments" to="/p/$project/segments" params={{ project }}>
            {t("segment.list.title")}
          </Link>,
        ]}
        actions={
          environment !== undefined &&
          listed !== undefined && (
            <SegmentMenu project={project} environment={environment} segment={listed} />
          )
        }
      >
        <KeyCopy value={row.key} />
        {segment?.unbounded === true && <Badge>{t("segment.big")}</Badge>}
        {(listed?.tags ?? row.tags).map((tag) => (
          <Badge key={tag} tone="outline">
            <span translate="no">{tag}</span>
          </Badge>
        ))}
      </PageHeader>
      {listed !== undefined && listed.description !== "" && (
        <p translate="no" className="-mt-2 mb-3 max-w-3xl text-ink2">
          {listed.description}
        </p>
      )}
      <SegmentEnvironments environments={environments} row={row} chosen={environment?.key ?? ""} />
      {environment !== undefined &&
        (listed === undefined ? (
          <Missing project={project} row={row} environment={environment} />
        ) : (
          <Whole
            key={environment.key}
            project={project}
            environment={environment}
            segmentKey={row.key}
          />
        ))}
    </>
  );
}

function Missing(props: {
  readonly project: string;
  readonly row: SegmentRow;
  readonly environment: Environment;
}) {
  const { project, row, environment } = props;
  useReady(true);
  return (
    <div className="mt-4 flex flex-col items-center gap-4 rounded-lg border border-dashed border-line2 p-8 text-center">
      <p className="text-ink2">
        {t.rich("segment.missing.words", {
          segment: (
            <b key="segment" translate="no">
              {row.name}
            </b>
          ),
          environment: (
            <b key="environment" translate="no">
              {environment.name}
            </b>
          ),
        })}
      </p>
      <Link
        to="/p/$project/segments/new"
        params={{ project }}
        search={{ env: environment.key, from: row.key }}
        className={buttonClass("primary")}
      >
        {t("segment.cell.add", { environment: environment.name })}
      </Link>
    </div>
  );
}

interface WholeProps {
  readonly project: string;
  readonly environment: Environment;
  readonly segmentKey: string;
}

/** The segment with all that is known of it alone, and its ETag. */
function Whole({ project, environment, segmentKey }: WholeProps) {
  const { data, error, refetch } = useSegment(project, environment.key, segmentKey);
  const isGone = error instanceof RequestError && error.status === 404;
  useReady(error !== null);
  if (error !== null && (data === undefined || isGone))
    return <ErrorState what={t("segment.what")} error={error} onRetry={refetch} />;
  if (data === undefined) return <SkeletonRows count={4} />;
  return (
    <Suspense fallback={<SkeletonRows count={4} />}>
      <SegmentEditor
        project={project}
        environment={environment}
        segment={data.data}
        etag={data.etag}
      />
    </Suspense>
  );
}
