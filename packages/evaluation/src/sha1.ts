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

// One schedule for all: mixing a block never yields to anything else.
const schedule = new Int32Array(80);

/** Mixes 16 words, beginning at the given one, into the state. */
export function mixBlock(state: HashState, words: Int32Array, from: number): void {
  for (let i = 0; i < 16; i += 1) schedule[i] = word(words, from + i);
  for (let i = 16; i < 80; i += 1) {
    const mixed =
      word(schedule, i - 3) ^
      word(schedule, i - 8) ^
      word(schedule, i - 14) ^
      word(schedule, i - 16);
    schedule[i] = (mixed << 1) | (mixed >>> 31);
  }
  mixSchedule(state);
}

/**
 * Five rounds at a time, after which every word is back in its place: nothing is moved between
 * rounds. Each loop has its own mixture, so that no round has to choose one.
 */
function mixSchedule(state: HashState): void {
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  for (let i = 0; i < 20; i += 5) {
    e = (rotated(a) + choice(b, c, d) + e + word(schedule, i) + 0x5a827999) | 0;
    b = turned(b);
    d = (rotated(e) + choice(a, b, c) + d + word(schedule, i + 1) + 0x5a827999) | 0;
    a = turned(a);
    c = (rotated(d) + choice(e, a, b) + c + word(schedule, i + 2) + 0x5a827999) | 0;
    e = turned(e);
    b = (rotated(c) + choice(d, e, a) + b + word(schedule, i + 3) + 0x5a827999) | 0;
    d = turned(d);
    a = (rotated(b) + choice(c, d, e) + a + word(schedule, i + 4) + 0x5a827999) | 0;
    c = turned(c);
  }
  for (let i = 20; i < 40; i += 5) {
    e = (rotated(a) + parity(b, c, d) + e + word(schedule, i) + 0x6ed9eba1) | 0;
    b = turned(b);
    d = (rotated(e) + parity(a, b, c) + d + word(schedule, i + 1) + 0x6ed9eba1) | 0;
    a = turned(a);
    c = (rotated(d) + parity(e, a, b) + c + word(schedule, i + 2) + 0x6ed9eba1) | 0;
    e = turned(e);
    b = (rotated(c) + parity(d, e, a) + b + word(schedule, i + 3) + 0x6ed9eba1) | 0;
    d = turned(d);
    a = (rotated(b) + parity(c, d, e) + a + word(schedule, i + 4) + 0x6ed9eba1) | 0;
    c = turned(c);
  }
  for (let i = 40; i < 60; i += 5) {
    e = (rotated(a) + majority(b, c, d) + e + word(schedule, i) + 0x8f1bbcdc) | 0;
    b = turned(b);
    d = (rotated(e) + majority(a, b, c) + d + word(schedule, i + 1) + 0x8f1bbcdc) | 0;
    a = turned(a);
    c = (rotated(d) + majority(e, a, b) + c + word(schedule, i + 2) + 0x8f1bbcdc) | 0;
    e = turned(e);
    b = (rotated(c) + majority(d, e, a) + b + word(schedule, i + 3) + 0x8f1bbcdc) | 0;
    d = turned(d);
    a = (rotated(b) + majority(c, d, e) + a + word(schedule, i + 4) + 0x8f1bbcdc) | 0;
    c = turned(c);
  }
  for (let i = 60; i < 80; i += 5) {
    e = (rotated(a) + parity(b, c, d) + e + word(schedule, i) + 0xca62c1d6) | 0;
    b = turned(b);
    d = (rotated(e) + parity(a, b, c) + d + word(schedule, i + 1) + 0xca62c1d6) | 0;
    a = turned(a);
    c = (rotated(d) + parity(e, a, b) + c + word(schedule, i + 2) + 0xca62c1d6) | 0;
    e = turned(e);
    b = (rotated(c) + parity(d, e, a) + b + word(schedule, i + 3) + 0xca62c1d6) | 0;
    d = turned(d);
    a = (rotated(b) + parity(c, d, e) + a + word(schedule, i + 4) + 0xca62c1d6) | 0;
    c = turned(c);
  }
  state[0] = word(state, 0) + a;
  state[1] = word(state, 1) + b;
  state[2] = word(state, 2) + c;
  state[3] = word(state, 3) + d;
  state[4] = word(state, 4) + e;
}

function choice(b: number, c: number, d: number): number {
  return d ^ (b & (c ^ d));
}

function parity(b: number, c: number, d: number): number {
  return b ^ c ^ d;
}

function majority(b: number, c: number, d: number): number {
  return (b & c) | (d & (b | c));
}

function rotated(a: number): number {
  return (a << 5) | (a >>> 27);
}

function turned(b: number): number {
  return (b << 30) | (b >>> 2);
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
