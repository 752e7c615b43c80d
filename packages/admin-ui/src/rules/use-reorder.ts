import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import { type Lifted, placeAt, shiftOf } from "./reorder.ts";
import { t } from "./text.ts";

interface Handle {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

interface Reorder {
  readonly list: RefObject<HTMLOListElement | null>;
  /** What happens, for those who do not see it. */
  readonly said: string;
  readonly lifted: string | undefined;
  readonly styleOf: (at: number) => { readonly transform?: string };
  readonly handleOf: (id: string, at: number) => Handle;
}

/** Moves items of a list by mouse, finger or keys. */
export function useReorder(
  ids: readonly string[],
  onMove: (id: string, place: number) => void,
): Reorder {
  const lift = useLift(ids.length, onMove);
  const startY = useRef(0);
  return {
    list: lift.list,
    said: lift.said,
    lifted: lift.lifted?.id,
    styleOf: (at) => {
      const by = lift.lifted === undefined ? 0 : shiftOf(at, lift.lifted);
      return by === 0 ? {} : { transform: `translateY(${by}px)` };
    },
    handleOf: (id, at) => ({
      onKeyDown: (event) => {
        const act = keysOf(lift, id, at).get(event.key);
        if (act === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        act();
      },
      onBlur: lift.leave,
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        startY.current = event.pageY;
        lift.begin(id, at);
      },
      onPointerMove: (event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          lift.drag(event.pageY - startY.current);
      },
      onPointerUp: lift.drop,
      onPointerCancel: lift.leave,
    }),
  };
}

function keysOf(
  lift: ReturnType<typeof useLift>,
  id: string,
  at: number,
): ReadonlyMap<string, () => void> {
  const take = lift.lifted === undefined ? () => lift.begin(id, at) : lift.drop;
  return new Map([
    ["Enter", take],
    [" ", take],
    ...(lift.lifted === undefined
      ? []
      : ([
          ["Escape", lift.leave],
          ["ArrowUp", () => lift.step(-1)],
          ["ArrowDown", () => lift.step(1)],
        ] as const)),
  ]);
}

/** The item that is in somebody's hand. */
function useLift(count: number, onMove: (id: string, place: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const [lifted, setLifted] = useState<Lifted>();
  const [said, setSaid] = useState("");
  function begin(id: string, at: number): void {
    const boxes = [...(list.current?.children ?? [])].map((item) => {
      const { top, height } = item.getBoundingClientRect();
      return { top: top + window.scrollY, height };
    });
    setLifted({ id, from: at, to: at, by: undefined, boxes });
    setSaid(t("rule.lifted", { at: at + 1, place: at + 1, count }));
  }
  function step(by: number): void {
    if (lifted === undefined) return;
    const to = Math.max(0, Math.min(count - 1, lifted.to + by));
    setLifted({ ...lifted, to, by: undefined });
    setSaid(t("rule.moved", { place: to + 1, count }));
  }
  function drag(by: number): void {
    if (lifted !== undefined) setLifted({ ...lifted, by, to: placeAt(lifted, by) });
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
  return { list, said, lifted, begin, step, drag, drop, leave };
}
