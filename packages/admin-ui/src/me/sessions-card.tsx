import { useQuery } from "@tanstack/react-query";
import { Monitor } from "lucide-react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { deviceOf } from "./device.ts";
import { t } from "./text.ts";

interface Session {
  readonly _id: string;
  readonly isCurrent: boolean;
  readonly lastSeen: number;
  readonly address: string;
  readonly userAgent: string;
  readonly isBySso: boolean;
}

const path = "/api/sessions";
const sessions = resource<Items<Session>>(path);

/** Every browser that is signed in, and how to end what one does not know. */
export function SessionsCard() {
  const { data, error, refetch } = useQuery(sessions);
  const endOthers = useChange<void>({
    path,
    send: () => request("DELETE", path),
    done: () => t("me.sessions.othersEnded"),
    failed: () => t("me.sessions.failed"),
  });
  const items = data?.items ?? [];
  return (
    <Card
      title={t("me.sessions")}
      actions={
        items.length > 1 && (
          <Button isPending={endOthers.isPending} onPress={() => endOthers.mutate()}>
            {t("me.sessions.endOthers")}
          </Button>
        )
      }
    >
      <p className="mb-2 text-[13px] text-ink3">{t("me.sessions.words")}</p>
      {error && <ErrorState what={t("me.sessions.what")} error={error} onRetry={refetch} />}
      {data === undefined && !error && (
        <Skeleton>
          <Bone className="h-12" />
        </Skeleton>
      )}
      <ul className="divide-y divide-line">
        {items.map((session) => (
          <SessionRow key={session._id} session={session} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session }: { readonly session: Session }) {
  const { _id, isCurrent, isBySso, lastSeen, address, userAgent } = session;
  const found = deviceOf(userAgent);
  const device = found === undefined ? t("me.device.unknown") : t("me.device", found);
  const end = useChange<void>({
    path,
    send: () => request("DELETE", `${path}/${encodeURIComponent(_id)}`),
    done: () => t("me.sessions.ended"),
    failed: () => t("me.sessions.failed"),
  });
  const from = (
    <span key="address" translate="no" className="font-mono text-[12.5px]">
      {address}
    </span>
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Monitor size={16} className="shrink-0 text-ink3" aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <span title={userAgent} className="font-medium">
            {device}
          </span>
          {isCurrent && <Badge tone="on">{t("me.sessions.current")}</Badge>}
          {isBySso && <Badge>{t("me.sessions.sso")}</Badge>}
        </div>
        <div className="text-[13px] text-ink2">
          {t.rich("me.sessions.seen", {
            when: <RelativeTime key="when" at={lastSeen} />,
            address: from,
          })}
        </div>
      </div>
      {!isCurrent && (
        <Button
          aria-label={t("me.sessions.end.label", { device })}
          isPending={end.isPending}
          onPress={() => end.mutate()}
        >
          {t("me.sessions.end")}
        </Button>
      )}
    </li>
  );
}
