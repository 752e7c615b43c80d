import { isSame } from "@halyard/instructions";
import type { Changes, RecordChange } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { KindKey, type KindSettings, settingsOfKind } from "./context-kind.ts";
import {
  type ContextKind,
  findKind,
  insertKind,
  listKinds,
  updateKind,
} from "./context-kind-queries.ts";

const seenEveryMs = 60_000;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

/** Stores what a kind is said to be, whether it is known or not. */
export async function putKind(
  tx: Tx,
  record: RecordChange,
  {
    project,
    key,
    settings,
    at,
  }: { project: Project; key: string; settings: KindSettings; at: number },
): Promise<void> {
  const before = await findKind(tx, project.id, key);
  if (before === undefined) {
    await addKind(tx, record, { project, kind: newKind(project, { key, settings, at }) });
    return;
  }
  if (settings.version !== undefined && settings.version !== before.version) {
    throw new DomainError(
      "optimistic_locking_error",
      `the context kind "${key}" is at version ${before.version}, not ${settings.version}; read it again and decide anew`,
    );
  }
  const after = { ...before, ...columnsOf(settings, before) };
  if (isSame(settingsOfKind(before), settingsOfKind(after))) return;
  await updateKind(tx, { ...after, version: before.version + 1, updated_at: at });
  await record({
    ...aboutKind(project, key),
    instructions: [{ kind: "updateContextKind" }],
    words: [`Change the context kind ${after.name}`],
    before: settingsOfKind(before),
    after: settingsOfKind(after),
  });
}

/** Remembers that contexts of these kinds were seen; a kind that nobody knew is there from then on. */
export async function noteKindsSeen(
  { db, changes }: { db: Db; changes: Changes },
  { project, kinds }: { project: Project; kinds: readonly string[] },
): Promise<void> {
  const at = changes.now;
  const wanted = [...new Set(kinds)].filter((key) => KindKey.safeParse(key).success);
  const isRecent = ({ last_seen_at }: ContextKind) =>
    last_seen_at !== null && at - last_seen_at < seenEveryMs;
  const recent = (await listKinds(db, project.id)).filter(isRecent).map(({ key }) => key);
  const unnoted = wanted.filter((key) => !recent.includes(key));
  if (unnoted.length === 0) return;
  await changes.write(system, async (tx, record) => {
    for (const key of unnoted) {
      const known = await findKind(tx, project.id, key);
      if (known === undefined) {
        const settings = { name: key };
        const kind = newKind(project, { key, settings, at });
        const seen = { created_from: "auto-add", last_seen_at: at } as const;
        await addKind(tx, record, { project, kind: { ...kind, ...seen } });
      } else await updateKind(tx, { ...known, last_seen_at: at });
    }
  });
}

async function addKind(
  tx: Tx,
  record: RecordChange,
  { project, kind }: { project: Project; kind: ContextKind },
): Promise<void> {
  await insertKind(tx, kind);
  await record({
    ...aboutKind(project, kind.key),
    instructions: [{ kind: "createContextKind" }],
    words: [`Create the context kind ${kind.name}`],
    after: settingsOfKind(kind),
  });
}

function newKind(
  project: Project,
  { key, settings, at }: { key: string; settings: KindSettings; at: number },
): ContextKind {
  return {
    project_id: project.id,
    key,
    version: 1,
    created_at: at,
    updated_at: at,
    last_seen_at: null,
    created_from: "manual",
    ...columnsOf(settings, { description: "", hide_in_targeting: 0, archived: 0 }),
  };
}

/** What is not said stays as it is. */
function columnsOf(
  { name, description, hideInTargeting, archived }: KindSettings,
  before: Pick<ContextKind, "description" | "hide_in_targeting" | "archived">,
) {
  return {
    name,
    description: description ?? before.description,
    hide_in_targeting:
      hideInTargeting === undefined ? before.hide_in_targeting : Number(hideInTargeting),
    archived: archived === undefined ? before.archived : Number(archived),
  };
}

function aboutKind(project: Project, key: string) {
  return {
    projectId: project.id,
    kind: "context-kind",
    key,
    resources: [`proj/${project.key}:context-kind/${key}`],
    served: [],
    environments: [],
  };
}
