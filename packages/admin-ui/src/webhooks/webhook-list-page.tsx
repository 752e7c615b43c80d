import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { ScopeBadge } from "../deliveries/scope-badge.tsx";
import { useUnavailable } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { t } from "./text.ts";
import { type Webhook, webhookPath, webhooksPath } from "./webhook.ts";
import { WebhookSheet } from "./webhook-sheet.tsx";

/** Who is told of changes. Webhooks belong to the account: the list is the same in every project. */
export function WebhookListPage() {
  const project = useProject();
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useQuery(resource<Items<Webhook>>(webhooksPath));
  const [isCreating, setCreating] = useState(false);
  const cannotCreate = useUnavailable("createWebhook", "webhook/*");
  useReady(!isPending);
  const create = (
    <Button look="primary" unavailable={cannotCreate} onPress={() => setCreating(true)}>
      {t("webhook.create")}
    </Button>
  );
  return (
    <SettingsFrame title={t("webhook.title")} words={t("webhook.words")} actions={create}>
      {error && <ErrorState what={t("webhook.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <Empty words={t("webhook.empty")} />}
      <ul className="space-y-3">
        {data?.items.map((webhook) => (
          <WebhookRow key={webhook._id} project={project} webhook={webhook} />
        ))}
      </ul>
      {isCreating && (
        <WebhookSheet
          onClose={() => setCreating(false)}
          onMade={({ _id }) =>
            void navigate({
              to: "/p/$project/settings/webhooks/$webhook",
              params: { project, webhook: _id },
            })
          }
        />
      )}
    </SettingsFrame>
  );
}

function WebhookRow({ project, webhook }: { readonly project: string; readonly webhook: Webhook }) {
  const { _id, url, statements, secret } = webhook;
  const name = webhook.name === "" ? t("webhook.unnamed") : webhook.name;
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-3">
      <WebhookSwitch webhook={webhook} />
      <span className="min-w-0 flex-1">
        <Link
          to="/p/$project/settings/webhooks/$webhook"
          params={{ project, webhook: _id }}
          translate="no"
          className="font-semibold text-link hover:underline"
        >
          {name}
        </Link>
        <code translate="no" className="block truncate text-[13px] text-ink2">
          {url}
        </code>
      </span>
      <span className="flex gap-1.5">
        {(secret ?? "") !== "" && <Badge>{t("webhook.signed")}</Badge>}
        <ScopeBadge statements={statements} project={project} />
      </span>
    </li>
  );
}

/** Turns a webhook on or off. */
export function WebhookSwitch({ webhook }: { readonly webhook: Webhook }) {
  const path = webhookPath(webhook._id);
  const name = webhook.name === "" ? t("webhook.unnamed") : webhook.name;
  const send = (on: boolean) => request("PATCH", path, [{ op: "replace", path: "/on", value: on }]);
  const change = useChange<boolean>({
    path: webhooksPath,
    send,
    undo: (on) => send(!on),
    done: (on) => (on ? t("webhook.turnedOn", { name }) : t("webhook.turnedOff", { name })),
    failed: () => t("webhook.save.failed"),
  });
  return (
    <Switch
      isOn={webhook.on}
      isBusy={change.isPending}
      label={t("webhook.switch", { name })}
      unavailable={useUnavailable("updateOn", `webhook/${webhook._id}`)}
      onPress={() => change.mutate(!webhook.on)}
    />
  );
}
