import { randomUUID } from "node:crypto";
import type { Flag, Segment } from "@halyard/evaluation";
import { isSame } from "@halyard/instructions";
import type { Principal } from "../access/principal.ts";
import type { ApprovalSettings } from "../approvals/approval-settings.ts";
import type { Db, Tx } from "../storage/database.ts";
import { appendChange } from "./change-log.ts";
import type { Actor, ChangeNotice, EnvironmentChange, Feed, Item } from "./feed.ts";

/** What somebody does, as the log keeps it. */
export interface Change {
  /** Undefined for what belongs to no project, such as members. */
  readonly projectId: string | undefined;
  /** Of what kind the thing is, such as "flag" or "member". */
  readonly kind: string;
  readonly key: string;
  /** The thing as policies name it, such as `proj/web-shop:env/production:flag/checkout`. */
  readonly resources: readonly string[];
  readonly instructions: readonly object[];
  readonly words: readonly string[];
  readonly comment?: string | undefined;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  /** What environments shall serve now; what they serve already moves nothing. */
  readonly served: readonly Served[];
  /** Keys of environments that people shall be told of. */
  readonly environments: readonly string[];
  /** What it is done by where an environment takes approved changes only; else its author's right. */
  readonly under?: Authority | undefined;
  /** How it alters what an environment asks of changes. */
  readonly protection?: ProtectionChange | undefined;
  /** What goes with all that it serves. */
  readonly removal?: EnvironmentRemoval | undefined;
}

/** Writes what is done into the log, within the transaction that does it. */
export type RecordChange = (change: Change) => Promise<void>;

interface EnvironmentRemoval {
  readonly projectKey: string;
  readonly environments: readonly { readonly key: string; readonly approval_settings: string }[];
}

/** Why a change of a protected environment may be made without its author having the right. */
export type Authority =
  /** The approval request of that id is applied: the change is what its reviewers have seen. */
  | { readonly kind: "approval"; readonly id: string }
  /** It was pending before; the environment says whether that is enough. */
  | { readonly kind: "pending" }
  /** A target is taken off at the time that was set when it was changed. */
  | { readonly kind: "expiry" }
  /** A file of members is taken in that was let go on before. */
  | { readonly kind: "import" }
  /** The environment is new: nobody is served by it yet. */
  | { readonly kind: "creation" };

interface ProtectionChange {
  readonly environmentKey: string;
  readonly before: ApprovalSettings;
  readonly after: ApprovalSettings;
}

export interface ChangeParts {
  readonly db: Db;
  readonly feed: Feed;
  readonly now: () => number;
  readonly rules?: readonly ChangeRule[];
  /** Writes within every transaction what has to be durable along with it. */
  readonly alongside?: (tx: Tx) => Promise<void>;
}

export interface Served {
  readonly environmentId: string;
  readonly kind: "flag" | "segment";
  readonly key: string;
  /** The payload as of a version; undefined where nothing is served under the key. */
  readonly bodyAt: (version: number) => Flag | Segment | undefined;
}

/** A change on its way into the log. */
export interface RecordedChange extends Change {
  readonly changeId: string;
  readonly at: number;
  readonly actor: Actor;
  /** Whose rights count; undefined for what acts of itself. */
  readonly principal: Principal | undefined;
  readonly moved: readonly EnvironmentChange[];
  /** Keys of the environments whose payload it changes. */
  readonly movedEnvironments: readonly string[];
}

/** Runs within the transaction of every change: refuses it by throwing, or writes what goes along with it. */
export type ChangeRule = (tx: Tx, change: RecordedChange) => Promise<void>;

/** The one way to write: one after another, durable before anybody is told. */
export class Changes {
  readonly #db: Db;
  readonly #feed: Feed;
  readonly #now: () => number;
  readonly #rules: readonly ChangeRule[];
  readonly #alongside: (tx: Tx) => Promise<void>;
  #tail: Promise<unknown> = Promise.resolve();

  constructor({ db, feed, now, rules = [], alongside = () => Promise.resolve() }: ChangeParts) {
    this.#db = db;
    this.#feed = feed;
    this.#now = now;
    this.#rules = rules;
    this.#alongside = alongside;
  }

  get now(): number {
    return this.#now();
  }

  /**
   * Runs `act` in a transaction; each change it records is published after the commit. An author
   * who is given with their rights may do what only a right allows.
   */
  write<T>(
    author: Actor | Principal,
    act: (tx: Tx, record: RecordChange) => Promise<T>,
  ): Promise<T> {
    const turn = this.#tail.then(() => this.#inTransaction(author, act));
    this.#tail = turn.catch(() => undefined); // Whoever asked hears of the failure; the next one goes on.
    return turn;
  }

