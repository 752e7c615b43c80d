import { useQueries } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { useUnavailability } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import {
  type Integration,
  type IntegrationKind,
  integrationKinds,
  integrationsPath,
} from "./integration.ts";
import { IntegrationSheet } from "./integration-sheet.tsx";
import { ServiceCard } from "./service-card.tsx";
import { t } from "./text.ts";

/** Which services are told of changes in their own words. They belong to the account, and are the same in every project. */
export function IntegrationListPage() {
  const project = useProject();
  const navigate = useNavigate();
  const found = useQueries({
    queries: integrationKinds.map((kind) => resource<Items<Integration>>(integrationsPath(kind))),
  });
  const [added, setAdded] = useState<IntegrationKind>();
  const unavailability = useUnavailability();
  const isPending = found.some((one) => one.isPending);
  const failed = found.find((one) => one.error !== null);
  useReady(!isPending);
  function retry() {
    for (const one of found) void one.refetch();
  }
  return (
    <SettingsFrame title={t("integration.title")} words={t("integration.words")}>
      {failed?.error != null && (
        <ErrorState what={t("integration.what")} error={failed.error} onRetry={retry} />
      )}
      {isPending && <SkeletonRows count={3} />}
      {!isPending && failed === undefined && (
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-3">
          {integrationKinds.map((kind, at) => (
            <ServiceCard
              key={kind}
              project={project}
              kind={kind}
              integrations={found[at]?.data?.items ?? []}
              unavailable={unavailability("createIntegration", `integration/${kind}`)}
              onAdd={() => setAdded(kind)}
            />
          ))}
        </div>
      )}
      {added !== undefined && (
        <IntegrationSheet
          kind={added}
          onClose={() => setAdded(undefined)}
          onMade={({ kind, _id }) =>
            void navigate({
              to: "/p/$project/settings/integrations/$kind/$id",
              params: { project, kind, id: _id },
            })
          }
        />
      )}
    </SettingsFrame>
  );
}
