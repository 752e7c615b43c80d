/** Where in a list something is dropped: before the first whose middle lies below. */
export function placeAt(y: number, middles: readonly number[], from: number): number {
  const others = middles.filter((_, at) => at !== from);
  const place = others.findIndex((middle) => y < middle);
  return place === -1 ? others.length : place;
}

/** How far each moves while one is over another place: that one's height up or down, or not at all. */
export function shiftOf(
  at: number,
  { from, to, height }: { readonly from: number; readonly to: number; readonly height: number },
): number {
  if (at === from) return 0;
  if (at > from && at <= to) return -height;
  if (at < from && at >= to) return height;
  return 0;
}
