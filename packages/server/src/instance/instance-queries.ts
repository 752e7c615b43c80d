import { sql } from "kysely";
import type { Db } from "../storage/database.ts";

interface Measured {
  readonly version: string;
  readonly pageBytes: number;
  readonly pages: number;
  readonly freePages: number;
}

/** How large the database is, and how much of each thing is in it. */
export async function measureDatabase(db: Db) {
  const { rows } = await sql<Measured>`
    select sqlite_version() as version, page_size as "pageBytes", page_count as pages,
      freelist_count as "freePages"
    from pragma_page_size, pragma_page_count, pragma_freelist_count`.execute(db);
  const { version = "", pageBytes = 0, pages = 0, freePages = 0 } = rows[0] ?? {};
  const [projects, environments, flags, segments, members] = await Promise.all(
    (["project", "environment", "flag", "segment", "member"] as const).map((table) =>
      countOf(db, table),
    ),
  );
  return {
    database: {
      engine: "SQLite",
      version,
      sizeBytes: pageBytes * pages,
      freeBytes: pageBytes * freePages,
    },
    counts: {
      projects: projects ?? 0,
      environments: environments ?? 0,
      flags: flags ?? 0,
      segments: segments ?? 0,
      members: members ?? 0,
    },
  };
}

async function countOf(
  db: Db,
  table: "project" | "environment" | "flag" | "segment" | "member",
): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}
