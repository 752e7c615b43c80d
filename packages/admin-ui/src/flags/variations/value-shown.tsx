import type { Json } from "@halyard/evaluation";
import { kindOfValues, textOfValue } from "./value.ts";

interface ValueShownProps {
  readonly value: Json;
  /** What it is the value of, for screen readers. */
  readonly label: string;
}

/** A value as code has it; long JSON scrolls within. */
export function ValueShown({ value, label }: ValueShownProps) {
  const kind = kindOfValues([{ value }]);
  const text = kind === "string" ? JSON.stringify(value) : textOfValue(value, kind);
  if (!text.includes("\n")) {
    return (
      <code
        translate="no"
        className="inline-block max-w-36 font-mono text-[12.5px] wrap-break-word md:max-w-72"
      >
        {text}
      </code>
    );
  }
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
      tabIndex={0}
      aria-label={label}
      className="max-h-32 max-w-96 overflow-auto rounded bg-sunken"
    >
      <pre translate="no" className="p-2 font-mono text-[12.5px] leading-5">
        <code>{text}</code>
      </pre>
    </section>
  );
}
