import { useState } from "react";
import { ChipsField } from "../../ui/chips-field.tsx";
import { PickToken } from "../../ui/pick-list.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { say } from "../../ui/toast.tsx";
import { useSeenAttributes, useSeenValues } from "../sentence/seen.ts";
import { t as sentence } from "../sentence/text.ts";
import type { SplitVariation } from "../split/split-model.ts";
import { targetEdits } from "./edits.ts";
import { ExpiryButton } from "./expiry-button.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

interface TargetRowProps {
  readonly editor: Editor;
  readonly variation: SplitVariation;
  /** The variation's place, which gives its colour. */
  readonly index: number;
}

const chipsAtMost = 120;
const suggestedAtMost = 50;

/** Who gets one variation by name: the keys of one kind of contexts at a time. */
export function TargetRow({ editor, variation, index }: TargetRowProps) {
  const { configuration, instruct, isReadOnly, seenIn } = editor;
  const own = configuration.targets.filter(({ variationId }) => variationId === variation.id);
  const [kind, setKind] = useState(own[0]?.contextKind ?? "user");
  const { kinds } = useSeenAttributes(seenIn);
  const seen = useSeenValues(seenIn, { kind, attribute: "key", isAsked: !isReadOnly });
  const allKinds = [...new Set(["user", ...kinds, ...own.map(({ contextKind }) => contextKind)])];
  const keys = own.find(({ contextKind }) => contextKind === kind)?.values ?? [];
  const at = { variationId: variation.id, contextKind: kind };
  function change(wanted: readonly string[]) {
    const edits = targetEdits(configuration, at, wanted);
    const moved = edits.flatMap((edit) =>
      edit.kind === "removeTargets" && edit.variationId !== variation.id ? edit.values : [],
    );
    instruct(...edits);
    if (moved.length > 0) say(t("targets.moved", { count: moved.length }));
  }
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3">
      <div className="flex w-40 flex-wrap items-center gap-2 pt-1 max-md:w-full">
        <Swatch index={index} />
        <span translate="no" className="min-w-0 truncate font-semibold">
          {variation.name}
        </span>
        <PickToken
          label={sentence("sentence.kind")}
          groups={[
            {
              picks: allKinds.map((one) => ({
                id: one,
                label: one,
                isName: true,
                ...countWords(one, own),
              })),
            },
          ]}
          selected={kind}
          other={(typed) => sentence("sentence.attribute.use", { name: typed })}
          onPick={setKind}
        >
          <span translate="no">{kind}</span>
        </PickToken>
      </div>
      <ChipsField
        label={t("targets.keys", { kind, name: variation.name })}
        isLabelHidden
        className="flex-1 basis-64"
        values={keys}
        onChange={change}
        isDisabled={isReadOnly}
        description={isReadOnly ? undefined : t("targets.keys.how")}
        shownAtMost={chipsAtMost}
        suggestions={seen
          .slice(0, suggestedAtMost)
          .flatMap(({ value }) => (typeof value === "string" ? [value] : []))}
        chipAction={(key) => <ExpiryButton editor={editor} target={{ ...at, contextKey: key }} />}
      />
    </div>
  );
}

function countWords(
  kind: string,
  own: readonly { readonly contextKind: string; readonly values: readonly string[] }[],
): { readonly description?: string } {
  const count = own.find(({ contextKind }) => contextKind === kind)?.values.length ?? 0;
  return count === 0 ? {} : { description: sentence("sentence.values.count", { count }) };
}
