const initial = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const;

/** SHA-1 of the text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha1(text: string): string {
  const words = paddedWords(utf8(text));
  let [a, b, c, d, e] = initial as readonly number[] as [number, number, number, number, number];
  const schedule = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    schedule.set(words.subarray(block, block + 16));
    extend(schedule);
    const mixed = rounds(schedule, [a, b, c, d, e]);
    a = (a + mixed[0]) | 0;
    b = (b + mixed[1]) | 0;
    c = (c + mixed[2]) | 0;
    d = (d + mixed[3]) | 0;
    e = (e + mixed[4]) | 0;
  }
  return [a, b, c, d, e].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

type State = [number, number, number, number, number];

function extend(schedule: Int32Array): void {
  for (let i = 16; i < 80; i += 1) {
    const mixed =
      word(schedule, i - 3) ^
      word(schedule, i - 8) ^
      word(schedule, i - 14) ^
      word(schedule, i - 16);
    schedule[i] = (mixed << 1) | (mixed >>> 31);
  }
}

function rounds(schedule: Int32Array, from: State): State {
  let [a, b, c, d, e] = from;
  for (let i = 0; i < 80; i += 1) {
    const next = ((a << 5) | (a >>> 27)) + choice(i, b, c, d) + e + word(schedule, i);
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next | 0;
  }
  return [a, b, c, d, e];
}

function choice(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function word(words: Int32Array, index: number): number {
  return words[index] ?? 0;
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
