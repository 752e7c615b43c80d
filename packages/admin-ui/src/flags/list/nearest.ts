/** The candidate that begins as the word does, or holds most of its letters; what one may have meant. */
export function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => ({ candidate, score: likeness(word, candidate) }));
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score >= 0.5 ? best.candidate : undefined;
}

/** Of two letters in a row, how many both have: from 0 to 1. */
function likeness(a: string, b: string): number {
  const [one, other] = [pairsOf(a), pairsOf(b)];
  const both = one.filter((pair) => other.includes(pair)).length;
  return (2 * both) / (one.length + other.length);
}

function pairsOf(word: string): readonly string[] {
  const framed = ` ${word.toLowerCase()} `;
  return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2));
}
