import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { Deliveries } from "../deliveries/deliveries.tsx";
import { ScopeBadge } from "../deliveries/scope-badge.tsx";
import { t as deliveries } from "../deliveries/text.ts";
import { useDeliveryTest } from "../deliveries/use-delivery-test.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { t as settings } from "../settings/text.ts";
import { useProject } from "../shell/project.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { type Integration, type IntegrationKind, integrationPath, kindIn } from "./integration.ts";
import { IntegrationSheet } from "./integration-sheet.tsx";
import { IntegrationSwitch } from "./integration-switch.tsx";
import { t } from "./text.ts";

/** One subscription of a service: whether it is told, of what, and what was sent. */
export function IntegrationPage() {
  const { kind: named = "", id = "" } = useParams({ strict: false });
  const kind = kindIn(named);
  useReady(kind === undefined);
  return kind === undefined ? <NotFound /> : <IntegrationOfKind kind={kind} id={id} />;
}

function IntegrationOfKind({ kind, id }: { readonly kind: IntegrationKind; readonly id: string }) {
  const project = useProject();
  const path = integrationPath({ kind, _id: id });
  const { data, error, refetch, isPending } = useQuery(resource<Integration>(path));
  const cannotSend = useUnavailable("validateConnection", `integration/${kind}`);
  useReady(!isPending);
  const service = t(`integration.kind.${kind}`);
  return (
    <>
      <PageHeader
        title={data?.name ?? service}
        isName
        parents={[
          settings("settings.title"),
          <Link key="list" to="/p/$project/settings/integrations" params={{ project }}>
            {t("integration.title")}
          </Link>,
        ]}
        actions={data && <Actions integration={data} cannotSend={cannotSend} />}
      >
        {data && (
          <>
            <IntegrationSwitch integration={data} />
            <Badge tone="outline">{service}</Badge>
            <ScopeBadge statements={data.statements} project={project} />
          </>
        )}
      </PageHeader>
      {error && <ErrorState what={t("integration.one")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      {data !== undefined && <Deliveries of={path} unavailable={cannotSend} />}
    </>
  );
}

function Actions(props: {
  readonly integration: Integration;
  readonly cannotSend: string | undefined;
}) {
  const { integration, cannotSend } = props;
  const { kind, name } = integration;
  const project = useProject();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const path = integrationPath(integration);
  const place = `integration/${kind}`;
  const test = useDeliveryTest(path);
  const remove = useChange<void>({
    path: apiPath("integrations"),
    send: async () => {
      await request("DELETE", path);
      // Before what is on screen is fetched anew: this page is about nothing now.
      await navigate({ to: "/p/$project/settings/integrations", params: { project } });
    },
    done: () => t("integration.deleted", { name }),
    failed: () => t("integration.delete.failed"),
  });
  return (
    <>
      <Button unavailable={cannotSend} isPending={test.isPending} onPress={() => test.mutate()}>
        {deliveries("test.send")}
      </Button>
      <Button
        unavailable={useUnavailable("updateConfiguration", place)}
        onPress={() => setEditing(true)}
      >
        {t("integration.edit")}
      </Button>
      <Button
        look="quiet"
        unavailable={useUnavailable("deleteIntegration", place)}
        onPress={() => setDeleting(true)}
      >
        {t("integration.delete")}
      </Button>
      {isEditing && (
        <IntegrationSheet kind={kind} edited={integration} onClose={() => setEditing(false)} />
      )}
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
        title={t("integration.delete.title", { name })}
        action={t("integration.delete.action")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p>{t("integration.delete.words")}</p>
      </ConfirmDialog>
    </>
  );
}
