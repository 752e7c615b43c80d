interface Box {
  readonly top: number;
  readonly height: number;
}

/** An item of a list that is in somebody's hand. */
export interface Lifted {
  readonly id: string;
  readonly from: number;
  /** Where it would come to be. */
  readonly to: number;
  /** How far the pointer has come; undefined where keys move it. */
  readonly by: number | undefined;
  /** Where each item was when it was lifted. */
  readonly boxes: readonly Box[];
}

/** Between the items, in pixels. */
const gap = 12;

/**
 * Where it would come to be if it were dropped so far from where it was. It takes the place of those whose
 * middle the edge that goes ahead has passed, so that tall items need not be carried further than small ones.
 */
export function placeAt({ from, boxes }: Pick<Lifted, "from" | "boxes">, by: number): number {
  const own = boxes[from];
  if (own === undefined) return from;
  const middleOf = ({ top, height }: Box) => top + height / 2;
  if (by < 0) {
    const place = boxes.findIndex((box, at) => at < from && own.top + by < middleOf(box));
    return place === -1 ? from : place;
  }
  const edge = own.top + own.height + by;
  const place = boxes.findLastIndex((box, at) => at > from && edge > middleOf(box));
  return place === -1 ? from : place;
}

/** How far an item is drawn from its place: the lifted one follows, those between make room. */
export function shiftOf(at: number, { from, to, by, boxes }: Lifted): number {
  const [own, there] = [boxes[from], boxes[to]];
  if (own === undefined || there === undefined) return 0;
  if (at === from) return by ?? (to < from ? there.top - own.top : endOf(there) - endOf(own));
  if (at > from && at <= to) return -(own.height + gap);
  if (at < from && at >= to) return own.height + gap;
  return 0;
}

function endOf({ top, height }: Box): number {
  return top + height;
}
