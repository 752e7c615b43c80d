import { describeFlagInstructions } from "@halyard/instructions";
import { lazy, Suspense, useMemo } from "react";
import { usePresence } from "../../live/use-live.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { formatClock, formatList } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../ui/toast.tsx";
import { useUnsaved } from "../../ui/unsaved.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { type DraftDesk, useDraftDesk } from "./draft-desk.ts";
import { impactInWords } from "./impact-words.ts";
import { t } from "./text.ts";
import { useImpact } from "./use-impact.ts";

const ReviewSheet = lazy(async () => ({
  default: (await import("../review/review-sheet.tsx")).ReviewSheet,
}));

/** What is not saved yet, in short, at the bottom of the page; nothing where nothing is. */
export function DraftBar() {
  const desk = useDraftDesk();
  const isDirty = desk.typed.length > 0;
  useUnsaved(isDirty);
  const undecided =
    desk.conflict?.outcomes.filter(({ outcome }) => outcome === "undecided").length ?? 0;
  const { isReviewing } = desk;
  const unavailable = useCannotSave(undecided);
  const review = () => unavailable === undefined && desk.review();
  useShortcut("mod+enter", t("draft.review"), review, isDirty && !isReviewing);
  useShortcut("mod+z", t("draft.undo"), desk.undo, desk.canUndo);
  useShortcut("mod+shift+z", t("draft.redo"), desk.redo, desk.canRedo);
  useShortcut("mod+z", t("draft.revert"), () => takeBack(desk), !desk.canUndo && canTakeBack(desk));
  return (
    <>
      {isDirty && (
        <section
          aria-label={t("draft.bar")}
          data-draft-bar
          className="comes-in sticky bottom-0 z-20 -mx-5 mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-raised px-5 py-3 shadow-[0_-6px_16px_rgb(13_27_42/0.07)] max-md:bottom-14 max-md:-mx-4 max-md:px-4"
        >
          <span
            aria-hidden="true"
            className="size-2 shrink-0 rounded-full bg-signal forced-color-adjust-none"
          />
          <div className="min-w-0 flex-1 basis-80">
            <Summary desk={desk} />
            <Notes desk={desk} undecided={undecided} />
          </div>
          <AlsoHere />
          <span className="ml-auto flex gap-2">
            <Button look="quiet" onPress={() => discard(desk)}>
              {t("draft.discard")}
            </Button>
            <Button look="primary" keys="mod+enter" onPress={review} unavailable={unavailable}>
              {t("draft.review")}
            </Button>
          </span>
        </section>
      )}
      {isReviewing && (
        <Suspense>
          <ReviewSheet onClose={desk.endReview} />
        </Suspense>
      )}
    </>
  );
}

/** Why the draft cannot be saved just now. */
function useCannotSave(undecided: number): string | undefined {
  const { isDeleted } = useFlagPage();
  if (isDeleted) return t("draft.deleted");
  return undecided > 0 ? t("draft.undecided", { count: undecided }) : undefined;
}

/** To the first choice between yours and theirs. */
function showUndecided(): void {
  document.querySelector<HTMLElement>("[data-undecided] button")?.focus();
}

function canTakeBack({ lastSave, typed }: DraftDesk): boolean {
  return lastSave !== undefined && typed.length === 0;
}

/** Makes a draft of what takes the last save back: it is reviewed like any other. */
function takeBack(desk: DraftDesk): void {
  if (desk.lastSave !== undefined) desk.instruct(...desk.lastSave.inverse);
  desk.setLastSave(undefined);
}

function discard(desk: DraftDesk): void {
  const { typed } = desk;
  desk.discard();
  say(t("draft.discarded"), () => desk.replace(typed));
}

function Summary({ desk }: { readonly desk: DraftDesk }) {
  const { environment } = useFlagPage();
  const { instructions, saved } = desk;
  const words = useMemo(
    () => describeFlagInstructions(instructions, saved, environment.key),
    [instructions, saved, environment.key],
  );
  const [first, ...rest] = words;
  return (
    <p className="line-clamp-2">
      {t.rich("draft.in", {
        changes: (
          <b key="changes" className="font-semibold">
            {t("draft.count", { count: words.length === 0 ? desk.typed.length : words.length })}
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
      {first !== undefined && <span translate="no">{first}</span>}
      {rest.length > 0 && (
        <span className="text-ink2"> {t("draft.more", { count: rest.length })}</span>
      )}
      {words.length > 0 && <ImpactWords />}
    </p>
  );
}

function ImpactWords() {
  const { data } = useImpact();
  if (data === undefined) return null;
  return <span className="text-ink2"> · {impactInWords(data)}</span>;
}

function Notes({ desk, undecided }: { readonly desk: DraftDesk; readonly undecided: number }) {
  const { restoredAt, carriedBy } = desk;
  return (
    <div role="status" className="text-[13px] text-ink2 empty:hidden">
      {undecided > 0 && (
        <p className="flex flex-wrap items-center gap-x-2 font-medium text-prod">
          {t("draft.undecided", { count: undecided })}
          <button
            type="button"
            onClick={showUndecided}
            className="min-h-6 text-link underline-offset-2 hover:underline"
          >
            {t("draft.decide")}
          </button>
        </p>
      )}
      {carriedBy !== undefined && <p>{t("draft.carried", { who: carriedBy })}</p>}
      {restoredAt !== undefined && (
        <p className="flex flex-wrap items-center gap-x-2">
          {t("draft.restored", { count: desk.typed.length, time: formatClock(restoredAt) })}
          <button
            type="button"
            onClick={desk.noted}
            className="min-h-6 font-medium text-link underline-offset-2 hover:underline"
          >
            {t("draft.continue")}
          </button>
        </p>
      )}
    </div>
  );
}

/** Who else looks at the flag, and changes something. */
function AlsoHere() {
  const { project, flag, environments } = useFlagPage();
  const { place } = useDraftDesk();
  const others = usePresence(`flag/${project}/${flag.key}`).filter(({ id }) => id !== place.member);
  if (others.length === 0) return null;
  const editing = others.find((one) => one.editing !== undefined);
  const name = environments.find(({ key }) => key === editing?.editing)?.name;
  return (
    <p role="status" className="text-xs text-ink2">
      {editing !== undefined && name !== undefined
        ? t("draft.alsoEditing", { name: editing.name, environment: name })
        : t("draft.alsoHere", { names: formatList(others.map((one) => one.name)) })}
    </p>
  );
}
