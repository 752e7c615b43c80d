import type { ChangeNotice } from "../changes/feed.ts";

/** A change under the number by which pages say what they have heard. */
export interface NumberedNotice {
  readonly seq: number;
  readonly notice: ChangeNotice;
}

const kept = 1000;

/**
 * The changes that pages may have missed while their link was down. Numbers begin at the time of the
 * start in milliseconds, so that what an earlier life of the server has numbered lies before them all.
 */
export class ChangeMemory {
  readonly #notices: NumberedNotice[] = [];
  #seq: number;

  constructor(startedAt: number) {
    this.#seq = startedAt;
  }

  /** The number of the newest change. */
  get seq(): number {
    return this.#seq;
  }

  add(notice: ChangeNotice): NumberedNotice {
    this.#seq += 1;
    const numbered = { seq: this.#seq, notice };
    this.#notices.push(numbered);
    if (this.#notices.length > kept) this.#notices.shift();
    return numbered;
  }

  /** The changes after one number up to another; undefined where not all of them are remembered. */
  between(after: number, upTo: number): readonly NumberedNotice[] | undefined {
    const oldest = this.#seq - this.#notices.length;
    if (!(after >= oldest && after <= this.#seq)) return undefined;
    return this.#notices.filter(({ seq }) => seq > after && seq <= upTo);
  }
}
