import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import { placeAt, shiftOf } from "./reorder.ts";
import { t } from "./text.ts";

interface Lifted {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** How far the pointer has come; 0 by keyboard. */
  readonly by: number;
  readonly height: number;
}

const gapPx = 12;

/** Moves items of a list by mouse, finger or keys; what happens is said for those who do not see it. */
export function useReorder(
  ids: readonly string[],
  onMove: (id: string, place: number) => void,
): {
  readonly list: RefObject<HTMLOListElement | null>;
  readonly said: string;
  readonly lifted: string | undefined;
  readonly styleOf: (at: number) => { readonly transform?: string };
  readonly handleOf: (id: string, at: number) => Handle;
} {
  const list = useRef<HTMLOListElement>(null);
  const middles = useRef<readonly number[]>([]);
  const startY = useRef(0);
  const [lifted, setLifted] = useState<Lifted>();
  const [said, setSaid] = useState("");
  const count = ids.length;

  function lift(id: string, from: number): void {
    const boxes = [...(list.current?.children ?? [])].map((item) => item.getBoundingClientRect());
    middles.current = boxes.map(({ top, height }) => top + window.scrollY + height / 2);
    setLifted({ id, from, to: from, by: 0, height: (boxes[from]?.height ?? 0) + gapPx });
  }
  function drop(): void {
    if (lifted === undefined) return;
    setLifted(undefined);
    setSaid(t("rule.dropped", { place: lifted.to + 1, count }));
    if (lifted.to !== lifted.from) onMove(lifted.id, lifted.to);
  }
  function leave(): void {
    if (lifted === undefined) return;
    setLifted(undefined);
    setSaid(t("rule.left", { place: lifted.from + 1 }));
  }
  function step(by: number): void {
    if (lifted === undefined) return;
    const to = Math.max(0, Math.min(count - 1, lifted.to + by));
    setLifted({ ...lifted, to });
    setSaid(t("rule.moved", { place: to + 1, count }));
  }
  function begin(id: string, at: number): void {
    lift(id, at);
    setSaid(t("rule.lifted", { at: at + 1, place: at + 1, count }));
  }
  function press(event: KeyboardEvent, id: string, at: number): void {
    const acts: Readonly<Record<string, () => void>> =
      lifted === undefined
        ? { Enter: () => begin(id, at), " ": () => begin(id, at) }
        : {
            Enter: drop,
            " ": drop,
            Escape: leave,
            ArrowUp: () => step(-1),
            ArrowDown: () => step(1),
          };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  return {
    list,
    said,
    lifted: lifted?.id,
    styleOf: (at) => {
      if (lifted === undefined) return {};
      const by = at === lifted.from ? byOf(lifted, middles.current) : shiftOf(at, lifted);
      return by === 0 ? {} : { transform: `translateY(${by}px)` };
    },
    handleOf: (id, at) => ({
      onKeyDown: (event) => press(event, id, at),
      onBlur: leave,
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        startY.current = event.pageY;
        lift(id, at);
      },
      onPointerMove: (event) => {
        if (lifted === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const by = event.pageY - startY.current;
        const middle = (middles.current[lifted.from] ?? 0) + by;
        setLifted({ ...lifted, by, to: placeAt(middle, middles.current, lifted.from) });
      },
      onPointerUp: drop,
      onPointerCancel: leave,
    }),
  };
}

interface Handle {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** By the pointer it follows the pointer; by keys it stands where it would come to be. */
function byOf({ from, to, by }: Lifted, middles: readonly number[]): number {
  return by === 0 ? (middles[to] ?? 0) - (middles[from] ?? 0) : by;
}
