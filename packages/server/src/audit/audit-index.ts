import { sql } from "kysely";
import type { ChangeRule } from "../changes/changes.ts";
import type { Db, Tx } from "../storage/database.ts";
import {
  accessesOf,
  type ChangeRow,
  type LoggedChange,
  loggedChange,
  nameOfThing,
  projectKeyOf,
  thingsOf,
  toLog,
} from "./logged-change.ts";

/** Makes every change one that can be found, in the change's own transaction. */
export const indexChange: ChangeRule = async (tx, change) => {
  const { history, version } = await tx
    .selectFrom("change")
    .select(["history", "version"])
    .where("change_id", "=", change.changeId)
    .where("is_first", "=", 1)
    .executeTakeFirstOrThrow();
  await insertEntry(tx, toLog(change), { history, version, projectId: change.projectId });
};

const rowsAtOnce = 500;

/** Indexes the log of a store that has none of it in its index: one from before there was an index. */
export async function indexOldChanges(db: Db): Promise<void> {
  if ((await db.selectFrom("audit_entry").select("id").limit(1).executeTakeFirst()) !== undefined)
    return;
  for (let after = 0; ; ) {
    const rows = await oldRows(db, after);
    const last = rows.at(-1);
    if (last === undefined) return;
    await db.transaction().execute(async (tx) => {
      for (const row of rows) await insertOldEntry(tx, row);
    });
    after = last.place;
  }
}

type OldRow = ChangeRow & {
  readonly place: number;
  readonly history: string;
  readonly version: number;
};

/** Rows that were written before rows said which is the first of their change count too. */
function oldRows(db: Db, after: number): Promise<readonly OldRow[]> {
  return db
    .selectFrom("change")
    .selectAll()
    .select(sql<number>`rowid`.as("place"))
    .where(sql`rowid`, ">", after)
    .where((eb) => eb.or([eb("is_first", "=", 1), eb("is_first", "is", null)]))
    .orderBy(sql`rowid`)
    .limit(rowsAtOnce)
    .execute();
}

async function insertOldEntry(tx: Tx, row: OldRow): Promise<void> {
  const { history, version } = row;
  const known = await tx
    .selectFrom("audit_entry")
    .select("id")
    .where("change_id", "=", row.change_id)
    .executeTakeFirst();
  if (known !== undefined) return;
  const place = await placeOfHistory(tx, history);
  const change = loggedChange(row);
  const resources = change.resources.length > 0 ? change.resources : place.resourcesOf(change);
  await insertEntry(tx, { ...change, resources }, { history, version, projectId: place.projectId });
}

/** What a history is of; a project or environment that has been deleted is no longer known. */
async function placeOfHistory(
  tx: Tx,
  history: string,
): Promise<{
  readonly projectId: string | undefined;
  readonly resourcesOf: (change: LoggedChange) => readonly string[];
}> {
  const environment = await tx
    .selectFrom("environment")
    .innerJoin("project", "project.id", "environment.project_id")
    .select(["project.id as projectId", "project.key as project", "environment.key as key"])
    .where("environment.id", "=", history)
    .executeTakeFirst();
  if (environment !== undefined) {
    const within = `proj/${environment.project}:env/${environment.key}`;
    const resourcesOf = ({ kind, key }: LoggedChange) =>
      kind === "environment" ? [within] : [`${within}:${kind}/${key}`];
    return { projectId: environment.projectId, resourcesOf };
  }
  const project = await tx
    .selectFrom("project")
    .select(["id", "key"])
    .where("id", "=", history)
    .executeTakeFirst();
  return {
    projectId: project?.id,
    resourcesOf: () => (project === undefined ? [] : [`proj/${project.key}`]),
  };
}

interface EntryPlace {
  readonly history: string;
  readonly version: number;
  readonly projectId: string | undefined;
}

async function insertEntry(tx: Tx, change: LoggedChange, place: EntryPlace): Promise<void> {
  const { changeId, at, actor, resources } = change;
  const project_key = projectKeyOf(resources) ?? null;
  const { id } = await tx
    .insertInto("audit_entry")
    .values({
      change_id: changeId,
      history: place.history,
      version: place.version,
      at,
      project_id: place.projectId ?? null,
      project_key,
      member_id: actor.kind === "member" ? actor.id : (actor.memberId ?? null),
      method: actor.kind,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("audit_text")
    .values({ rowid: id, words: textOf(change) })
    .execute();
  if (project_key !== null) {
    await tx
      .insertInto("audit_project")
      .values({ key: project_key })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await insertAccesses(tx, change, { id, at });
  await insertThings(tx, change, { id, projectId: place.projectId });
}

async function insertAccesses(
  tx: Tx,
  change: LoggedChange,
  { id, at }: { id: number; at: number },
): Promise<void> {
  for (const { resource, action } of accessesOf(change)) {
    const access = await tx
      .insertInto("audit_access")
      .values({ resource, action, entries: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(["resource", "action"])
          .doUpdateSet((eb) => ({ entries: eb("audit_access.entries", "+", 1) })),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("audit_entry_access")
      .values({ access_id: access.id, at, entry_id: id })
      .execute();
  }
}

async function insertThings(
  tx: Tx,
  change: LoggedChange,
  { id, projectId }: { id: number; projectId: string | undefined },
): Promise<void> {
  if (projectId === undefined) return;
  for (const { kind, environmentKey, key } of thingsOf(change)) {
    await tx
      .insertInto("audit_thing")
      .values({ project_id: projectId, kind, environment_key: environmentKey, key, entry_id: id })
      .execute();
  }
}

function textOf(change: LoggedChange): string {
  const { actor, key, comment, words, resources } = change;
  return [actor.name, key, nameOfThing(change), comment, ...words, ...resources].join("\n");
}
