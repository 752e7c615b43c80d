import type { ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import { KeyHint } from "./key-hint.tsx";

/** Words beside what has the focus or the pointer; the child is something that takes the focus. */
export function Hint({
  words,
  keys,
  children,
}: {
  /** Where there is nothing to say just now, it stays around what has the focus and is not shown. */
  readonly words: string | undefined;
  readonly keys?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={100} isDisabled={words === undefined}>
      {children}
      <Tooltip
        offset={6}
        className="comes-in flex max-w-72 items-center gap-2 rounded-md border border-line bg-ink px-2 py-1 text-xs text-canvas shadow-float"
      >
        {words}
        {keys !== undefined && <KeyHint keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
