import { useEnvironments } from "../flags/flag-queries.ts";
import { useProject } from "../shell/project.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t } from "./text.ts";

/** What SDKs sign in with, for each environment. */
export function KeysPage() {
  const { data, error, refetch, isPending } = useEnvironments(useProject());
  useReady(!isPending);
  return (
    <>
      <PageHeader title={t("keys.title")} />
      {error && <ErrorState what={t("keys.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      <div className="space-y-4">
        {data?.items.map(({ key, name, critical, apiKey, mobileKey, _id }) => (
          <Card key={key} title={<EnvironmentName name={name} isCritical={critical} />}>
            <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[10rem_1fr]">
              <dt className="text-ink2">{t("keys.sdk")}</dt>
              <dd className="min-w-0">
                <KeyCopy value={apiKey} />
              </dd>
              <dt className="text-ink2">{t("keys.mobile")}</dt>
              <dd className="min-w-0">
                <KeyCopy value={mobileKey} />
              </dd>
              <dt className="text-ink2">{t("keys.client")}</dt>
              <dd className="min-w-0">
                <KeyCopy value={_id} />
              </dd>
            </dl>
          </Card>
        ))}
      </div>
    </>
  );
}
