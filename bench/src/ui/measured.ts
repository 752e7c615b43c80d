/** What was measured, and what it may be at most. */
export interface Measured {
  readonly what: string;
  readonly value: number;
  readonly unit: "ms" | "kB";
  readonly limit: number;
  /** How often, and how far apart. */
  readonly detail: string;
}

export function holds({ value, limit }: Measured): boolean {
  return value <= limit;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Of how many, and the least and the most of them. */
export function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `median of ${values.length}, from ${least.toFixed(1)} to ${most.toFixed(1)}`;
}
