/** Thousandths of a percent: what everyone together is. */
export const everyone = 100_000;

/** One part of a split: who gets a variation, out of {@link everyone}. */
export interface Part {
  readonly variationId: string;
  /** Thousandths of a percent. */
  readonly weight: number;
}

/**
 * The split with the divider after part `index` moved by `by` thousandths of a percent to the right:
 * what one neighbour gains, the other gives, as far as it has some. The sum stays everyone.
 */
export function withDividerMoved<P extends Part>(
  parts: readonly P[],
  index: number,
  by: number,
): readonly P[] {
  const left = parts[index];
  const right = parts[index + 1];
  if (left === undefined || right === undefined) return parts;
  const moved = Math.max(-left.weight, Math.min(right.weight, Math.round(by)));
  return parts.map((part, at) => {
    if (at === index) return { ...part, weight: part.weight + moved };
    if (at === index + 1) return { ...part, weight: part.weight - moved };
    return part;
  });
}

/**
 * The split with one part set to a weight: the largest of the others that are not locked gives or
 * takes the difference, then the next. The weight is held to what the locked ones leave.
 */
export function withWeight<P extends Part>(
  parts: readonly P[],
  index: number,
  wanted: number,
  locked: ReadonlySet<string> = new Set(),
): readonly P[] {
  const set = parts[index];
  if (set === undefined) return parts;
  const isFree = (part: P) => part !== set && !locked.has(part.variationId);
  const available = parts.filter(isFree).reduce((sum, { weight }) => sum + weight, set.weight);
  const hasFree = parts.some(isFree);
  const weight = hasFree ? Math.max(0, Math.min(available, Math.round(wanted))) : set.weight;
  return balanced(
    parts.map((part) => (part === set ? { ...part, weight } : part)),
    (part, at) => at !== index && !locked.has(part.variationId),
  );
}

/** Equal parts; what does not divide goes to the first ones, a thousandth of a percent each. */
export function evenly<P extends Part>(parts: readonly P[]): readonly P[] {
  const share = Math.floor(everyone / parts.length);
  const rest = everyone - share * parts.length;
  return parts.map((part, at) => ({ ...part, weight: share + (at < rest ? 1 : 0) }));
}

/** Where each part begins and ends, as shares of [0, 1], for drawing. */
export function placesOf(
  parts: readonly Part[],
): readonly { readonly from: number; readonly to: number }[] {
  let from = 0;
  return parts.map(({ weight }) => {
    const to = from + weight / everyone;
    const place = { from, to };
    from = to;
    return place;
  });
}

/** `12.5` as a weight; undefined where it is no percentage from 0 to 100. */
export function weightOfPercent(typed: string): number | undefined {
  const percent = Number(typed.trim().replace(",", ".").replace(/%$/u, ""));
  if (typed.trim() === "" || !(percent >= 0 && percent <= 100)) return undefined;
  return Math.round(percent * 1000);
}

/**
 * How much of everyone gets another variation than before, as a share of [0, 1]: buckets stay where
 * they are, and the parts move over them.
 */
export function shareThatMoves(before: readonly Part[], after: readonly Part[]): number {
  const edges = new Set([0, 1]);
  for (const { from, to } of [...placesOf(before), ...placesOf(after)]) edges.add(from).add(to);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).reduce((moved, to, index) => {
    const from = sorted[index] ?? 0;
    const middle = (from + to) / 2;
    return at(before, middle) === at(after, middle) ? moved : moved + (to - from);
  }, 0);
}

function at(parts: readonly Part[], place: number): string | undefined {
  const index = placesOf(parts).findIndex(({ from, to }) => place >= from && place < to);
  return parts[index]?.variationId;
}

/** Brings the sum back to everyone by those parts that may change, the largest first. */
function balanced<P extends Part>(
  parts: readonly P[],
  mayChange: (part: P, index: number) => boolean,
): readonly P[] {
  let missing = everyone - parts.reduce((sum, { weight }) => sum + weight, 0);
  const weights = parts.map(({ weight }) => weight);
  const free = parts
    .map((part, index) => ({ part, index }))
    .filter(({ part, index }) => mayChange(part, index))
    .sort((a, b) => b.part.weight - a.part.weight);
  for (const { index } of free) {
    const weight = weights[index] ?? 0;
    const change = Math.max(-weight, missing);
    weights[index] = weight + change;
    missing -= change;
  }
  return parts.map((part, index) => ({ ...part, weight: weights[index] ?? part.weight }));
}
