import { mixBlock } from "./sha1-block.gen.ts";

/** The five words of a hash under way. */
export type HashState = Int32Array;

/** Makes the state the one that every SHA-1 begins with. */
export function begin(state: HashState): void {
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  state[4] = 0xc3d2e1f0;
}

function word(words: Int32Array, index: number): number {
  return words[index] as number;
}

/** Takes the text's UTF-8 bytes into a fresh hash, and leaves it in the state. */
export function hashText(text: string, state: HashState): void {
  begin(state);
  const words = paddedWords(utf8(text));
  for (let block = 0; block < words.length; block += 16) mixBlock(state, words, block);
}

/** The bytes as big-endian words, with the end mark and the length in bits, in blocks of 16. */
function paddedWords(bytes: readonly number[]): Int32Array {
  const words = new Int32Array((((bytes.length + 8) >> 6) + 1) * 16);
  for (const [index, byte] of [...bytes, 0x80].entries()) {
    words[index >> 2] = word(words, index >> 2) | (byte << (24 - (index & 3) * 8));
  }
  words[words.length - 1] = bytes.length * 8;
  return words;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    // A surrogate without its other half has no UTF-8 form; the replacement character stands for it.
    encode(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point, bytes);
  }
  return bytes;
}

function encode(point: number, bytes: number[]): void {
  if (point < 0x80) bytes.push(point);
  else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
  else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
  else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
