import { z } from "zod";
import type { Db } from "../storage/database.ts";
import { type Tagged, taggedKinds } from "./tag.ts";

/** Everything that carries tags now. Only tags are read of flags and segments, which can be long. */
export async function listTagged(db: Db): Promise<readonly Tagged[]> {
  const projects = await db.selectFrom("project").select(["key as projectKey", "tags"]).execute();
  const environments = await db
    .selectFrom("environment")
    .innerJoin("project", "project.id", "environment.project_id")
    .select(["project.key as projectKey", "environment.tags"])
    .execute();
  const flags = await db
    .selectFrom("flag")
    .innerJoin("project", "project.id", "flag.project_id")
    .select(["project.key as projectKey", "flag.tags", "flag.state"])
    .execute();
  const segments = await db
    .selectFrom("segment")
    .innerJoin("environment", "environment.id", "segment.environment_id")
    .innerJoin("project", "project.id", "environment.project_id")
    .select(["project.key as projectKey"])
    .select(({ fn, val }) => fn<string>("json_extract", ["segment.body", val("$.tags")]).as("tags"))
    .execute();
  const alike = { isArchived: false };
  return [
    ...projects.map((row) => ({ ...alike, kind: "project" as const, ...read(row) })),
    ...environments.map((row) => ({ ...alike, kind: "environment" as const, ...read(row) })),
    ...flags.map((row) => ({
      kind: "flag" as const,
      ...read(row),
      isArchived: row.state === "archived",
    })),
    ...segments.map((row) => ({ ...alike, kind: "segment" as const, ...read(row) })),
  ];
}

function read({ projectKey, tags }: { projectKey: string; tags: string }) {
  return { projectKey, tags: JSON.parse(tags) as string[] }; // Written by this server.
}

const TaggedState = z.looseObject({
  tags: z.array(z.string()),
  archived: z.boolean().default(false),
});

/** Everything that carried tags at a time, as the change log has it. */
export async function listTaggedAt(db: Db, time: number): Promise<readonly Tagged[]> {
  const rows = await db
    .selectFrom("change")
    .select(["kind", "key", "after", "resources"])
    .where("is_first", "=", 1)
    .where("at", "<=", time)
    .where("kind", "in", taggedKinds)
    .orderBy("at")
    .orderBy("history")
    .orderBy("version")
    .execute();
  const found = new Map<string, Tagged>();
  for (const { kind, key, after, resources } of rows) {
    const [resource = ""] = JSON.parse(resources ?? "[]") as string[]; // Written by this server.
    const projectKey = /^proj\/([^:]+)/u.exec(resource)?.[1];
    const known = taggedKinds.find((one) => one === kind);
    if (projectKey === undefined || known === undefined) continue;
    // A flag is one thing in all environments.
    const name = known === "flag" ? `proj/${projectKey}:flag/${key}` : resource;
    const state = TaggedState.safeParse(JSON.parse(after ?? "null"));
    if (after === null) forget(found, name);
    if (!state.success) continue;
    const { tags, archived: isArchived } = state.data;
    found.set(name, { kind: known, projectKey, tags, isArchived });
  }
  return [...found.values()];
}

/** What was in a thing is gone with it. */
function forget(found: Map<string, Tagged>, name: string): void {
  for (const one of found.keys()) if (one === name || one.startsWith(`${name}:`)) found.delete(one);
}
