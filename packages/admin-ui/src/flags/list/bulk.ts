/** What could not be done to one of many, and why. */
export interface BulkFailure<Item> {
  readonly item: Item;
  readonly why: string;
}

interface BulkOptions {
  /** So many are under way at a time. */
  readonly atOnce: number;
  readonly onProgress: (done: number) => void;
}

/** Does the same to each. One that fails stops nobody else: all that fail are given back, in order. */
export async function toEach<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
  { atOnce, onProgress }: BulkOptions,
): Promise<readonly BulkFailure<Item>[]> {
  const whys: (string | undefined)[] = items.map(() => undefined);
  const waiting = items.entries();
  let done = 0;
  async function work() {
    for (const [at, item] of waiting) {
      try {
        await act(item);
      } catch (error) {
        whys[at] = error instanceof Error ? error.message : String(error);
      }
      done += 1;
      onProgress(done);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return items.flatMap((item, at) => {
    const why = whys[at];
    return why === undefined ? [] : [{ item, why }];
  });
}
