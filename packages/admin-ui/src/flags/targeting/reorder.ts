/** An item of a list that is in somebody's hand. */
export interface Lifted {
  readonly id: string;
  readonly from: number;
  /** Where it would come to be. */
  readonly to: number;
  /** How far the pointer has come; undefined where keys move it. */
  readonly by: number | undefined;
  readonly height: number;
  /** Where the middle of each item was when it was lifted. */
  readonly middles: readonly number[];
}

/** Between the items, in pixels. */
const gap = 12;

/** Where it would come to be if it were dropped so far from where it was: before the first whose middle lies below. */
export function placeAt({ from, middles }: Pick<Lifted, "from" | "middles">, by: number): number {
  const y = (middles[from] ?? 0) + by;
  const others = middles.filter((_, at) => at !== from);
  const place = others.findIndex((middle) => y < middle);
  return place === -1 ? others.length : place;
}

/** How far an item is drawn from its place: the lifted one follows, those between make room. */
export function shiftOf(at: number, { from, to, by, height, middles }: Lifted): number {
  if (at === from) return by ?? (middles[to] ?? 0) - (middles[from] ?? 0);
  if (at > from && at <= to) return -(height + gap);
  if (at < from && at >= to) return height + gap;
  return 0;
}
