import { describeFlagInstructions } from "@halyard/instructions";
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { IconButton } from "../../ui/button.tsx";
import type { DraftDesk } from "../draft/draft-desk.ts";
import { t } from "./text.ts";

export interface Refusal {
  /** The place of the instruction, from 0. */
  readonly index: number;
  readonly message: string;
}

/** The draft in words, each change with a way to take it out, and with what the server said against it. */
export function ChangeList(props: {
  readonly desk: DraftDesk;
  readonly refusal?: Refusal | undefined;
}) {
  const { desk, refusal } = props;
  const { saved, instructions, environment } = desk;
  const words = useMemo(
    () => describeFlagInstructions(instructions, saved, environment),
    [instructions, saved, environment],
  );
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {words.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step of the draft is known by its place.
        <li key={index} className="px-3 py-1.5">
          <div className="flex items-center gap-2">
            <span translate="no" className="min-w-0 flex-1 py-1 text-pretty">
              {sentence}
            </span>
            <IconButton
              label={t("review.remove", { words: sentence })}
              onPress={() => desk.replace(instructions.toSpliced(index, 1))}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </div>
          {refusal?.index === index && (
            <p role="alert" className="pb-1 text-[13px] text-danger">
              {refusal.message}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
