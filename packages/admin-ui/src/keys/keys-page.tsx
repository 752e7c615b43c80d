import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useConnectedSdks } from "../sdks/connected-sdk.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { EnvironmentKeys } from "./environment-keys.tsx";
import { t } from "./text.ts";

const every = "";

/** What SDKs sign in with, for each environment, and who does so now. */
export function KeysPage() {
  const { project = "" } = useParams({ strict: false });
  const { env = every }: { readonly env?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useEnvironments(project);
  const sdks = useConnectedSdks(project);
  useReady(!isPending && !sdks.isPending);
  const environments = data?.items ?? [];
  const shown = environments.filter(({ key }) => env === every || key === env);
  return (
    <>
      <PageHeader
        title={t("keys.title")}
        actions={
          environments.length > 1 && (
            <Select
              label={t("keys.environment")}
              isLabelHidden
              value={env}
              choices={[
                { id: every, label: t("keys.all") },
                ...environments.map(({ key, name }) => ({ id: key, label: name })),
              ]}
              areNames
              onChange={(key) =>
                void navigate({
                  to: "/p/$project/keys",
                  params: { project },
                  search: key === every ? {} : { env: key },
                  replace: true,
                })
              }
              className="w-48"
            />
          )
        }
      >
        <p>{t("keys.words")}</p>
      </PageHeader>
      {error !== null && data === undefined && (
        <ErrorState what={t("keys.what")} error={error} onRetry={refetch} />
      )}
      {isPending && <SkeletonRows count={5} />}
      <div className="space-y-5">
        {shown.map((environment) => (
          <EnvironmentKeys
            key={environment.key}
            project={project}
            environment={environment}
            sdks={sdks.data?.items ?? []}
          />
        ))}
      </div>
    </>
  );
}
