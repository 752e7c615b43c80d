export const strengths = ["short", "weak", "fair", "good"] as const;
export type Strength = (typeof strengths)[number];

const fewest = 8;

/**
 * How long a password would stand, told roughly by its length and what it is made of. That it is among
 * those which are guessed first the server says.
 */
export function strengthOf(password: string): Strength {
  if (password.length < fewest) return "short";
  const bits = distinctRuns(password) * Math.log2(alphabetOf(password));
  if (bits < 45) return "weak";
  return bits < 70 ? "fair" : "good";
}

/** Characters without those that repeat or follow the one before, as in `aaaa` and `1234`. */
function distinctRuns(password: string): number {
  const codes = [...password].map((letter) => letter.codePointAt(0) ?? 0);
  return codes.filter((code, at) => {
    const step = code - (codes[at - 1] ?? Number.NaN);
    return Number.isNaN(step) || Math.abs(step) > 1;
  }).length;
}

function alphabetOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/u, 26],
    [/[A-Z]/u, 26],
    [/\d/u, 10],
    [/[^A-Za-z\d]/u, 20],
  ];
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(password) ? size : 0), 0);
}
