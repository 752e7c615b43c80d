import type { Changes } from "../changes/changes.ts";
import type { Principal } from "./principal.ts";
import { deleteEndedSessions } from "./session-queries.ts";

const intervalMs = 60_000;
const system = { kind: "system", id: "system", name: "Halyard" } as const;

/**
 * When sessions, members and tokens were last used. Kept in memory and written at most once a minute,
 * so that a request costs no write; what a crash loses is a minute of it.
 */
export class LastUse {
  readonly #changes: Changes;
  readonly #sessions = new Map<string, number>();
  readonly #members = new Map<string, number>();
  readonly #tokens = new Map<string, number>();
  #writtenAt = 0;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  note({ credential, memberId }: Principal): void {
    if (credential === undefined) return;
    const { now } = this.#changes;
    (credential.kind === "session" ? this.#sessions : this.#tokens).set(credential.id, now);
    if (memberId !== undefined) this.#members.set(memberId, now);
  }

  /** Writes what has come together, where a minute has gone by. */
  async writeDue(): Promise<void> {
    if (this.#changes.now - this.#writtenAt >= intervalMs) await this.write();
  }

  async write(): Promise<void> {
    const { now } = this.#changes;
    this.#writtenAt = now;
    const [sessions, members, tokens] = [this.#sessions, this.#members, this.#tokens].map(taken);
    const isIdle = [sessions, members, tokens].every((uses) => uses?.length === 0);
    if (isIdle) return;
    await this.#changes.write(system, async (tx) => {
      for (const [id, last_seen_at] of sessions ?? [])
        await tx.updateTable("session").set({ last_seen_at }).where("id", "=", id).execute();
      for (const [id, last_seen_at] of members ?? [])
        await tx.updateTable("member").set({ last_seen_at }).where("id", "=", id).execute();
      for (const [id, last_used_at] of tokens ?? [])
        await tx.updateTable("token").set({ last_used_at }).where("id", "=", id).execute();
      await deleteEndedSessions(tx, now);
    });
  }
}

function taken(uses: Map<string, number>): readonly (readonly [string, number])[] {
  const all = [...uses];
  uses.clear();
  return all;
}
