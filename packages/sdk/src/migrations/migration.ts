import type { FlagKeyOf } from "../flag-types.ts";
import type { MigrationTracker } from "./migration-tracker.ts";
import { type Origin, planOf, type Stage } from "./stage.ts";

/** What reads or writes one of the systems. It may give its value, or throw. */
export type Endpoint<Payload, Value> = (payload: Payload) => Promise<Value> | Value;

/** The two systems, and what is measured of them. */
export interface MigrationOptions<Payload, Read, Written> {
  readonly readOld: Endpoint<Payload, Read>;
  readonly readNew: Endpoint<Payload, Read>;
  readonly writeOld: Endpoint<Payload, Written>;
  readonly writeNew: Endpoint<Payload, Written>;
  /** Whether what both gave is the same; compared where both were read. */
  readonly isSame?: (old: Read, fresh: Read) => boolean;
  /** How two are read: at once unless given, one after the other, or so in a random order. */
  readonly reading?: "concurrent" | "serial" | "random";
  /** False does not measure how long each took. */
  readonly trackLatency?: boolean;
  /** False does not report who failed. */
  readonly trackErrors?: boolean;
}

/** What one system gave. Errors are given back, not thrown. */
export type Outcome<Value> =
  | { readonly isOk: true; readonly origin: Origin; readonly value: Value }
  | { readonly isOk: false; readonly origin: Origin; readonly error: unknown };

/** What came of a write that goes to one system or to both. */
export interface WriteOutcome<Value> {
  /** The system whose word counts at this stage. */
  readonly authoritative: Outcome<Value>;
  /** Undefined where only one was written, or the first write failed. */
  readonly other: Outcome<Value> | undefined;
}

/** The part of a client that a migration uses. */
interface Client {
  migrationVariation(
    key: FlagKeyOf<Stage>,
    context: object,
    defaultStage: Stage,
  ): { readonly value: Stage; readonly tracker: MigrationTracker };
  trackMigration(tracker: MigrationTracker): void;
}

/** Reads and writes through a flag of stages, and reports how the systems did. */
export class Migration<Payload, Read, Written> {
  readonly #client: Client;
  readonly #options: MigrationOptions<Payload, Read, Written>;
  readonly #random: () => number;

  constructor(
    client: Client,
    options: MigrationOptions<Payload, Read, Written>,
    random: () => number = Math.random,
  ) {
    this.#client = client;
    this.#options = options;
    this.#random = random;
  }

  /** Reads where the flag's stage says, and gives the answer that counts. Errors are given back. */
  async read(
    key: FlagKeyOf<Stage>,
    context: object,
    defaultStage: Stage,
    payload: Payload,
  ): Promise<Outcome<Read>> {
    const { value: stage, tracker } = this.#client.migrationVariation(key, context, defaultStage);
    tracker.operation("read");
    const { readOld, readNew, isSame } = this.#options;
    const ask = (origin: Origin): Promise<Outcome<Read>> =>
      this.#ask(origin, origin === "old" ? readOld : readNew, payload, tracker);
    const [first, second] = planOf(stage).read;
    const outcomes =
      second === undefined ? [await ask(first)] : await this.#both([first, second], ask);
    const [old, fresh] = (["old", "new"] as const).map((origin) =>
      outcomes.find((outcome) => outcome.origin === origin),
    );
    if (isSame !== undefined && old?.isOk === true && fresh?.isOk === true) {
      tracker.consistency(() => isSame(old.value, fresh.value));
    }
    this.#client.trackMigration(tracker);
    return outcomes[0] as Outcome<Read>;
  }

  /** The second system is written only where the first one took it. */
  async write(
    key: FlagKeyOf<Stage>,
    context: object,
    defaultStage: Stage,
    payload: Payload,
  ): Promise<WriteOutcome<Written>> {
    const { value: stage, tracker } = this.#client.migrationVariation(key, context, defaultStage);
    tracker.operation("write");
    const { writeOld, writeNew } = this.#options;
    const ask = (origin: Origin): Promise<Outcome<Written>> =>
      this.#ask(origin, origin === "old" ? writeOld : writeNew, payload, tracker);
    const [first, second] = planOf(stage).write;
    const authoritative = await ask(first);
    const other = second !== undefined && authoritative.isOk ? await ask(second) : undefined;
    this.#client.trackMigration(tracker);
    return { authoritative, other };
  }

  /** What the first one gave comes first, in whatever order they were asked. */
  async #both(
    [first, second]: readonly [Origin, Origin],
    ask: (origin: Origin) => Promise<Outcome<Read>>,
  ): Promise<Outcome<Read>[]> {
    const { reading = "concurrent" } = this.#options;
    if (reading === "concurrent") return Promise.all([ask(first), ask(second)]);
    if (reading === "random" && this.#random() < 0.5) {
      const other = await ask(second);
      return [await ask(first), other];
    }
    return [await ask(first), await ask(second)];
  }

  async #ask<Value>(
    origin: Origin,
    endpoint: Endpoint<Payload, Value>,
    payload: Payload,
    tracker: MigrationTracker,
  ): Promise<Outcome<Value>> {
    const { trackLatency = true, trackErrors = true } = this.#options;
    tracker.invoked(origin);
    const startedAt = performance.now();
    try {
      return { isOk: true, origin, value: await endpoint(payload) };
    } catch (error) {
      if (trackErrors) tracker.error(origin);
      return { isOk: false, origin, error };
    } finally {
      if (trackLatency) tracker.latency(origin, performance.now() - startedAt);
    }
  }
}

/**
 * A move from one system to another, stage by stage, that a flag steers.
 *
 * @example
 * const orders = createMigration(flags, { readOld, readNew, writeOld, writeNew });
 * const order = await orders.read("move-orders", context, "off", orderId);
 */
export function createMigration<Payload, Read, Written>(
  client: Client,
  options: MigrationOptions<Payload, Read, Written>,
): Migration<Payload, Read, Written> {
  return new Migration(client, options);
}
