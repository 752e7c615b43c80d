import { Link } from "@tanstack/react-router";
import { Activity, MessageSquare, Plus, UsersRound } from "lucide-react";
import { ScopeBadge } from "../deliveries/scope-badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { RelativeTime } from "../ui/time.tsx";
import type { Integration, IntegrationKind } from "./integration.ts";
import { IntegrationSwitch } from "./integration-switch.tsx";
import { t } from "./text.ts";

const icons = { slack: MessageSquare, msteams: UsersRound, datadog: Activity } as const;

interface ServiceCardProps {
  readonly project: string;
  readonly kind: IntegrationKind;
  readonly integrations: readonly Integration[];
  /** Why none can be added. */
  readonly unavailable: string | undefined;
  readonly onAdd: () => void;
}

/** A service, and where in it somebody is told. */
export function ServiceCard({ project, kind, integrations, unavailable, onAdd }: ServiceCardProps) {
  const Icon = icons[kind];
  const service = t(`integration.kind.${kind}`);
  return (
    <Card
      title={
        <span className="inline-flex items-center gap-2">
          <Icon size={16} className="text-ink3" aria-hidden />
          {service}
        </span>
      }
      actions={
        <Button
          icon={<Plus size={14} aria-hidden />}
          aria-label={t("integration.add.to", { service })}
          unavailable={unavailable}
          onPress={onAdd}
        >
          {t("integration.add")}
        </Button>
      }
    >
      <p className="text-[13px] text-ink2">{t(`integration.kind.${kind}.words`)}</p>
      {integrations.length === 0 ? (
        <p className="mt-3 text-[13px] text-ink3">{t("integration.none")}</p>
      ) : (
        <ul className="mt-3 divide-y divide-line border-t border-line">
          {integrations.map((one) => (
            <Subscription key={one._id} project={project} integration={one} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Subscription(props: { readonly project: string; readonly integration: Integration }) {
  const { project, integration } = props;
  const { kind, _id, name, statements } = integration;
  return (
    <li className="flex items-center gap-3 py-2.5">
      <IntegrationSwitch integration={integration} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to="/p/$project/settings/integrations/$kind/$id"
            params={{ project, kind, id: _id }}
            translate="no"
            className="min-w-0 font-semibold wrap-anywhere text-link hover:underline"
          >
            {name}
          </Link>
          <ScopeBadge statements={statements} project={project} />
        </span>
        <Sent integration={integration} />
      </span>
    </li>
  );
}

/** How many messages arrived, and how many did not. */
function Sent({ integration }: { readonly integration: Integration }) {
  const { successCount, errorCount, lastSuccess } = integration._status;
  if (successCount + errorCount === 0)
    return <span className="block text-xs text-ink3">{t("integration.unsent")}</span>;
  return (
    <span className="flex flex-wrap gap-x-3 text-xs text-ink3">
      <span>{t("integration.sent", { count: successCount })}</span>
      {lastSuccess !== undefined && (
        <span>
          {t.rich("integration.lastSuccess", {
            when: <RelativeTime key="when" at={lastSuccess} />,
          })}
        </span>
      )}
      {errorCount > 0 && (
        <span className="text-danger">{t("integration.failed", { count: errorCount })}</span>
      )}
    </span>
  );
}
