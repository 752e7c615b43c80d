import path from "node:path";
import type { Json } from "@halyard/evaluation";
import Sqlite from "better-sqlite3";
import { SeenContextStore } from "../contexts/seen-context-store.ts";
import type { EventBatch } from "./batch.ts";
import type { EventSink } from "./event-sink.ts";
import type { SdkEvent, SummaryEvent } from "./sdk-event.ts";
import { UsageStore } from "./usage-store.ts";

const minuteMs = 60_000;
const payloadsKeptMs = 72 * 3_600_000;
const eventsKept = 100_000;
const sweepMs = 10 * minuteMs;
/** Stands for what an SDK left out: it has no variation, or does not know the flag. */
const none = -1;

/** How often a flag gave a variation, within a minute. */
export interface EvaluationCount {
  readonly flagKey: string;
  /** Unix milliseconds at which the minute began, by the server's clock. */
  readonly minute: number;
  readonly variation: number | null;
  readonly version: number | null;
  readonly contextKinds: readonly string[];
  readonly count: number;
}

/** What the counts say of one flag in one environment. */
export interface FlagEvaluations {
  readonly flagKey: string;
  /** Unix milliseconds: the end of the last minute in which it was evaluated. */
  readonly lastAt: number;
  readonly contextKinds: readonly string[];
  /** Unix milliseconds at which an SDK last reported it; unknown of what was kept long ago. */
  readonly requestedAt?: number;
  /** What code falls back to, as it was last reported. */
  readonly default?: Json;
}

export interface EvaluationQuery {
  readonly environmentId: string;
  readonly flagKey?: string;
  readonly from?: number;
  readonly to?: number;
}

/**
 * Events in a database of their own, so that they can never stall or fill the store of flags. It is
 * used from a thread of its own and by nobody else, hence plain statements.
 */
export class EventStore implements EventSink {
  readonly #db: Sqlite.Database;
  readonly contexts: SeenContextStore;
  readonly usage: UsageStore;
  #sweptAt = 0;

