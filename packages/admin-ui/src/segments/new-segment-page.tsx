import { Link, useParams, useSearch } from "@tanstack/react-router";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { NewSegmentForm } from "./new-segment-form.tsx";
import { useEnvironments, useSegmentLists } from "./segment-queries.ts";
import { rowsOf } from "./segment-rows.ts";
import type { newSegmentSearch } from "./segment-search.ts";
import { t } from "./text.ts";

export function NewSegmentPage() {
  const { project = "" } = useParams({ strict: false });
  const { env, from }: ReturnType<typeof newSegmentSearch> = useSearch({ strict: false });
  const environments = useEnvironments(project);
  const known = environments.data?.items ?? [];
  const lists = useSegmentLists(project, known);
  const failed = environments.error ?? lists.find(({ error }) => error !== null)?.error ?? null;
  const isPending = environments.isPending || lists.some((list) => list.isPending);
  useReady(!isPending || failed !== null);
  const rows = rowsOf(
    known.map(({ key }, at) => ({ environment: key, segments: lists[at]?.data?.items ?? [] })),
  );
  const row = rows.find(({ key }) => key === from);
  const title =
    row === undefined ? t("segment.create.title") : t("segment.add.title", { segment: row.name });
  return (
    <>
      <PageHeader
        title={title}
        parents={[
          <Link key="segments" to="/p/$project/segments" params={{ project }}>
            {t("segment.list.title")}
          </Link>,
        ]}
      />
      {failed !== null && <ErrorState what={t("segment.list.what")} error={failed} />}
      {isPending && failed === null && <SkeletonRows count={4} />}
      {!isPending && failed === null && (
        <NewSegmentForm project={project} environments={known} rows={rows} source={row} env={env} />
      )}
    </>
  );
}
