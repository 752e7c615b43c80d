import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";

export const severities = ["info", "warning", "critical"] as const;
type Severity = (typeof severities)[number];

/** What everybody who works here shall read for a while. */
export interface AnnouncementSettings {
  readonly title: string;
  readonly message: string;
  readonly severity: Severity;
  readonly isDismissible: boolean;
  /** Unix milliseconds, as the end is. */
  readonly startTime: number;
  readonly endTime?: number;
}

export interface Announcement extends AnnouncementSettings {
  readonly _id: string;
  readonly _status: "active" | "inactive" | "scheduled";
}

export const announcementsPath = "/api/v2/announcements";
export const announcements = resource<Items<Announcement>>(`${announcementsPath}?limit=1000`);
export const activeAnnouncements = resource<Items<Announcement>>(
  `${announcementsPath}?limit=1000&status=active`,
);
export const announcementPath = (id: string) => apiPath("announcements", id);

/** How it looks, from a note to an alarm. */
export const toneOf = { info: "info", warning: "critical", critical: "danger" } as const;

export function settingsOf(announcement: Announcement): AnnouncementSettings {
  const { _id: _, _status: __, ...settings } = announcement;
  const { title, message, severity, isDismissible, startTime, endTime } = settings;
  return {
    title,
    message,
    severity,
    isDismissible,
    startTime,
    ...(endTime === undefined ? {} : { endTime }),
  };
}
