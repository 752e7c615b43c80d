import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { Deliveries } from "../deliveries/deliveries.tsx";
import { t as deliveries } from "../deliveries/text.ts";
import { useDeliveryTest } from "../deliveries/use-delivery-test.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { t as settings } from "../settings/text.ts";
import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t } from "./text.ts";
import { type Webhook, webhookPath, webhooksPath } from "./webhook.ts";
import { WebhookSwitch } from "./webhook-list-page.tsx";
import { WebhookSheet } from "./webhook-sheet.tsx";

/** One webhook: where it goes, how it is signed, and what was sent. */
export function WebhookPage() {
  const project = useProject();
  const { webhook: id = "" } = useParams({ strict: false });
  const { data, error, refetch, isPending } = useQuery(resource<Webhook>(webhookPath(id)));
  useReady(!isPending);
  const parents = [
    settings("settings.title"),
    <Link key="list" to="/p/$project/settings/webhooks" params={{ project }}>
      {t("webhook.title")}
    </Link>,
  ];
  const name = data?.name === undefined || data.name === "" ? t("webhook.unnamed") : data.name;
  return (
    <>
      <PageHeader
        title={name}
        isName
        parents={parents}
        actions={data && <Actions webhook={data} name={name} />}
      >
        {data && <WebhookSwitch webhook={data} />}
      </PageHeader>
      {error && <ErrorState what={t("webhook.one")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      {data !== undefined && (
        <div className="space-y-4">
          <Card>
            <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[10rem_1fr]">
              <dt className="text-ink2">{t("webhook.url")}</dt>
              <dd className="min-w-0">
                <KeyCopy value={data.url} />
              </dd>
              {data.secret !== undefined && data.secret !== "" && (
                <>
                  <dt className="text-ink2">{t("webhook.secret")}</dt>
                  <dd className="min-w-0">
                    <KeyCopy value={data.secret} />
                    <p className="mt-1 text-xs text-ink3">{t("webhook.signature.words")}</p>
                  </dd>
                </>
              )}
              {data.statements.length > 0 && (
                <>
                  <dt className="text-ink2">{t("webhook.statements")}</dt>
                  <dd className="min-w-0">
                    <pre
                      translate="no"
                      className="overflow-x-auto rounded-md bg-sunken p-2 font-mono text-[13px]"
                    >
                      {JSON.stringify(data.statements, null, 2)}
                    </pre>
                  </dd>
                </>
              )}
            </dl>
          </Card>
          <WebhookDeliveries webhook={data} />
        </div>
      )}
    </>
  );
}

function WebhookDeliveries({ webhook }: { readonly webhook: Webhook }) {
  const unavailable = useUnavailable("sendWebhook", `webhook/${webhook._id}`);
  return <Deliveries of={webhookPath(webhook._id)} unavailable={unavailable} />;
}

function Actions({ webhook, name }: { readonly webhook: Webhook; readonly name: string }) {
  const project = useProject();
  const navigate = useNavigate();
  const [isEditing, setEditing] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const place = `webhook/${webhook._id}`;
  const path = webhookPath(webhook._id);
  const test = useDeliveryTest(path);
  const remove = useChange<void>({
    path: webhooksPath,
    send: async () => {
      await request("DELETE", path);
      // Before what is on screen is fetched anew: this page is about nothing now.
      await navigate({ to: "/p/$project/settings/webhooks", params: { project } });
    },
    done: () => t("webhook.deleted", { name }),
    failed: () => t("webhook.delete.failed"),
  });
  return (
    <>
      <Button
        unavailable={useUnavailable("sendWebhook", place)}
        isPending={test.isPending}
        onPress={() => test.mutate()}
      >
        {deliveries("test.send")}
      </Button>
      <Button unavailable={useUnavailable("updateUrl", place)} onPress={() => setEditing(true)}>
        {t("webhook.edit")}
      </Button>
      <Button
        look="quiet"
        unavailable={useUnavailable("deleteWebhook", place)}
        onPress={() => setDeleting(true)}
      >
        {t("webhook.delete")}
      </Button>
      {isEditing && <WebhookSheet edited={webhook} onClose={() => setEditing(false)} />}
      <ConfirmDialog
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
        title={t("webhook.delete.title", { name })}
        action={t("webhook.delete")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p>{t("webhook.delete.words")}</p>
      </ConfirmDialog>
    </>
  );
}
