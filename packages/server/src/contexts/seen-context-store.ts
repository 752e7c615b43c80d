import { createHash } from "node:crypto";
import { parseReference } from "@halyard/evaluation";
import type Sqlite from "better-sqlite3";
import { type Condition, fitsCondition } from "../http/condition.ts";
import type { PublicContext } from "./public-context.ts";

/** A sample is what people look for examples in; those that were seen last are kept. */
const instancesKept = 10_000;
const largestBytes = 16 * 1024;

/** Contexts that were evaluated together. */
export interface SeenInstance {
  readonly id: string;
  /** Unix milliseconds. */
  readonly lastSeen: number;
  /** Empty where the SDK named none. */
  readonly applicationId: string;
  readonly contexts: readonly PublicContext[];
}

/** One context, as it was seen last. */
export interface SeenContext extends PublicContext {
  readonly lastSeen: number;
  readonly applicationId: string;
  /** How many others it was seen together with. */
  readonly associated: number;
}

export interface SeenPage<T> {
  readonly items: readonly T[];
  readonly totalCount: number;
  readonly hasMore: boolean;
}

/** Which part of what was seen is wanted, by the time at which it was seen. */
export interface SeenQuery {
  readonly environmentId: string;
  readonly conditions: readonly Condition[];
  readonly isOldestFirst: boolean;
  readonly limit: number;
  /** Time and name of the last one that is known already. */
  readonly after?: readonly [lastSeen: number, name: string] | undefined;
}

/** What is asked about contexts; the answers have the types of the methods of {@link SeenContextStore}. */
export type ContextQuestion =
  | { readonly about: "instances" | "contexts"; readonly query: SeenQuery }
  | { readonly about: "all"; readonly environmentId: string }
  | { readonly about: "kinds"; readonly since: number }
  | { readonly about: "deletion"; readonly environmentId: string; readonly ids: readonly string[] }
  | { readonly about: "retention"; readonly environments: readonly Retention[] };

export interface SeenKind {
  readonly environmentId: string;
  readonly kind: string;
}

/** Since when contexts of an environment are kept. */
export interface Retention {
  readonly environmentId: string;
  readonly since: number;
}

/** A bounded sample of the contexts that SDKs reported, in the database of events. */
export class SeenContextStore {
  readonly #db: Sqlite.Database;

  constructor(db: Sqlite.Database) {
    this.#db = db;
    db.exec(schema);
  }

  /** Keeps what was seen, within the caller's transaction. */
  keep(
    environmentId: string,
    seenAt: number,
    { applicationId, seen }: { applicationId: string; seen: readonly (readonly PublicContext[])[] },
  ): void {
    const row = this.#db.prepare(
      `insert into context_instance values (?, ?, ?, ?, ?)
       on conflict do update set last_seen = excluded.last_seen,
         application_id = excluded.application_id, body = excluded.body
       where excluded.last_seen >= last_seen`,
    );
    // In a batch the same contexts come again and again.
    const last = new Map(seen.map((contexts) => [idOf(contexts), contexts]));
    for (const [id, contexts] of last) {
      const body = JSON.stringify(contexts);
      if (body.length <= largestBytes) row.run(environmentId, id, seenAt, applicationId, body);
    }
    if (last.size === 0) return;
    this.#db
      .prepare(
        `delete from context_instance where environment_id = ? and id in (
           select id from context_instance where environment_id = ?
           order by last_seen desc, id limit -1 offset ?)`,
      )
      .run(environmentId, environmentId, instancesKept);
  }

  answer(question: ContextQuestion): unknown {
    switch (question.about) {
      case "instances":
        return this.instances(question.query);
      case "contexts":
        return this.contexts(question.query);
      case "all":
        return this.all(question.environmentId);
      case "kinds":
        return this.kinds(question.since);
      case "deletion":
        return this.delete(question.environmentId, question.ids);
      case "retention":
        return this.forget(question.environments);
      default:
        return question satisfies never;
    }
  }

  instances(query: SeenQuery): SeenPage<SeenInstance> {
    return pageOf(this.all(query.environmentId), query, {
      nameOf: ({ id }) => id,
      valuesOf: valuesOfInstance,
    });
  }

  contexts(query: SeenQuery): SeenPage<SeenContext> {
    return pageOf(contextsOf(this.all(query.environmentId)), query, {
      nameOf: ({ kind, key }) => `${kind}:${key}`,
      valuesOf: valuesOfContext,
    });
  }

  /** The whole sample of an environment, what was seen last first. */
  all(environmentId: string): readonly SeenInstance[] {
    const rows = this.#db
      .prepare<[string], { id: string; last_seen: number; application_id: string; body: string }>(
        `select id, last_seen, application_id, body from context_instance
         where environment_id = ? order by last_seen desc, id`,
      )
      .all(environmentId);
    return rows.map(({ id, last_seen, application_id, body }) => ({
      id,
      lastSeen: last_seen,
      applicationId: application_id,
      contexts: JSON.parse(body) as readonly PublicContext[], // Written above from its own type.
    }));
  }

  /** The kinds of contexts that were seen at a time or later. */
  kinds(since: number): readonly SeenKind[] {
    return this.#db
      .prepare<[number], SeenKind>(
        `select distinct environment_id as environmentId, one.value ->> 'kind' as kind
         from context_instance, json_each(body) as one where last_seen >= ?`,
      )
      .all(since);
  }

  /** Says how many there were to be deleted. */
  delete(environmentId: string, ids: readonly string[]): number {
    const row = this.#db.prepare(
      "delete from context_instance where environment_id = ? and id = ?",
    );
    return ids.reduce((count, id) => count + row.run(environmentId, id).changes, 0);
  }

  /** Forgets what is older than it may get, and all of the environments that are not named. */
  forget(environments: readonly Retention[]): void {
    const kept = new Map(environments.map(({ environmentId, since }) => [environmentId, since]));
    const known = this.#db
      .prepare<[], string>("select distinct environment_id from context_instance")
      .pluck()
      .all();
    const row = this.#db.prepare(
      "delete from context_instance where environment_id = ? and last_seen < ?",
    );
    for (const id of known) row.run(id, kept.get(id) ?? Number.MAX_SAFE_INTEGER);
  }
}

