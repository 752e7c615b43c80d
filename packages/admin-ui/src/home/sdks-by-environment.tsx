import { useEnvironments } from "../flags/flag-queries.ts";
import { type ConnectedSdk, sdkInWords, useConnectedSdks } from "../sdks/connected-sdk.ts";
import { Badge, EnvironmentName } from "../ui/badge.tsx";
import { Card } from "../ui/card.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t } from "./text.ts";

/** Which SDKs hold a stream open, by environment, and whether each has the newest state. */
export function SdksByEnvironment({ project }: { readonly project: string }) {
  const environments = useEnvironments(project).data?.items ?? [];
  const { data, error, refetch } = useConnectedSdks(project);
  return (
    <Card title={t("home.sdks")}>
      {error !== null && data === undefined && (
        <ErrorState what={t("home.sdks.what")} error={error} onRetry={refetch} />
      )}
      {data !== undefined && (
        <ul className="space-y-2.5">
          {environments.map(({ key, name, critical }) => (
            <li key={key} className="flex items-start gap-3">
              <span className="min-w-0 flex-1">
                <EnvironmentName name={name} isCritical={critical} />
              </span>
              <Connected sdks={data.items.filter(({ environment }) => environment === key)} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Connected({ sdks }: { readonly sdks: readonly ConnectedSdk[] }) {
  if (sdks.length === 0)
    return <span className="text-[13px] text-ink3">{t("home.sdks.none")}</span>;
  const counts = new Map<string, number>();
  for (const sdk of sdks) counts.set(sdkInWords(sdk), (counts.get(sdkInWords(sdk)) ?? 0) + 1);
  const behind = sdks.filter(({ lagMs }) => lagMs > behindMs).length;
  return (
    <ul className="flex flex-col items-end gap-1">
      {[...counts].map(([name, count]) => (
        <li key={name}>
          <Badge tone="on">
            <span translate="no">{count === 1 ? name : t("home.sdks.count", { name, count })}</span>
          </Badge>
        </li>
      ))}
      {behind > 0 && (
        <li>
          <Badge tone="critical">{t("home.sdks.behind", { count: behind })}</Badge>
        </li>
      )}
    </ul>
  );
}

/** Below that it is only on its way. */
const behindMs = 5_000;
