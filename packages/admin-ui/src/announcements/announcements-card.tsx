import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatMoment } from "../text/format.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import {
  type Announcement,
  announcementPath,
  announcements,
  announcementsPath,
  settingsOf,
  toneOf,
} from "./announcement.ts";
import { AnnouncementDialog } from "./announcement-dialog.tsx";
import { t } from "./text.ts";

/** What is announced, was and will be. */
export function AnnouncementsCard() {
  const { data, error, refetch } = useQuery(announcements);
  const [opened, setOpened] = useState<Announcement | "new">();
  return (
    <Card
      title={t("announcements.title")}
      actions={
        <Button
          icon={<Plus size={16} aria-hidden />}
          unavailable={useUnavailable("createAnnouncement", "acct")}
          onPress={() => setOpened("new")}
        >
          {t("announcements.create")}
        </Button>
      }
    >
      <p className="mb-3 text-[13px] text-ink3">{t("announcements.words")}</p>
      {error && <ErrorState what={t("announcements.what")} error={error} onRetry={refetch} />}
      {data === undefined && !error && <SkeletonRows count={2} />}
      {data?.items.length === 0 && <p className="text-ink2">{t("announcements.none")}</p>}
      {data !== undefined && data.items.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {data.items.map((one) => (
            <Row key={one._id} announcement={one} onEdit={() => setOpened(one)} />
          ))}
        </ul>
      )}
      {opened !== undefined && (
        <AnnouncementDialog
          edited={opened === "new" ? undefined : opened}
          onClose={() => setOpened(undefined)}
        />
      )}
    </Card>
  );
}

interface RowProps {
  readonly announcement: Announcement;
  readonly onEdit: () => void;
}

function Row({ announcement, onEdit }: RowProps) {
  const { _id, title, message, severity, startTime, endTime, _status } = announcement;
  const start = formatMoment(startTime);
  const remove = useChange<void>({
    path: announcementsPath,
    send: () => request("DELETE", announcementPath(_id)),
    undo: () => request("POST", announcementsPath, settingsOf(announcement)),
    done: () => t("announcement.done.deleted", { title }),
    failed: () => t("announcement.failed.deleted"),
  });
  return (
    <li className="flex items-start gap-2 px-3 py-2">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <b translate="no" className="min-w-0 font-medium break-words">
            {title}
          </b>
          <Badge tone={_status === "active" ? "on" : "plain"}>{t(`announcement.${_status}`)}</Badge>
          <Badge tone={toneOf[severity]}>{t(`announcement.severity.${severity}`)}</Badge>
        </div>
        <p translate="no" className="mt-0.5 break-words text-ink2">
          {message}
        </p>
        <p className="mt-0.5 text-[13px] text-ink3">
          {endTime === undefined
            ? t("announcement.from", { start })
            : t("announcement.between", { start, end: formatMoment(endTime) })}
        </p>
      </div>
      <IconButton
        label={t("announcement.edit", { title })}
        unavailable={useUnavailable("updateAnnouncement", "acct")}
        onPress={onEdit}
      >
        <Pencil size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={t("announcement.delete", { title })}
        unavailable={useUnavailable("deleteAnnouncement", "acct")}
        onPress={() => remove.mutate()}
      >
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
