import type { ExplanationStep } from "@halyard/evaluation";
import { CircleCheck, CircleMinus } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
import { isOnPath, stepInWords } from "./step-words.ts";
import { t } from "./text.ts";

interface PathPopoverProps {
  readonly flagName: string;
  readonly steps: readonly ExplanationStep[];
  /** The reason in a few words; a press tells each step. */
  readonly words: string;
}

export function PathPopover({ flagName, steps, words }: PathPopoverProps) {
  const label = t("context.path.show", { flag: flagName });
  return (
    <Popover
      label={label}
      button={
        <Button
          look="quiet"
          tooltip={t("context.path")}
          className="-mx-3 h-7 text-[13px] font-normal whitespace-normal text-left"
        >
          {words}
        </Button>
      }
    >
      <p className="mb-2 font-semibold">{t("context.path")}</p>
      <ol className="space-y-1.5 text-[13px]">
        {steps.map((step, at) => {
          const isTaken = isOnPath(step);
          return (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a path has an order, and nothing else.
              key={at}
              className={`flex gap-2 ${isTaken ? "font-medium text-link" : "text-ink2"}`}
            >
              {isTaken ? (
                <CircleCheck size={16} className="mt-0.5 shrink-0" aria-hidden />
              ) : (
                <CircleMinus size={16} className="mt-0.5 shrink-0 text-ink3" aria-hidden />
              )}
              {stepInWords(step)}
            </li>
          );
        })}
      </ol>
    </Popover>
  );
}
