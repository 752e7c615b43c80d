import type Sqlite from "better-sqlite3";
import type { SummaryEvent } from "./sdk-event.ts";

const hourMs = 3_600_000;
/** What is beyond is counted together: what an SDK calls itself is anybody's to write. */
const sdksOfFlagAndHour = 50;
const longestName = 80;
const others = "others";

/** How often a flag gave a variation, within a stretch of time. */
export interface UsagePoint {
  readonly flagKey: string;
  /** Unix milliseconds at which the stretch began, by the server's clock. */
  readonly at: number;
  readonly variation: number | null;
  /** False where the SDK did not know the flag. */
  readonly isKnown: boolean;
  readonly count: number;
}

export interface SdkUsage {
  /** Such as `NodeJSClient/9.1.0`. */
  readonly sdk: string;
  /** Empty where the SDK named none. */
  readonly applicationId: string;
  readonly count: number;
}

/** A key that SDKs asked for without knowing it. */
export interface UnknownKey {
  readonly environmentId: string;
  readonly flagKey: string;
  readonly count: number;
  /** Unix milliseconds: the beginning of the last minute in which it was asked for. */
  readonly lastAt: number;
}

export interface UsageQuery {
  readonly environmentId: string;
  readonly flagKeys: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** What is asked about usage; the answers have the types of the methods of {@link UsageStore}. */
export type UsageQuestion =
  | { readonly about: "series"; readonly query: UsageQuery; readonly bucketMs: number }
  | { readonly about: "sdks"; readonly query: UsageQuery }
  | {
      readonly about: "unknown";
      readonly environmentIds: readonly string[];
      readonly since: number;
    };

/** Counts of evaluations over time and by who asked, in the database of events. */
export class UsageStore {
  readonly #db: Sqlite.Database;

  constructor(db: Sqlite.Database) {
    this.#db = db;
    db.exec(schema);
  }

  /** Counts who asked, within the caller's transaction. */
  keep(
    environmentId: string,
    receivedAt: number,
    {
      sdk = "unknown",
      applicationId = "",
      features,
    }: { sdk?: string; applicationId?: string } & Pick<SummaryEvent, "features">,
  ): void {
    const hour = receivedAt - (receivedAt % hourMs);
    const name = sdk.startsWith("Mozilla/") ? "browser" : sdk.slice(0, longestName);
    const application = applicationId.slice(0, longestName);
    const known = this.#db
      .prepare<[string, string, number], number>(
        "select count(*) from evaluation_by_sdk where environment_id = ? and flag_key = ? and hour = ?",
      )
      .pluck();
    const add = this.#db.prepare(
      `insert into evaluation_by_sdk values (?, ?, ?, ?, ?, ?)
       on conflict do update set count = count + excluded.count`,
    );
    for (const [flagKey, { counters }] of Object.entries(features)) {
      const count = counters.reduce((sum, one) => sum + one.count, 0);
      const isFull = (known.get(environmentId, flagKey, hour) ?? 0) >= sdksOfFlagAndHour;
      const [whose, app] = isFull ? [others, ""] : [name, application];
      add.run(environmentId, flagKey, hour, whose, app, count);
    }
  }

  answer(question: UsageQuestion): unknown {
    switch (question.about) {
      case "series":
        return this.series(question.query, question.bucketMs);
      case "sdks":
        return this.sdks(question.query);
      case "unknown":
        return this.unknown(question.environmentIds, question.since);
      default:
        return question satisfies never;
    }
  }

  series(
    { environmentId, flagKeys, from, to }: UsageQuery,
    bucketMs: number,
  ): readonly UsagePoint[] {
    const rows = this.#db
      .prepare<
        [number, string, string, number, number],
        Omit<UsagePoint, "isKnown"> & { known: 0 | 1 }
      >(
        `select flag_key as flagKey, minute / cast(? as integer) as at,
           nullif(variation, -1) as variation, version <> -1 as known, sum(count) as count
         from evaluation
         where environment_id = ? and flag_key in (select value from json_each(?))
           and minute >= ? and minute < ?
         group by 1, 2, 3, 4 order by 1, 2, 3`,
      )
      .all(bucketMs, environmentId, JSON.stringify(flagKeys), from, to);
    return rows.map(({ known, at, ...row }) => ({
      ...row,
      at: at * bucketMs,
      isKnown: known === 1,
    }));
  }

  /** Who asked, most first. */
  sdks({ environmentId, flagKeys, from, to }: UsageQuery): readonly SdkUsage[] {
    return this.#db
      .prepare<[string, string, number, number], SdkUsage>(
        `select sdk, application_id as applicationId, sum(count) as count from evaluation_by_sdk
         where environment_id = ? and flag_key in (select value from json_each(?))
           and hour >= ? and hour < ?
         group by 1, 2 order by 3 desc, 1`,
      )
      .all(environmentId, JSON.stringify(flagKeys), from - (from % hourMs), to);
  }

  /** What SDKs did not know, by environment and key. */
  unknown(environmentIds: readonly string[], since: number): readonly UnknownKey[] {
    return this.#db
      .prepare<[string, number], UnknownKey>(
        `select environment_id as environmentId, flag_key as flagKey, sum(count) as count,
           max(minute) as lastAt
         from evaluation
         where environment_id in (select value from json_each(?)) and version = -1 and minute >= ?
         group by 1, 2 order by 3 desc`,
      )
      .all(JSON.stringify(environmentIds), since);
  }
}

const schema = `
  create table if not exists evaluation_by_sdk (
    environment_id text not null, flag_key text not null, hour integer not null,
    sdk text not null, application_id text not null, count integer not null,
    primary key (environment_id, flag_key, hour, sdk, application_id))
    strict, without rowid;
`;
