import { type KeyboardEvent, type PointerEvent, useRef } from "react";

interface DividerProps {
  readonly label: string;
  /** From 0 to 1. */
  readonly place: number;
  readonly words: string;
  /** Thousandths of a percent to the right, as seen from where it was when the drag began. */
  readonly onDrag: (by: number) => void;
  readonly onDragEnd: () => void;
  readonly onStep: (by: number) => void;
}

const percent = 1_000;

/** Between two parts of a split: it is dragged, or moved by arrows: 1 %, with Shift 10 %, with Alt 0.001 %. */
export function Divider(props: DividerProps) {
  const start = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  function press(event: KeyboardEvent) {
    const direction = directions[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    props.onStep(direction * (event.altKey ? 1 : event.shiftKey ? 10 * percent : percent));
  }
  function begin(event: PointerEvent<HTMLDivElement>) {
    const bar = event.currentTarget.parentElement;
    if (bar === null || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: bar.getBoundingClientRect().width };
  }
  function move(event: PointerEvent) {
    if (start.current === undefined) return;
    const { x, width } = start.current;
    const moved = ((event.clientX - x) / width) * 100 * percent;
    // Whole percents under the pointer; with Alt as exact as the screen allows.
    props.onDrag(event.altKey ? moved : Math.round(moved / percent) * percent);
  }
  function end() {
    if (start.current === undefined) return;
    start.current = undefined;
    props.onDragEnd();
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(props.place * 100_000) / 1_000}
      aria-valuetext={props.words}
      onKeyDown={press}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      className="group absolute -inset-y-1 z-2 flex w-6 -translate-x-1/2 cursor-ew-resize touch-none items-center justify-center rounded pointer-coarse:w-11"
      style={{ left: `${Math.min(Math.max(props.place, 0), 1) * 100}%` }}
    >
      <span className="h-full w-2 rounded-full border border-line2 bg-surface shadow-sm group-hover:border-ink group-focus-visible:border-ink forced-colors:border-2" />
    </div>
  );
}

const directions: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
};
