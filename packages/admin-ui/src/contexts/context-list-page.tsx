import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Environment } from "../api/representations.ts";
import { useEnvironments } from "../segments/segment-queries.ts";
import { Button } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { useRowKeys } from "../ui/row-keys.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { type ContextSearch, isFiltered } from "./context-filter.ts";
import { ContextFilters } from "./context-filters.tsx";
import { useContextSetting, useSeenContexts } from "./context-queries.ts";
import { ContextTable } from "./context-table.tsx";
import { KeepingDialog } from "./keeping-dialog.tsx";
import { t } from "./text.ts";

export function ContextListPage() {
  const { project = "" } = useParams({ strict: false });
  const search: ContextSearch = useSearch({ strict: false });
  const environments = useEnvironments(project);
  const known = environments.data?.items;
  const environment = known?.find(({ key }) => key === search.env) ?? known?.at(-1);
  useReady(environments.error !== null);
  return (
    <>
      {environments.error !== null && (
        <ErrorState
          what={t("context.list.what")}
          error={environments.error}
          onRetry={environments.refetch}
        />
      )}
      {environments.isPending && <SkeletonRows />}
      {environment !== undefined && known !== undefined && (
        <SeenContexts
          project={project}
          environments={known}
          environment={environment}
          search={search}
        />
      )}
    </>
  );
}

interface SeenContextsProps {
  readonly project: string;
  readonly environments: readonly Environment[];
  readonly environment: Environment;
  readonly search: ContextSearch;
}

function SeenContexts({ project, environments, environment, search }: SeenContextsProps) {
  const navigate = useNavigate();
  const found = useSeenContexts(project, environment.key, search);
  const setting = useContextSetting(project, environment.key);
  const [isSetting, setSetting] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list);
  useReady(!found.isPending);
  const change = (next: ContextSearch) =>
    void navigate({ to: ".", search: { ...next }, replace: true });
  const names = { environment: environment.name };
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const total = found.data?.pages[0]?.totalCount ?? 0;
  const isKept = setting.data?.keepContexts !== false;
  return (
    <>
      <PageHeader
        title={t("context.list.title")}
        actions={<Button onPress={() => setSetting(true)}>{t("context.setting")}</Button>}
      >
        {setting.data?.keepContexts === true && (
          <span className="text-[13px]">
            {t("context.kept", {
              days: t("context.kept.days", { count: setting.data.retentionDays }),
            })}
          </span>
        )}
      </PageHeader>
      <ContextFilters
        project={project}
        environments={environments}
        environment={environment}
        search={search}
        onChange={change}
      >
        {found.data !== undefined && t("context.list.count", { count: total })}
      </ContextFilters>
      {found.error !== null && (
        <ErrorState what={t("context.list.what")} error={found.error} onRetry={found.refetch} />
      )}
      {found.isPending && <SkeletonRows />}
      {found.data !== undefined && items.length === 0 && (
        <NothingSeen
          isFiltered={isFiltered(search)}
          isKept={isKept}
          environment={environment.name}
          onClear={() => change({ env: environment.key })}
          project={project}
        />
      )}
      {items.length > 0 && (
        <div ref={list}>
          <ContextTable
            project={project}
            environment={environment.key}
            caption={t("context.list.caption", names)}
            contexts={items}
          />
        </div>
      )}
      {found.hasNextPage && (
        <div className="mt-3 text-center">
          <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
            {t("context.list.more")}
          </Button>
        </div>
      )}
      {setting.data !== undefined && (
        <KeepingDialog
          key={JSON.stringify(setting.data)}
          isOpen={isSetting}
          onClose={() => setSetting(false)}
          project={project}
          environment={environment}
          setting={setting.data}
        />
      )}
    </>
  );
}

interface NothingSeenProps {
  readonly project: string;
  readonly environment: string;
  readonly isFiltered: boolean;
  readonly isKept: boolean;
  readonly onClear: () => void;
}

function NothingSeen({
  project,
  environment,
  isFiltered: asked,
  isKept,
  onClear,
}: NothingSeenProps) {
  if (!isKept) return <Empty words={t("context.list.notKept", { environment })} />;
  if (asked)
    return <EmptyFiltered words={t("context.filter.none", { environment })} onClear={onClear} />;
  return (
    <Empty
      words={t("context.list.empty", { environment })}
      action={
        <Link to="/p/$project/keys" params={{ project }} className="text-link underline">
          {t("context.list.connect")}
        </Link>
      }
    />
  );
}
