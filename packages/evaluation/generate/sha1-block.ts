// Writes src/sha1-block.gen.ts: the 80 rounds of SHA-1 one after the other, so that the schedule and
// the five words live in registers. Loops over arrays take twice as long.
import { writeFileSync } from "node:fs";

type Mixture = (b: string, c: string, d: string) => string;
const choice: Mixture = (b, c, d) => `(${d} ^ (${b} & (${c} ^ ${d})))`;
const parity: Mixture = (b, c, d) => `(${b} ^ ${c} ^ ${d})`;
const majority: Mixture = (b, c, d) => `((${b} & ${c}) | (${d} & (${b} | ${c})))`;

/** What 20 rounds mix with, and what they add. */
const quarters: readonly (readonly [Mixture, string])[] = [
  [choice, "0x5a827999"],
  [parity, "0x6ed9eba1"],
  [majority, "0x8f1bbcdc"],
  [parity, "0xca62c1d6"],
];
const states = ["a", "b", "c", "d", "e"];

function rotated(word: string, bits: number): string {
  return `(${word} << ${bits}) | (${word} >>> ${32 - bits})`;
}

/** From the 17th round on, a word of the schedule takes the place of the one 16 rounds before. */
function schedule(round: number): readonly string[] {
  if (round < 16) return [];
  const wordAt = (back: number) => `w${(round - back) % 16}`;
  const word = wordAt(16);
  const mixed = `${wordAt(3)} ^ ${wordAt(8)} ^ ${wordAt(14)} ^ ${word}`;
  return [`${word} = ${mixed};`, `${word} = ${rotated(word, 1)};`];
}

/** The names take turns, in place of moving the words that they stand for. */
function roundLines(round: number): readonly string[] {
  const nameAt = (at: number) => states[(at + 80 - round) % 5] ?? "";
  const [a, b, c, d, e] = [nameAt(0), nameAt(1), nameAt(2), nameAt(3), nameAt(4)];
  const [mixture = parity, constant = ""] = quarters[Math.floor(round / 20)] ?? [];
  const sum = `(${rotated(a, 5)}) + ${mixture(b, c, d)} + ${e} + w${round % 16} + ${constant}`;
  return [...schedule(round), `${e} = (${sum}) | 0;`, `${b} = ${rotated(b, 30)};`];
}

export function sha1BlockSource(): string {
  const rounds = Array.from({ length: 80 }, (_, round) => round);
  const body = [
    ...states.map((name, at) => `let ${name} = state[${at}] as number;`),
    ...rounds.slice(0, 16).map((at) => `let w${at} = words[from + ${at}] as number;`),
    ...rounds.flatMap(roundLines),
    ...states.map((name, at) => `state[${at}] = (state[${at}] as number) + ${name};`),
  ];
  return [
    "// Written by generate/sha1-block.ts: alter that, and run it.",
    "",
    "/** Mixes 16 words, beginning at the given one, into the five words of a SHA-1 under way. */",
    "export function mixBlock(state: Int32Array, words: Int32Array, from: number): void {",
    ...body.map((line) => `  ${line}`),
    "}",
    "",
  ].join("\n");
}

if (import.meta.main) {
  writeFileSync(new URL("../src/sha1-block.gen.ts", import.meta.url), sha1BlockSource());
}
