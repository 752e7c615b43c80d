/** How many events of each kind arrived, by environment. In memory: a restart begins at zero. */
export class EventCounters {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #payloadIds = new Set<string>();

  /** Counts a batch, unless it is a repeat of one that was counted. Odd members are skipped, not refused. */
  count(environmentId: string, payloadId: string | undefined, batch: unknown): void {
    if (payloadId !== undefined && this.#isRepeat(`${environmentId}/${payloadId}`)) return;
    for (const event of Array.isArray(batch) ? batch : [batch]) {
      const kind = kindOf(event);
      if (kind !== undefined) this.#add(environmentId, kind);
    }
  }

  of(environmentId: string): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts.get(environmentId) ?? []);
  }

  #add(environmentId: string, kind: string): void {
    const counts = this.#counts.get(environmentId) ?? new Map<string, number>();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    this.#counts.set(environmentId, counts);
  }

  #isRepeat(payloadId: string): boolean {
    if (this.#payloadIds.has(payloadId)) return true;
    this.#payloadIds.add(payloadId);
    const [oldest] = this.#payloadIds;
    if (this.#payloadIds.size > rememberedPayloads && oldest !== undefined)
      this.#payloadIds.delete(oldest);
    return false;
  }
}

const rememberedPayloads = 10_000;
const kinds = new Set([
  "summary",
  "feature",
  "debug",
  "index",
  "identify",
  "custom",
  "click",
  "pageview",
  "migration_op",
]);
const diagnosticKinds = new Set(["diagnostic-init", "diagnostic", "diagnostic-combined"]);

function kindOf(event: unknown): string | undefined {
  if (typeof event !== "object" || event === null || !("kind" in event)) return undefined;
  const { kind } = event;
  if (typeof kind !== "string") return undefined;
  return kinds.has(kind) || diagnosticKinds.has(kind) ? kind : undefined;
}
