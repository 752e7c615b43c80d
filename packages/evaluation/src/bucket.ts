import { type AttributeReference, valueAt } from "./attribute-reference.ts";
import type { Context } from "./context.ts";
import { begin, type HashState, hashText } from "./sha1.ts";
import { mixBlock } from "./sha1-block.gen.ts";

// The protocol divides by 0xFFFFFFFFFFFFFFF, which a double holds as 2 ** 60.
const hashRange = 2 ** 60;
/** What fits a block beside the end mark and the length. */
const longestBlockBytes = 55;

// One of each for all: placing never yields to anything else.
const state: HashState = new Int32Array(5);
const block = new Int32Array(16);

/** Where a text falls in [0, 1): the first 15 hexadecimal digits of its SHA-1 as a fraction. */
export function placeOf(text: string): number {
  hashText(text, state);
  return placeAt(state);
}

function placeAt([first = 0, second = 0]: HashState): number {
  return ((first >>> 0) * 2 ** 28 + (second >>> 4)) / hashRange;
}

/** Places contexts by the values at a reference; what the hashed texts share is packed once. */
export class Buckets {
  readonly #kind: string;
  readonly #bucketBy: AttributeReference;
  /** "kind" reads all kinds of a context: a list, which places nobody. */
  readonly #isByKind: boolean;
  readonly #prefix: string;
  readonly #packed = new Int32Array(16);
  readonly #isAscii: boolean;

  constructor(kind: string, bucketBy: AttributeReference, prefix: string) {
    this.#kind = kind;
    this.#bucketBy = bucketBy;
    this.#isByKind = bucketBy.components.length === 1 && bucketBy.components[0] === "kind";
    this.#prefix = `${prefix}.`;
    // Words beyond a block's end are left out: such texts are hashed whole.
    this.#isAscii = packAscii(this.#packed, this.#prefix, 0);
  }

  /** 0 where the context has nothing to be placed by; only strings and integers place. */
  placeOf(context: Context): number {
    const individual = context.individual(this.#kind);
    if (individual === undefined || this.#isByKind) return 0;
    const value = valueAt(individual, this.#bucketBy);
    if (typeof value === "string") return this.#placeOf(value);
    return Number.isInteger(value) ? this.#placeOf(String(value)) : 0;
  }

  /** Whether the context is of the kind that is placed. */
  canPlace(context: Context): boolean {
    return context.individual(this.#kind) !== undefined;
  }

  #placeOf(value: string): number {
    const length = this.#prefix.length + value.length;
    const isShort = this.#isAscii && length <= longestBlockBytes;
    for (let i = 0; i < 16; i += 1) block[i] = this.#packed[i] as number;
    if (!isShort || !packAscii(block, value, this.#prefix.length)) {
      return placeOf(this.#prefix + value);
    }
    block[length >> 2] = (block[length >> 2] as number) | (0x80 << (24 - (length & 3) * 8));
    block[15] = length * 8;
    begin(state);
    mixBlock(state, block, 0);
    return placeAt(state);
  }
}

/** Puts the text's bytes into the words from a byte on; false where it is more than ASCII. */
function packAscii(words: Int32Array, text: string, from: number): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return false;
    const at = from + i;
    words[at >> 2] = (words[at >> 2] as number) | (code << (24 - (at & 3) * 8));
  }
  return true;
}
