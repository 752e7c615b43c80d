import {
  applySegmentInstructions,
  describeSegmentInstruction,
  isInstructionError,
} from "@halyard/instructions";
import { Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { RequestError } from "../../api/request.ts";
import { needsApproval } from "../../approvals/ask-approval.ts";
import { useUnavailable } from "../../session/unavailable.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { CodeBlock, KeyCopy } from "../../ui/copy.tsx";
import { Sheet } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t as kit } from "../../ui/text.ts";
import { Answers, actionWords, noAnswers, problemsOf } from "./review-answers.tsx";
import { segmentCurl } from "./script.ts";
import { impactInWords, type SeenContextObject, type SegmentImpact } from "./segment-impact.ts";
import { t } from "./text.ts";
import { nameOf } from "./tried-context.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";
import { useSegmentSaving } from "./use-segment-saving.ts";
import { UsedBy } from "./used-by.tsx";

interface ReviewSheetProps {
  readonly project: string;
  readonly environment: Environment;
  readonly desk: SegmentDesk;
  readonly etag: string;
  readonly impact: SegmentImpact | undefined;
  readonly onClose: () => void;
}

/** All that is about to be saved, before it is: in words, and whom it moves. */
export function ReviewSheet(props: ReviewSheetProps) {
  const { project, environment, desk, etag, impact, onClose } = props;
  const [answers, setAnswers] = useState(noAnswers);
  const [isTried, setTried] = useState(false);
  const saving = useSegmentSaving({ project, environment, desk, etag, onClose });
  const { isBusy, error } = saving;
  const { comment, description, at } = answers;
  const problems = problemsOf(environment, answers);
  const isComplete = Object.values(problems).every((problem) => problem === undefined);
  const unavailable = useUnavailable(
    answers.way === "request" ? "createApprovalRequest" : "updateIncluded",
    `proj/${project}:env/${environment.key}:segment/${desk.saved.key}`,
  );
  const isEmpty = desk.instructions.length === 0;
  function go() {
    setTried(true);
    if (!isComplete || isEmpty || isBusy || unavailable !== undefined) return;
    void (answers.way === "request"
      ? saving.ask({ comment, description, executionDate: at })
      : saving.save(comment));
  }
  useShortcut("mod+enter", t("review.save"), go);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      isHeld
      title={t.rich("review.title", {
        segment: (
          <span key="segment" translate="no">
            {desk.saved.name}
          </span>
        ),
      })}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look="primary"
            keys="mod+enter"
            isPending={isBusy}
            isDisabled={isEmpty}
            unavailable={unavailable}
            onPress={go}
          >
            {actionWords(environment, answers)}
          </Button>
        </>
      }
    >
      <div className="space-y-5 pt-2">
        {environment.critical && answers.way === "now" && (
          <Notice tone="critical">{t("review.critical")}</Notice>
        )}
        <Part title={t("review.changes", { environment: environment.name })}>
          <Changes desk={desk} />
        </Part>
        {impact !== undefined && (
          <Effect project={project} environment={environment.key} impact={impact} />
        )}
        <Answers
          environment={environment}
          answers={answers}
          problems={isTried ? problems : {}}
          onChange={(change) => setAnswers({ ...answers, ...change })}
        />
        {error !== undefined && !(answers.way === "request" && needsApproval(error)) && (
          <Failure
            error={error}
            environment={environment}
            onAsk={() => setAnswers({ ...answers, way: "request" })}
          />
        )}
        <details>
          <summary className="cursor-pointer rounded py-1 text-[13px] font-medium text-ink2 hover:text-ink">
            {t("review.script")}
          </summary>
          <CodeBlock
            label={t("review.script")}
            code={segmentCurl(
              { project, environment: environment.key, segment: desk.saved.key },
              { instructions: desk.instructions, comment: answers.comment },
            )}
          />
        </details>
      </div>
    </Sheet>
  );
}

interface EffectProps {
  readonly project: string;
  readonly environment: string;
  readonly impact: SegmentImpact;
}

/** Who comes and goes, and what flags give them then. */
function Effect({ project, environment, impact }: EffectProps) {
  return (
    <>
      <Part title={t("review.effect")}>
        <Moved impact={impact} />
      </Part>
      {impact.flags.length > 0 && (
        <Part title={t("review.flags")}>
          <UsedBy project={project} environment={environment} flags={impact.flags} isDraft />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 font-semibold">{title}</h3>
      {children}
    </section>
  );
}

/** Each change with a way to take it out. */
function Changes({ desk }: { readonly desk: SegmentDesk }) {
  function takeOut(index: number) {
    const left = desk.instructions.toSpliced(index, 1);
    const newId = () => crypto.randomUUID();
    const state = applySegmentInstructions(desk.saved, left, { newId });
    if (!isInstructionError(state)) desk.edit(() => state);
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {desk.instructions.map((instruction, at) => {
        const words = describeSegmentInstruction(instruction);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a change of the draft is known by its place.
          <li key={at} className="flex items-center gap-2 px-3 py-1.5">
            <span translate="no" className="line-clamp-4 min-w-0 flex-1 py-1 text-pretty">
              {words}
            </span>
            <IconButton label={t("review.remove", { words })} onPress={() => takeOut(at)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}

function Moved({ impact }: { readonly impact: SegmentImpact }) {
  const sentence = impactInWords(impact);
  return (
    <div className="space-y-1.5">
      <p role="status">{sentence.charAt(0).toUpperCase() + sentence.slice(1)}.</p>
      <Examples title={t("review.entering")} contexts={impact.entering} />
      <Examples title={t("review.leaving")} contexts={impact.leaving} />
    </div>
  );
}

function Examples(props: {
  readonly title: string;
  readonly contexts: readonly SeenContextObject[];
}) {
  if (props.contexts.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 text-[13px] text-ink2">
      {props.title}
      {props.contexts.map((context) => (
        <code
          key={JSON.stringify(context)}
          translate="no"
          className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[12.5px] text-ink"
        >
          {nameOf(context)}
        </code>
      ))}
    </p>
  );
}

interface FailureProps {
  readonly error: Error;
  readonly environment: Environment;
  readonly onAsk: () => void;
}

/** Why it was not saved; where that takes others' word, the way to ask for it. */
function Failure({ error, environment, onAsk }: FailureProps) {
  const requestId = error instanceof RequestError ? error.requestId : "";
  if (needsApproval(error))
    return (
      <Notice tone="critical">
        <p role="alert" className="flex flex-wrap items-center gap-3">
          {t("review.ask.needed", { environment: environment.name })}
          <Button onPress={onAsk}>{t("review.when.request")}</Button>
        </p>
      </Notice>
    );
  return (
    <div role="alert" className="space-y-2 rounded-lg border border-danger/40 bg-dangerbg p-3">
      <p className="font-semibold text-danger">{t("review.failed")}</p>
      <p className="text-ink2">{error.message}</p>
      {requestId !== "" && <KeyCopy value={requestId} />}
    </div>
  );
}
