import type uPlot from "uplot";
import { formatClock, formatCompact } from "../../text/format.ts";
import type { Period } from "./period.ts";
import { stacked, startsOf } from "./series.ts";

/** Where the plot is within the chart, in pixels; what is drawn over it keeps to the same. */
export const inset = { left: 52, right: 20, top: 20, bottom: 28 } as const;
export const height = 260;

const secondMs = 1_000;

export interface ChartInput {
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
  readonly period: Period;
  /** From the lowest to the uppermost. */
  readonly layers: readonly { readonly counts: readonly number[]; readonly colour: string }[];
}

/** The lowest series is drawn last, over those above it, so that each shows its own part. */
export function chartData({ from, to, bucketMs, layers }: ChartInput): uPlot.AlignedData {
  const steps = layers[0]?.counts.length ?? 0;
  const starts = startsOf({ from, bucketMs }, steps).map((at) => at / secondMs);
  // The last step is as wide as those before it.
  const heights = stacked(layers).map((sums) => [...sums, sums.at(-1) ?? 0]);
  return [[...starts, to / secondMs], ...heights.toReversed()];
}

interface Theme {
  /** What a CSS colour such as `var(--line)` is at the moment. */
  readonly colourOf: (css: string) => string;
  readonly stepped: uPlot.Series.PathBuilder;
}

export function chartOptions(input: ChartInput, width: number, theme: Theme): uPlot.Options {
  const { from, to, period, layers } = input;
  const { colourOf, stepped } = theme;
  const axis = {
    stroke: colourOf("var(--ink3)"),
    font: "12px 'Inter Variable', sans-serif",
    grid: { stroke: colourOf("var(--line)"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [inset.top, inset.right, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: true, range: () => [from / secondMs, to / secondMs] },
      y: { range: (_chart, _least, most) => [0, Math.max(4, most * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: inset.bottom,
        grid: { show: false },
        space: 72,
        values: (_chart, marks) => marks.map((mark) => markInWords(mark * secondMs, period)),
      },
      {
        ...axis,
        size: inset.left,
        incrs: [1, 2, 5]
          .flatMap((step) => Array.from({ length: 10 }, (_, power) => step * 10 ** power))
          .sort((a, b) => a - b),
        values: (_chart, marks) => marks.map(formatCompact),
      },
    ],
    series: [
      {},
      ...layers.toReversed().map(({ colour }) => ({
        stroke: colourOf(colour),
        fill: colourOf(colour),
        width: 0,
        paths: stepped,
        points: { show: false },
      })),
    ],
  };
}

const days = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });

function markInWords(at: number, period: Period): string {
  const isMidnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  if (period === "30d" || (period === "7d" && isMidnight)) return days.format(at);
  return isMidnight && period !== "1h" ? days.format(at) : formatClock(at);
}
