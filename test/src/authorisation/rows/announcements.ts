import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";

const list = "/api/v2/announcements";
const one = `${list}/:announcementId`;
const administering = { needs: "administering", resource: "acct", make } as const;
const settings = {
  title: "Maintenance",
  message: "Back at noon.",
  severity: "info",
  isDismissible: true,
  startTime: 0,
};

export const rows: readonly Row[] = [
  { route: `GET ${list}`, needs: "reading", action: "viewAnnouncement", resource: "acct" },
  { ...administering, route: `POST ${list}`, action: "createAnnouncement", body: () => settings },
  {
    ...administering,
    route: `PATCH ${one}`,
    action: "updateAnnouncement",
    body: ({ fresh }) => [{ op: "replace", path: "/title", value: fresh }],
  },
  { ...administering, route: `DELETE ${one}`, action: "deleteAnnouncement" },
];

async function make(askAsOwner: AskAsOwner): Promise<Values> {
  return { announcementId: idOf(await askAsOwner("POST", list, settings)) };
}
