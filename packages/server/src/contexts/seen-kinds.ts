import type { Changes } from "../changes/changes.ts";
import { noteKindsSeen } from "../context-kinds/context-kind-changes.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { listProjects } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";

const paceMs = 10_000;

interface SeenKindsParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

/** Makes the kinds of contexts that SDKs report known to their projects, every ten seconds. */
export class SeenKinds {
  readonly #parts: SeenKindsParts;
  /** What was seen before has been noted. */
  #notedUntil: number;

  constructor(parts: SeenKindsParts) {
    this.#parts = parts;
    this.#notedUntil = parts.changes.now;
  }

  async runDue(): Promise<void> {
    const { db, changes, intake } = this.#parts;
    const { now } = changes;
    if (now - this.#notedUntil < paceMs) return;
    const seen = await intake.kindsSeenSince(this.#notedUntil);
    this.#notedUntil = now;
    if (seen.length === 0) return;
    for (const project of await listProjects(db)) {
      const ids = new Set((await listEnvironments(db, project.id)).map(({ id }) => id));
      const kinds = seen.filter((one) => ids.has(one.environmentId)).map(({ kind }) => kind);
      if (kinds.length > 0) await noteKindsSeen({ db, changes }, { project, kinds });
    }
  }
}
