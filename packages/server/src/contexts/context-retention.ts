import type { EventIntake } from "../events/event-intake.ts";
import type { Db } from "../storage/database.ts";
import { listContextSettings } from "./context-setting-queries.ts";

const dayMs = 24 * 3_600_000;
const paceMs = 10 * 60_000;

/** Forgets contexts when their time is over, every ten minutes. */
export class ContextRetention {
  readonly #db: Db;
  readonly #intake: EventIntake;
  readonly #now: () => number;
  #ranAt = 0;

  constructor({ db, intake, now }: { db: Db; intake: EventIntake; now: () => number }) {
    this.#db = db;
    this.#intake = intake;
    this.#now = now;
  }

  async runDue(): Promise<void> {
    const now = this.#now();
    if (now - this.#ranAt < paceMs) return;
    this.#ranAt = now;
    const settings = await listContextSettings(this.#db);
    await this.#intake.forgetContexts(
      settings.map(({ environmentId, isKept, retentionDays }) => ({
        environmentId,
        since: isKept ? now - retentionDays * dayMs : Number.MAX_SAFE_INTEGER,
      })),
    );
  }
}
