import type { FlagInstruction, Serve } from "@halyard/instructions";
import { ChartColumnStacked } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { PickToken } from "../../ui/pick-list.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { SplitBy } from "../split/split-by.tsx";
import { SplitEditor } from "../split/split-editor.tsx";
import { splitFrom } from "../split/split-model.ts";
import type { TriedPlace } from "../try-it/use-path.ts";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface ServeEditorProps {
  readonly editor: Editor;
  readonly serve: Serve;
  readonly saved: Serve | undefined;
  /** What makes it what is served. */
  readonly instructionOf: (serve: Serve) => FlagInstruction;
  /** What stands before a variation: "they get". */
  readonly gets: string;
  /** What a split is called in the sentence: "are split". */
  readonly split: string;
  /** What stands before it: "they". */
  readonly they?: string;
  /** In front of both. */
  readonly children?: ReactNode;
  readonly marker?: TriedPlace | undefined;
}

const splitId = " split";

const RampDialog = lazy(async () => ({
  default: (await import("../split/ramp-dialog.tsx")).RampDialog,
}));

/** What is served: one variation, or shares of several. */
export function ServeEditor(props: ServeEditorProps) {
  const { editor, serve, saved, instructionOf } = props;
  const { variations, isReadOnly, seenIn } = editor;
  const [isRamping, setRamping] = useState(false);
  const onChange = (wanted: Serve) => editor.instruct(instructionOf(wanted));
  const isSplit = "rollout" in serve;
  const first = isSplit ? (serve.rollout.weights[0]?.variationId ?? "") : serve.variationId;
  const at = isSplit ? -1 : variations.findIndex(({ id }) => id === serve.variationId);
  const name = variations[at]?.name ?? "";
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        {props.children}
        <span className="text-ink2 empty:hidden">{isSplit ? props.they : props.gets}</span>
        <PickToken
          label={t("serve.label")}
          groups={[
            {
              picks: variations.map((one, index) => ({
                id: one.id,
                label: one.name,
                isName: true,
                icon: <Swatch index={index} />,
              })),
            },
            {
              picks: [
                {
                  id: splitId,
                  label: t("serve.split"),
                  description: t("serve.split.words"),
                  icon: <ChartColumnStacked size={14} className="text-ink3" aria-hidden />,
                },
              ],
            },
          ]}
          selected={isSplit ? splitId : serve.variationId}
          isDisabled={isReadOnly}
          onPick={(id) => {
            if (id !== splitId) onChange({ variationId: id });
            else if (!isSplit) onChange({ rollout: splitFrom(first, variations) });
          }}
        >
          {isSplit ? (
            props.split
          ) : (
            <span translate="no" className="inline-flex items-center gap-1.5 font-semibold">
              <Swatch index={at === -1 ? undefined : at} />
              {name}
            </span>
          )}
        </PickToken>
        {isSplit && (
          <>
            <span className="text-ink2">{t("serve.by")}</span>
            <SplitBy
              split={serve.rollout}
              seenIn={seenIn}
              isReadOnly={isReadOnly}
              onChange={(rollout) => onChange({ rollout })}
            />
          </>
        )}
      </div>
      {isSplit && (
        <div className="mt-3">
          <SplitEditor
            split={serve.rollout}
            saved={saved !== undefined && "rollout" in saved ? saved.rollout : undefined}
            variations={variations}
            isReadOnly={isReadOnly}
            marker={props.marker}
            onChange={(rollout) => onChange({ rollout })}
            // What the server does not have cannot be changed there later.
            onRamp={saved === undefined ? undefined : () => setRamping(true)}
          />
          {isRamping && (
            <Suspense>
              <RampDialog
                split={serve.rollout}
                variations={variations}
                instructionOf={(rollout) => instructionOf({ rollout })}
                onClose={() => setRamping(false)}
              />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
}
