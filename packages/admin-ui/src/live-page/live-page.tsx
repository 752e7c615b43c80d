import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEnvironments } from "../flags/flag-queries.ts";
import { usePresence } from "../live/use-live.ts";
import { useConnectedSdks } from "../sdks/connected-sdk.ts";
import { TailCard } from "../tail/tail-card.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { SdkTable } from "./sdk-table.tsx";
import { t } from "./text.ts";

/** What the address of the page says. */
export interface LiveSearch {
  /** The environment whose evaluations are shown. */
  readonly env?: string;
  readonly flag?: string;
  readonly q?: string;
}

/** Who is connected to a project's environments, and what they evaluate. */
export function LivePage() {
  const { project = "" } = useParams({ strict: false });
  const search: LiveSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch } = useEnvironments(project);
  const sdks = useConnectedSdks(project);
  const environments = data?.items;
  useReady((environments !== undefined || error !== null) && !sdks.isPending);
  const chosen = environments?.find(({ key }) => key === search.env) ?? environments?.at(-1);
  const go = (change: LiveSearch) =>
    void navigate({
      to: "/p/$project/live",
      params: { project },
      search: Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(([, value]) => value !== ""),
      ),
      replace: true,
    });
  return (
    <>
      <PageHeader title={t("live.title")} actions={<People project={project} />}>
        <p>{t("live.words")}</p>
      </PageHeader>
      {error !== null && environments === undefined && (
        <ErrorState what={t("live.project")} error={error} onRetry={refetch} />
      )}
      <div className="space-y-5">
        {sdks.error !== null && sdks.data === undefined && (
          <ErrorState what={t("live.sdks.what")} error={sdks.error} onRetry={sdks.refetch} />
        )}
        {sdks.isPending && <SkeletonRows count={3} />}
        {sdks.data !== undefined && environments !== undefined && (
          <SdkTable project={project} sdks={sdks.data.items} environments={environments} />
        )}
        {chosen !== undefined && environments !== undefined && (
          <TailCard
            project={project}
            environment={chosen}
            environments={environments}
            flag={search.flag}
            typed={search.q ?? ""}
            onChange={go}
          />
        )}
      </div>
    </>
  );
}

/** Who else looks at the project now; nobody is told of oneself alone. */
function People({ project }: { readonly project: string }) {
  const people = usePresence(`p/${project}`);
  if (people.length < 2) return null;
  return (
    <span className="flex items-center gap-2 text-[13px] text-ink2">
      {t("live.people")}
      <ul className="flex -space-x-1.5">
        {people.map(({ id, name }) => (
          <li key={id} title={name} className="rounded-full border-2 border-canvas">
            <Avatar name={name} />
          </li>
        ))}
      </ul>
    </span>
  );
}
