import { Link, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { EnvironmentName } from "../ui/badge.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import { useEnvironments, useFlag } from "./flag-queries.ts";
import { servingSummary } from "./serving-summary.ts";
import { t } from "./text.ts";
import { TryIt } from "./try-it.tsx";

// The sentences bring the language of instructions with them, which is as much again as a page may be.
const Targeting = lazy(async () => ({ default: (await import("./targeting.tsx")).Targeting }));

export function FlagPage() {
  const { project = "", flag: key = "" } = useParams({ strict: false });
  const search: { env?: string } = useSearch({ strict: false });
  const { data: flag, error, refetch } = useFlag(project, key);
  const environments = useEnvironments(project).data?.items;
  useReady(error !== null || (flag !== undefined && environments !== undefined));
  if (error) {
    return <ErrorState what={t("flag.what")} error={error} onRetry={refetch} />;
  }
  if (flag === undefined || environments === undefined) {
    return <SkeletonRows count={3} />;
  }
  const chosen = search.env ?? environments.at(-1)?.key ?? "";
  return (
    <>
      <PageHeader
        title={flag.name}
        isName
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {t("flag.list.title")}
          </Link>,
        ]}
      >
        <KeyCopy value={flag.key} />
      </PageHeader>
      <div className="mt-4 grid gap-3 md:auto-cols-fr md:grid-flow-col">
        {environments.map((environment) => {
          const its = flag.environments?.[environment.key];
          return (
            <div
              key={environment.key}
              className={`rounded-lg border p-3 ${environment.critical ? "border-prod bg-prodbg" : "border-line bg-surface"}`}
            >
              <div className="flex items-center justify-between">
                <Link
                  to="."
                  search={{ env: environment.key }}
                  aria-current={environment.key === chosen}
                >
                  <EnvironmentName name={environment.name} isCritical={environment.critical} />
                </Link>
                <EnvironmentSwitch project={project} flag={flag} environment={environment} />
              </div>
              <p className="mt-1 text-[13px] text-ink2">{its && servingSummary(flag, its)}</p>
            </div>
          );
        })}
      </div>
      <h2 className="mt-5 mb-2 text-base font-semibold">Targeting in {chosen}</h2>
      <div className="grid gap-4 xl:grid-cols-[1fr_340px]">
        <div>
          <Suspense fallback={<SkeletonRows count={3} />}>
            <Targeting flag={flag} environment={chosen} />
          </Suspense>
        </div>
        <TryIt project={project} flag={flag} environment={chosen} />
      </div>
    </>
  );
}
