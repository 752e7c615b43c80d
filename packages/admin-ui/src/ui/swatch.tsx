/** A variation's colour, by its place: the same everywhere and for life. Without a place it is hatched: none. */
export function Swatch({ index }: { readonly index: number | undefined }) {
  if (index === undefined) {
    return (
      <span
        aria-hidden="true"
        className="hatched inline-block size-2.5 shrink-0 rounded-[3px] border border-line2"
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      className="inline-block size-2.5 shrink-0 rounded-[3px] forced-color-adjust-none"
      style={{ background: variationColour(index) }}
    />
  );
}

/** There are eight; then they come again. */
export function variationColour(index: number): string {
  return `var(--v${(index % 8) + 1})`;
}
