import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useEffect, useRef } from "react";
import { type ChartInput, chartData, chartOptions, height } from "./chart-options.ts";

interface ChartProps {
  readonly input: ChartInput;
  /** What the chart says, for those who do not see it; the table has the numbers. */
  readonly label: string;
  /** The place of the step below the pointer. */
  readonly onStep: (step: number | undefined) => void;
}

/** How often what was served, as layers over time. Drawn anew for another width, theme or data. */
export function Chart({ input, label, onStep }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const plot = draw(element, input);
    const steps = input.layers[0]?.counts.length ?? 0;
    // A handler of its own: with a `drag` that is off, the chart itself tells nothing on leaving.
    plot.over.addEventListener("mousemove", () => {
      const { left } = plot.cursor;
      if (left === undefined || left < 0 || steps === 0) return;
      const share = left / plot.over.clientWidth;
      onStep(Math.min(steps - 1, Math.floor(share * steps)));
    });
    plot.over.addEventListener("mouseleave", () => onStep(undefined));
    const sizes = new ResizeObserver(() => {
      if (element.clientWidth > 0) plot.setSize({ width: element.clientWidth, height });
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      plot.destroy();
    };
  }, [input, onStep]);
  return <div ref={place} role="img" aria-label={label} style={{ height }} />;
}

function draw(element: HTMLElement, input: ChartInput): uPlot {
  const style = getComputedStyle(element);
  const colourOf = (css: string) => {
    const name = /^var\((--[\w-]+)\)$/u.exec(css)?.[1];
    return name === undefined ? css : style.getPropertyValue(name);
  };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  if (stepped === undefined) throw new Error("the chart library draws no steps");
  const options = chartOptions(input, element.clientWidth, { colourOf, stepped });
  return new uPlot(options, chartData(input), element);
}
