import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { linkTo, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import type { Db } from "../storage/database.ts";
import { AnnouncementSettings, statusAt, statuses } from "./announcement.ts";
import {
  type Announcement,
  deleteAnnouncement,
  getAnnouncement,
  listAnnouncements,
  saveAnnouncement,
} from "./announcement-queries.ts";

const path = "/api/v2/announcements";
const tags = ["Announcements"];
const ofAnnouncement = z.object({ announcementId: z.string() });

export interface AnnouncementParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** What admins let everybody read. */
export const announcementRoutes: FastifyPluginAsyncZod<AnnouncementParts> = async (app, parts) => {
  const { db, changes } = parts;
  app.get(
    path,
    {
      config: { access: { action: "viewAnnouncement", resource: "acct" } },
      schema: {
        operationId: "getAnnouncementsPublic",
        summary: "List announcements",
        tags,
        querystring: z.object({ ...pageQuery, status: z.enum(statuses).optional() }),
      },
    },
    async ({ query, url }) => {
      const items = (await listAnnouncements(db))
        .map((announcement) => representation(announcement, changes.now))
        .filter(({ _status }) => query.status === undefined || query.status === _status);
      return pagedList(url, pageOf(items, query), query);
    },
  );

  app.post(
    path,
    {
      config: { access: { action: "createAnnouncement", resource: "acct" } },
      schema: {
        operationId: "createAnnouncementPublic",
        summary: "Announce something",
        tags,
        body: AnnouncementSettings,
      },
    },
    async ({ body, actor }, reply) => {
      refuseEndBeforeStart(body);
      const { now } = changes;
      const announcement = withSettings({ id: newId(), created_at: now }, body);
      await changes.write(actor, async (tx, record) => {
        const words = `Announce "${body.title}"`;
        const instruction = "createAnnouncement";
        await record(aboutAnnouncement(announcement, { instruction, words, after: body }));
        await saveAnnouncement(tx, announcement);
      });
      return reply.code(201).send(representation(announcement, now));
    },
  );
  await app.register(changingRoutes, parts);
};

const changingRoutes: FastifyPluginAsyncZod<AnnouncementParts> = async (app, { changes }) => {
  app.patch(
    `${path}/:announcementId`,
    {
      config: { access: { action: "updateAnnouncement", resource: "acct" } },
      schema: {
        operationId: "updateAnnouncementPublic",
        summary: "Change an announcement",
        tags,
        params: ofAnnouncement,
        body: PatchBody,
      },
    },
    async ({ params, body, headers, actor }) => {
      const patch = parsePatch(body, headers["content-type"]);
      const announcement = await changes.write(actor, async (tx, record) => {
        const stored = await getAnnouncement(tx, params.announcementId);
        const before = settingsOf(stored);
        const { members: changed, wanted: after } = patchedSettings(before, patch, {
          settings: AnnouncementSettings,
          what: "an announcement",
        });
        refuseEndBeforeStart(after);
        if (changed.length === 0) return stored;
        const words = `Change ${changed.join(" and ")} of the announcement "${before.title}"`;
        const instruction = "updateAnnouncement";
        const { comment } = patch;
        await record(aboutAnnouncement(stored, { instruction, words, before, after, comment }));
        const changedOne = withSettings(stored, after);
        await saveAnnouncement(tx, changedOne);
        return changedOne;
      });
      return representation(announcement, changes.now);
    },
  );

  app.delete(
    `${path}/:announcementId`,
    {
      config: { access: { action: "deleteAnnouncement", resource: "acct" } },
      schema: {
        operationId: "deleteAnnouncementPublic",
        summary: "Delete an announcement",
        tags,
        params: ofAnnouncement,
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const stored = await getAnnouncement(tx, params.announcementId);
        const before = settingsOf(stored);
        const words = `Delete the announcement "${before.title}"`;
        const instruction = "deleteAnnouncement";
        await record(aboutAnnouncement(stored, { instruction, words, before }));
        await deleteAnnouncement(tx, stored.id);
      });
      return reply.code(204).send(null);
    },
  );
};

function refuseEndBeforeStart({ startTime, endTime }: AnnouncementSettings): void {
  if (endTime === undefined || endTime > startTime) return;
  throw new DomainError(
    "invalid_request",
    "endTime: the announcement would end before it begins; give a later time, or none",
  );
}

function withSettings(
  { id, created_at }: Pick<Announcement, "id" | "created_at">,
  settings: AnnouncementSettings,
): Announcement {
  const { title, message, severity } = settings;
  return {
    id,
    created_at,
    title,
    message,
    severity,
    is_dismissible: settings.isDismissible ? 1 : 0,
    starts_at: settings.startTime,
    ends_at: settings.endTime ?? null,
  };
}

function settingsOf(announcement: Announcement): AnnouncementSettings {
  const { title, message, severity, ends_at } = announcement;
  return {
    title,
    message,
    severity,
    isDismissible: announcement.is_dismissible === 1,
    startTime: announcement.starts_at,
    ...(ends_at === null ? {} : { endTime: ends_at }),
  };
}

function representation(announcement: Announcement, now: number) {
  const settings = settingsOf(announcement);
  return {
    _id: announcement.id,
    ...settings,
    _status: statusAt(settings, now),
    _links: { parent: linkTo(path) },
  };
}

function aboutAnnouncement(
  { id }: Announcement,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  return accountChange({ kind: "announcement", key: id, resource: "acct", ...change });
}