  async #inTransaction<T>(
    author: Actor | Principal,
    act: (tx: Tx, record: RecordChange) => Promise<T>,
  ): Promise<T> {
    const published: [readonly EnvironmentChange[], ChangeNotice][] = [];
    const result = await this.#db.transaction().execute(async (tx) => {
      const given = await act(tx, async (change) => {
        const recorded = await recordChange(tx, change, { author, at: this.#now() });
        for (const rule of this.#rules) await rule(tx, recorded.change);
        published.push([recorded.moved, recorded.notice]);
      });
      await this.#alongside(tx);
      return given;
    });
    for (const [changes, notice] of published) this.#feed.publish(changes, notice);
    return result;
  }
}

interface Recorded {
  readonly moved: readonly EnvironmentChange[];
  readonly notice: ChangeNotice;
  readonly change: RecordedChange;
}

async function recordChange(
  tx: Tx,
  change: Change,
  { author, at }: { author: Actor | Principal; at: number },
): Promise<Recorded> {
  const principal = "layers" in author ? author : undefined;
  const actor = "layers" in author ? author.actor : author;
  const changeId = randomUUID();
  const { resources, environments, instructions, words } = change;
  const entry = {
    change_id: changeId,
    at,
    actor: JSON.stringify(actor),
    kind: change.kind,
    key: change.key,
    instructions: JSON.stringify(instructions),
    comment: change.comment ?? "",
    before: change.before === undefined ? null : JSON.stringify(change.before),
    after: change.after === undefined ? null : JSON.stringify(change.after),
    resources: JSON.stringify(resources),
    words: JSON.stringify(words),
  };
  const moved: EnvironmentChange[] = [];
  for (const [environmentId, served] of await movedEnvironments(tx, change.served)) {
    const step = await moveEnvironment(tx, environmentId, served, at);
    const is_first = moved.length === 0 ? 1 : 0;
    await appendChange(tx, { ...entry, history: environmentId, version: step.to, is_first });
    moved.push(step);
  }
  if (moved.length === 0) {
    const place = await moveHistory(tx, change.projectId);
    await appendChange(tx, { ...entry, ...place, is_first: 1 });
  }
  return {
    moved,
    notice: {
      changeId,
      at,
      actor: publicActor(actor),
      resources,
      environments,
      instructions,
      words,
    },
    change: {
      ...change,
      changeId,
      at,
      actor,
      principal,
      moved,
      movedEnvironments: await keysOf(tx, moved),
    },
  };
}

/** Where somebody sits is for the audit log, not for everyone who looks at a page. */
function publicActor({ kind, id, name }: Actor): Actor {
  return { kind, id, name };
}

/** The next place in the history of a project's settings, or of what belongs to no project. */
async function moveHistory(
  tx: Tx,
  projectId: string | undefined,
): Promise<{ history: string; version: number }> {
  const history = projectId ?? "account";
  const { version } = await tx
    .updateTable(projectId === undefined ? "account" : "project")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .where("id", "=", history)
    .returning("version")
    .executeTakeFirstOrThrow();
  return { history, version };
}

async function keysOf(tx: Tx, moved: readonly EnvironmentChange[]): Promise<readonly string[]> {
  if (moved.length === 0) return [];
  const ids = moved.map(({ environmentId }) => environmentId);
  const rows = await tx.selectFrom("environment").select("key").where("id", "in", ids).execute();
  return rows.map(({ key }) => key);
}

/** The environments whose payload changes, in the order of their ids, so that writers never wait in a ring. */
async function movedEnvironments(tx: Tx, served: readonly Served[]): Promise<[string, Served[]][]> {
  const moved = new Map<string, Served[]>();
  for (const one of served) {
    const row = await tx
      .selectFrom("item")
      .select("body")
      .where("environment_id", "=", one.environmentId)
      .where("kind", "=", one.kind)
      .where("key", "=", one.key)
      .executeTakeFirst();
    const known: unknown =
      typeof row?.body === "string" ? { ...JSON.parse(row.body), version: 0 } : undefined;
    if (isSame(known ?? null, one.bodyAt(0) ?? null)) continue;
    moved.set(one.environmentId, [...(moved.get(one.environmentId) ?? []), one]);
  }
  return [...moved].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function moveEnvironment(
  tx: Tx,
  environmentId: string,
  served: readonly Served[],
  at: number,
): Promise<EnvironmentChange> {
  const { version, epoch } = await tx
    .updateTable("environment")
    .set((eb) => ({ version: eb("version", "+", 1) }))
    .where("id", "=", environmentId)
    .returning(["version", "epoch"])
    .executeTakeFirstOrThrow();
  const items: Item[] = [];
  for (const { kind, key, bodyAt } of served) {
    const body = bodyAt(version);
    const row = { version, updated_at: at, body: body === undefined ? null : JSON.stringify(body) };
    await tx
      .insertInto("item")
      .values({ environment_id: environmentId, kind, key, ...row })
      .onConflict((conflict) =>
        conflict.columns(["environment_id", "kind", "key"]).doUpdateSet(row),
      )
      .execute();
    items.push({ kind, key, version, body });
  }
  return { environmentId, epoch, from: version - 1, to: version, items };
}
