import { describeSegmentInstruction } from "@halyard/instructions";
import { lazy, Suspense, useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { formatClock } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../ui/toast.tsx";
import { useUnsaved } from "../../ui/unsaved.ts";
import { impactInWords, type SegmentImpact } from "./segment-impact.ts";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

const ReviewSheet = lazy(async () => ({
  default: (await import("./review-sheet.tsx")).ReviewSheet,
}));

interface DraftBarProps {
  readonly project: string;
  readonly environment: Environment;
  readonly desk: SegmentDesk;
  readonly etag: string;
  readonly impact: SegmentImpact | undefined;
}

/** What is not saved yet, in short, at the bottom of the page; nothing where nothing is. */
export function DraftBar({ project, environment, desk, etag, impact }: DraftBarProps) {
  const [isReviewing, setReviewing] = useState(false);
  const { instructions, conflict } = desk;
  const isDirty = instructions.length > 0;
  useUnsaved(isDirty);
  const review = () => conflict === undefined && setReviewing(true);
  useShortcut("mod+enter", t("edit.review"), review, isDirty && !isReviewing);
  useShortcut("mod+z", t("edit.undo"), desk.undo, desk.canUndo);
  function discard() {
    const draft = desk.discard();
    say(t("edit.discarded"), () => desk.restore(draft));
  }
  return (
    <>
      {isDirty && (
        <section
          aria-label={t("edit.bar")}
          className="sticky bottom-0 z-20 -mx-5 mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-raised px-5 py-3 shadow-float max-md:bottom-14 max-md:-mx-4 max-md:px-4"
        >
          <span
            aria-hidden="true"
            className="size-2 shrink-0 rounded-full bg-signal forced-color-adjust-none"
          />
          <div className="min-w-48 flex-1">
            <Summary environment={environment} desk={desk} impact={impact} />
            <Notes desk={desk} />
          </div>
          <span className="ml-auto flex gap-2">
            <Button look="quiet" onPress={discard}>
              {t("edit.discard")}
            </Button>
            <Button look="primary" keys="mod+enter" onPress={review} unavailable={conflict}>
              {t("edit.review")}
            </Button>
          </span>
        </section>
      )}
      {isReviewing && (
        <Suspense>
          <ReviewSheet
            project={project}
            environment={environment}
            desk={desk}
            etag={etag}
            impact={impact}
            onClose={() => setReviewing(false)}
          />
        </Suspense>
      )}
    </>
  );
}

function Summary({
  environment,
  desk,
  impact,
}: Pick<DraftBarProps, "environment" | "desk" | "impact">) {
  const [first, ...rest] = desk.instructions;
  return (
    <p className="text-pretty">
      {t.rich("edit.in", {
        changes: (
          <b key="changes" className="font-semibold">
            {t("edit.count", { count: desk.instructions.length })}
          </b>
        ),
        environment: (
          <b
            key="environment"
            translate="no"
            className={`font-semibold ${environment.critical ? "text-prod" : ""}`}
          >
            {environment.name}
          </b>
        ),
      })}{" "}
      {first !== undefined && <span translate="no">{describeSegmentInstruction(first)}</span>}
      {rest.length > 0 && (
        <span className="text-ink2"> {t("edit.more", { count: rest.length })}</span>
      )}
      {impact !== undefined && <span className="text-ink2"> · {impactInWords(impact)}</span>}
    </p>
  );
}

function Notes({ desk }: { readonly desk: SegmentDesk }) {
  const { conflict, isCarried, restoredAt } = desk;
  return (
    <div role="status" className="text-[13px] text-ink2 empty:hidden">
      {conflict !== undefined && (
        <p className="font-medium text-prod">{t("edit.conflict", { why: conflict })}</p>
      )}
      {conflict === undefined && isCarried && <p>{t("edit.carried")}</p>}
      {restoredAt !== undefined && <p>{t("edit.restored", { time: formatClock(restoredAt) })}</p>}
    </div>
  );
}
