/** A version by SemVer 2.0; build metadata plays no part in the order and is left out. */
export interface SemanticVersion {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: readonly (string | number)[];
}

const number = "(0|[1-9]\\d*)";
const pattern = new RegExp(
  `^${number}(?:\\.${number}(?:\\.${number})?)?(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`,
  "u",
);

/** Longer texts are no versions to the SDKs, nor are numbers that a double cannot hold. */
const longestVersion = 256;

/** Reads a version; minor and patch may be missing and count as 0. Undefined where it is none. */
export function parseSemanticVersion(text: unknown): SemanticVersion | undefined {
  if (typeof text !== "string" || text.length > longestVersion) return undefined;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, major, minor = "0", patch = "0", prerelease, build] = match;
  const numbers = [Number(major), Number(minor), Number(patch)] as const;
  if (!numbers.every(Number.isSafeInteger)) return undefined;
  const identifiers = prerelease === undefined ? [] : prerelease.split(".");
  if (!identifiers.every(isIdentifier)) return undefined;
  if (build?.split(".").includes("") === true) return undefined;
  return {
    numbers,
    prerelease: identifiers.map((part) => (/^\d+$/u.test(part) ? Number(part) : part)),
  };
}

/** Each part of a plain version must stay below this, so that three of them fit one number. */
const partLimit = 2 ** 17;

/**
 * A version such as `4.12.0` as a number of the same order, without making anything; NaN for all
 * that is not three plain numbers, which {@link parseSemanticVersion} reads.
 */
export function plainVersionNumber(text: unknown): number {
  if (typeof text !== "string") return Number.NaN;
  let number = 0;
  let part = -1;
  let parts = 1;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit === -2 && part >= 0) {
      number = number * partLimit + part;
      part = -1;
      parts += 1;
    } else if (digit < 0 || digit > 9 || part === 0 || part >= partLimit / 10 - 1) {
      return Number.NaN;
    } else {
      part = part < 0 ? digit : part * 10 + digit;
    }
  }
  return parts === 3 && part >= 0 ? number * partLimit + part : Number.NaN;
}

function isIdentifier(part: string): boolean {
  return part !== "" && !/^0\d+$/u.test(part);
}

/** Negative where a comes before b, 0 where neither does. */
export function compareVersions(a: SemanticVersion, b: SemanticVersion): number {
  for (const index of [0, 1, 2] as const) {
    const order = a.numbers[index] - b.numbers[index];
    if (order !== 0) return order;
  }
  // "A pre-release version has lower precedence than the associated normal version."
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  return comparePrereleases(a.prerelease, b.prerelease);
}

function comparePrereleases(
  a: SemanticVersion["prerelease"],
  b: SemanticVersion["prerelease"],
): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left === right) continue;
    if (typeof left === "number" && typeof right === "number") return left - right;
    // "Numeric identifiers always have lower precedence than non-numeric identifiers."
    if (typeof left === "number") return -1;
    if (typeof right === "number") return 1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
