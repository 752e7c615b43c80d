/** A line of what something was and is. */
export interface DifferenceLine {
  readonly kind: "kept" | "gone" | "come";
  readonly text: string;
}

/** Lists whose table of pairs would be larger are compared as sets: thousands of keys, mostly. */
const largestTable = 1_000_000;

/** What has to go and come to make the one list of lines the other, in reading order. */
export function lineDifference(
  before: readonly string[],
  after: readonly string[],
): readonly DifferenceLine[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const from = before.slice(start, before.length - end);
  const to = after.slice(start, after.length - end);
  const isLarge = from.length * to.length > largestTable;
  return [
    ...kept(before.slice(0, start)),
    ...(isLarge ? differenceOfSets(from, to) : differenceInOrder(from, to)),
    ...kept(before.slice(before.length - end)),
  ];
}

function kept(lines: readonly string[]): readonly DifferenceLine[] {
  return lines.map((text) => ({ kind: "kept", text }));
}

function differenceOfSets(
  before: readonly string[],
  after: readonly string[],
): readonly DifferenceLine[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [
    ...before.map((text) => ({ kind: is.has(text) ? ("kept" as const) : ("gone" as const), text })),
    ...after.flatMap((text) => (was.has(text) ? [] : [{ kind: "come" as const, text }])),
  ];
}

function differenceInOrder(
  before: readonly string[],
  after: readonly string[],
): readonly DifferenceLine[] {
  const common = commonLengths(before, after);
  const lines: DifferenceLine[] = [];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const [gone, come] = [before[at], after[to]];
    if (gone !== undefined && gone === come) {
      lines.push({ kind: "kept", text: gone });
      at += 1;
      to += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || cell(common, at + 1, to) >= cell(common, at, to + 1))
    ) {
      lines.push({ kind: "gone", text: gone });
      at += 1;
    } else {
      lines.push({ kind: "come", text: come ?? "" });
      to += 1;
    }
  }
  return lines;
}

/** How many lines both have in common from each pair of places on. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const row = table[at] ?? [];
    for (let to = after.length - 1; to >= 0; to -= 1) {
      row[to] =
        before[at] === after[to]
          ? cell(table, at + 1, to + 1) + 1
          : Math.max(cell(table, at + 1, to), cell(table, at, to + 1));
    }
  }
  return table;
}

function cell(table: readonly (readonly number[])[], at: number, to: number): number {
  return table[at]?.[to] ?? 0;
}

/** A run of lines that stay, left out because nothing near it changes. */
export interface LeftOut {
  readonly kind: "left out";
  readonly count: number;
}

/** The lines with no more of what stays than helps to find one's way. */
export function withoutFarLines(
  lines: readonly DifferenceLine[],
  near = 1,
): readonly (DifferenceLine | LeftOut)[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - near), at + near + 1).some(({ kind }) => kind !== "kept"),
  );
  const shown: (DifferenceLine | LeftOut)[] = [];
  for (const [at, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[at] === true) shown.push(line);
    else if (last?.kind === "left out")
      shown[shown.length - 1] = { ...last, count: last.count + 1 };
    else shown.push({ kind: "left out", count: 1 });
  }
  return shown;
}
