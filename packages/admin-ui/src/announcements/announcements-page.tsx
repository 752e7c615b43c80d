import { useQuery } from "@tanstack/react-query";
import { AccountHeader } from "../account/account-header.tsx";
import { useReady } from "../ui/ready.ts";
import { announcements } from "./announcement.ts";
import { AnnouncementsCard } from "./announcements-card.tsx";
import { t } from "./text.ts";

/** What admins let everybody read. */
export function AnnouncementsPage() {
  useReady(!useQuery(announcements).isPending);
  return (
    <>
      <AccountHeader title={t("announcements.title")} />
      <div className="max-w-3xl">
        <AnnouncementsCard />
      </div>
    </>
  );
}