  constructor(folder: string) {
    this.#db = new Sqlite(path.join(folder, "events.sqlite"));
    for (const pragma of ["journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000"]) {
      this.#db.pragma(pragma);
    }
    this.#db.exec(schema);
    this.contexts = new SeenContextStore(this.#db);
    this.usage = new UsageStore(this.#db);
  }

  keep(batches: readonly EventBatch[]): void {
    this.#db.transaction(() => {
      for (const batch of batches) if (this.#isNew(batch)) this.#keepOne(batch);
      this.#sweep(batches[0]?.receivedAt ?? 0);
    })();
  }

  counts({ environmentId, flagKey, from, to }: EvaluationQuery): readonly EvaluationCount[] {
    const rows = this.#db
      .prepare<[string, string | null, string | null, number, number], EvaluationRow>(
        `select flag_key, minute, variation, version, context_kinds, count from evaluation
         where environment_id = ? and (? is null or flag_key = ?) and minute >= ? and minute < ?
         order by flag_key, minute, variation`,
      )
      .all(
        environmentId,
        flagKey ?? null,
        flagKey ?? null,
        from ?? 0,
        to ?? Number.MAX_SAFE_INTEGER,
      );
    return rows.map((row) => ({
      flagKey: row.flag_key,
      minute: row.minute,
      variation: row.variation === none ? null : row.variation,
      version: row.version === none ? null : row.version,
      contextKinds: row.context_kinds.split(","),
      count: row.count,
    }));
  }

  /** The flags that were ever evaluated in an environment, by the counts. */
  evaluatedFlags(environmentId: string): readonly FlagEvaluations[] {
    const rows = this.#db
      .prepare<[string], EvaluatedRow>(
        `select flag_key, max(minute) as last, group_concat(distinct context_kinds) as kinds,
           max(requested_at) as requested_at, max(fallback) as fallback
         from evaluation left join request using (environment_id, flag_key)
         where environment_id = ? group by flag_key`,
      )
      .all(environmentId);
    return rows.map(({ flag_key, last, kinds, requested_at, fallback }) => ({
      flagKey: flag_key,
      lastAt: last + minuteMs - 1,
      contextKinds: [...new Set(kinds.split(","))].sort(),
      ...(requested_at === null ? {} : { requestedAt: requested_at }),
      // Written by this store.
      ...(fallback === null ? {} : { default: JSON.parse(fallback) as Json }),
    }));
  }

  /** How many events of each kind arrived; `refused` are those that could not be read. */
  tallies(environmentId: string): Readonly<Record<string, number>> {
    const rows = this.#db
      .prepare<[string], { kind: string; count: number }>(
        "select kind, count from tally where environment_id = ?",
      )
      .all(environmentId);
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  }

  /** Drops everything of an environment that has been deleted. */
  forget(environmentId: string): void {
    this.#db.transaction(() => {
      for (const table of [
        "payload",
        "evaluation",
        "evaluation_by_sdk",
        "request",
        "tally",
        "event",
        "context_instance",
      ])
        this.#db.prepare(`delete from ${table} where environment_id = ?`).run(environmentId);
    })();
  }

  close(): void {
    this.#db.close();
  }

  #isNew({ environmentId, payloadId, receivedAt }: EventBatch): boolean {
    if (payloadId === undefined) return true;
    const { changes } = this.#db
      .prepare("insert into payload values (?, ?, ?) on conflict do nothing")
      .run(environmentId, payloadId, receivedAt);
    return changes > 0;
  }

  #keepOne(batch: EventBatch): void {
    const { environmentId, receivedAt, events, refused, seen, applicationId = "" } = batch;
    this.contexts.keep(environmentId, receivedAt, { applicationId, seen });
    const tally = this.#db.prepare(
      `insert into tally values (?, ?, ?)
       on conflict do update set count = count + excluded.count`,
    );
    if (refused > 0) tally.run(environmentId, "refused", refused);
    const row = this.#db.prepare(
      "insert into event (environment_id, kind, received_at, body) values (?, ?, ?, ?)",
    );
    for (const event of events) {
      tally.run(environmentId, event.kind, 1);
      if (isSummary(event)) {
        this.#count(environmentId, receivedAt, event);
        this.usage.keep(environmentId, receivedAt, { ...batch, features: event.features });
      } else row.run(environmentId, event.kind, receivedAt, JSON.stringify(event));
    }
  }

  /** By the server's clock: those of clients may be days off. */
  #count(environmentId: string, receivedAt: number, { features }: SummaryEvent): void {
    const add = this.#db.prepare(
      `insert into evaluation values (?, ?, ?, ?, ?, ?, ?)
       on conflict do update set count = count + excluded.count`,
    );
    const request = this.#db.prepare(
      `insert into request values (?, ?, ?, ?)
       on conflict do update set requested_at = max(requested_at, excluded.requested_at),
         fallback = coalesce(excluded.fallback, fallback)`,
    );
    const minute = receivedAt - (receivedAt % minuteMs);
    for (const [flagKey, { counters, contextKinds, default: fallback }] of Object.entries(
      features,
    )) {
      const kept = fallback === undefined ? null : JSON.stringify(fallback);
      request.run(environmentId, flagKey, receivedAt, kept);
      const kinds = [...(contextKinds ?? ["user"])].sort().join(",");
      for (const { variation, version, unknown, count } of counters) {
        const known = unknown === true ? none : (version ?? none);
        add.run(environmentId, flagKey, minute, variation ?? none, known, kinds, count);
      }
    }
  }

  /** Drops what is kept long enough. Single events are a tail; counts stay. */
  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    this.#db.prepare("delete from payload where received_at < ?").run(now - payloadsKeptMs);
    this.#db
      .prepare("delete from event where id <= (select max(id) from event) - ?")
      .run(eventsKept);
  }
}

function isSummary(event: SdkEvent): event is SummaryEvent {
  return event.kind === "summary";
}

interface EvaluationRow {
  flag_key: string;
  minute: number;
  variation: number;
  version: number;
  context_kinds: string;
  count: number;
}

interface EvaluatedRow {
  flag_key: string;
  last: number;
  kinds: string;
  requested_at: number | null;
  fallback: string | null;
}

const schema = `
  create table if not exists payload (
    environment_id text not null, payload_id text not null, received_at integer not null,
    primary key (environment_id, payload_id)) strict, without rowid;
  create table if not exists evaluation (
    environment_id text not null, flag_key text not null, minute integer not null,
    variation integer not null, version integer not null, context_kinds text not null,
    count integer not null,
    primary key (environment_id, flag_key, minute, variation, version, context_kinds))
    strict, without rowid;
  create table if not exists request (
    environment_id text not null, flag_key text not null, requested_at integer not null,
    fallback text, primary key (environment_id, flag_key)) strict, without rowid;
  create table if not exists tally (
    environment_id text not null, kind text not null, count integer not null,
    primary key (environment_id, kind)) strict, without rowid;
  create table if not exists event (
    id integer primary key autoincrement, environment_id text not null, kind text not null,
    received_at integer not null, body text not null) strict;
`;