/** The contexts of a sample, each as it was seen last. */
export function contextsOf(instances: readonly SeenInstance[]): readonly SeenContext[] {
  const found = new Map<string, SeenContext>();
  const together = new Map<string, Set<string>>();
  for (const { lastSeen, applicationId, contexts } of instances) {
    const names = contexts.map(({ kind, key }) => `${kind}:${key}`);
    for (const [index, context] of contexts.entries()) {
      const name = names[index] ?? "";
      const others = together.get(name) ?? new Set();
      together.set(name, others);
      for (const other of names) if (other !== name) others.add(other);
      // What was seen last comes first.
      const known = found.get(name) ?? { ...context, lastSeen, applicationId, associated: 0 };
      found.set(name, { ...known, associated: others.size });
    }
  }
  return [...found.values()];
}

function pageOf<T extends { readonly lastSeen: number }>(
  all: readonly T[],
  { conditions, isOldestFirst, limit, after }: SeenQuery,
  {
    nameOf,
    valuesOf,
  }: { nameOf: (one: T) => string; valuesOf: (one: T, field: string) => readonly unknown[] },
): SeenPage<T> {
  const direction = isOldestFirst ? 1 : -1;
  const place = (one: T) => [one.lastSeen * direction, nameOf(one)] as const;
  const fitting = all
    .filter((one) => conditions.every((each) => fitsCondition(each, valuesOf(one, each.field))))
    .sort((a, b) => compare(place(a), place(b)));
  const start = after && ([after[0] * direction, after[1]] as const);
  const rest =
    start === undefined ? fitting : fitting.filter((one) => compare(place(one), start) > 0);
  return {
    items: rest.slice(0, limit),
    totalCount: fitting.length,
    hasMore: rest.length > limit,
  };
}

function compare(a: readonly [number, string], b: readonly [number, string]): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}

function valuesOfInstance(instance: SeenInstance, field: string): readonly unknown[] {
  const { id, applicationId, lastSeen, contexts } = instance;
  if (field === "id") return [id];
  if (field === "applicationId") return applicationId === "" ? [] : [applicationId];
  if (field === "lastSeen") return [lastSeen];
  if (field === "kinds" || field === "kind") return contexts.map(({ kind }) => kind);
  if (field === "kindKeys") return contexts.map(({ kind, key }) => `${kind}:${key}`);
  if (field === "key") return contexts.map(({ key }) => key);
  return contexts.flatMap((context) => attributeValues(context, field));
}

function valuesOfContext(context: SeenContext, field: string): readonly unknown[] {
  const { kind, key, lastSeen, applicationId } = context;
  if (field === "kind") return [kind];
  if (field === "key") return [key];
  if (field === "kindKeys") return [`${kind}:${key}`];
  if (field === "lastSeen") return [lastSeen];
  if (field === "applicationId") return applicationId === "" ? [] : [applicationId];
  return attributeValues(context, field);
}

/** Of `user.plan`, `*.name` or `user./address/city`. */
function attributeValues(context: PublicContext, field: string): readonly unknown[] {
  const dot = field.indexOf(".");
  const kind = field.slice(0, dot);
  if (kind !== "*" && kind !== context.kind) return [];
  const { components } = parseReference(field.slice(dot + 1));
  if (components.length === 1 && components[0] === "key") return [context.key];
  let value: unknown = context.attributes;
  for (const name of components) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
    value = Reflect.get(value, name);
  }
  return components.length === 0 ? [] : [value];
}

/** The same contexts are the same instance, whatever their attributes have become. */
function idOf(contexts: readonly PublicContext[]): string {
  const names = contexts.map(({ kind, key }) => JSON.stringify([kind, key])).sort();
  return createHash("sha256").update(names.join()).digest("hex").slice(0, 24);
}

const schema = `
  create table if not exists context_instance (
    environment_id text not null, id text not null, last_seen integer not null,
    application_id text not null, body text not null, primary key (environment_id, id))
    strict, without rowid;
  create index if not exists context_instance_by_time
    on context_instance (environment_id, last_seen desc, id);
  create index if not exists context_instance_by_last_seen on context_instance (last_seen);
`;
