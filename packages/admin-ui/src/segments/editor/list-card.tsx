import type { SegmentState } from "@halyard/instructions";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useSeenAttributes, useSeenValues } from "../../flags/sentence/seen.ts";
import { t as sentence } from "../../flags/sentence/text.ts";
import { formatNumber } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ChipsField } from "../../ui/chips-field.tsx";
import { PickToken } from "../../ui/pick-list.tsx";
import { say, sayFailure } from "../../ui/toast.tsx";
import { keysInFile } from "./key-file.ts";
import { keysIn, kindsIn, type List, withKeys } from "./segment-state.ts";
import { t } from "./text.ts";
import type { SegmentDesk } from "./use-segment-draft.ts";

interface ListCardProps {
  readonly desk: SegmentDesk;
  readonly list: List;
  readonly seenIn: { readonly project: string; readonly environment: string };
  readonly isReadOnly: boolean;
}

const chipsAtMost = 100;
const suggestedAtMost = 50;

/** Who is in the segment by name, or kept out of it: the keys of one kind at a time. */
export function ListCard({ desk, list, seenIn, isReadOnly }: ListCardProps) {
  const { state } = desk;
  const [kind, setKind] = useState(kindsIn(state, list)[0] ?? "user");
  const seen = useSeenValues(seenIn, { kind, attribute: "key", isAsked: !isReadOnly });
  const keys = keysIn(state, list, kind);
  function change(wanted: readonly string[]) {
    const other = list === "included" ? "excluded" : "included";
    const added = wanted.filter((key) => !keys.includes(key));
    const moved = keysIn(state, other, kind).filter((key) => added.includes(key));
    desk.edit((segment) => withKeys(segment, list, { kind, keys: wanted }));
    if (moved.length > 0) say(t("edit.moved", { count: moved.length }));
  }
  async function addFile(file: File | undefined) {
    if (file === undefined) return;
    try {
      const found = keysInFile(await file.text());
      const all = [...new Set([...keys, ...found])];
      const count = all.length - keys.length;
      if (count === 0) return say(t("edit.file.none", { file: file.name }));
      change(all);
      say(t("edit.file.added", { count }));
    } catch (error) {
      sayFailure(
        t("edit.file.unreadable", { file: file.name }),
        error instanceof Error ? error.message : String(error),
      );
    }
  }
  return (
    <Card
      title={t(`edit.${list}`)}
      actions={
        <>
          <KindPick state={state} list={list} kind={kind} seenIn={seenIn} onPick={setKind} />
          {!isReadOnly && (
            <FileTrigger
              acceptedFileTypes={[".csv", ".txt", "text/csv", "text/plain"]}
              onSelect={(files) => void addFile(files?.[0])}
            >
              <Button
                look="quiet"
                icon={<FileUp size={14} aria-hidden />}
                tooltip={t("edit.file.how")}
              >
                {t("edit.file")}
              </Button>
            </FileTrigger>
          )}
        </>
      }
    >
      <p className="mb-2 text-[13px] text-ink2">
        {t(`edit.${list}.words`)}
        <OtherKinds state={state} list={list} kind={kind} onPick={setKind} />
      </p>
      <ChipsField
        label={t(`edit.keys.${list}`, { kind })}
        isLabelHidden
        values={keys}
        onChange={change}
        isDisabled={isReadOnly}
        description={isReadOnly ? undefined : t("edit.keys.how")}
        shownAtMost={chipsAtMost}
        suggestions={seen
          .slice(0, suggestedAtMost)
          .flatMap(({ value }) => (typeof value === "string" ? [value] : []))}
      />
    </Card>
  );
}

/** Who is listed of the kinds that are not shown, so that nobody is overlooked. */
function OtherKinds({ state, list, kind, onPick }: Omit<KindPickProps, "seenIn">) {
  return kindsIn(state, list)
    .filter((one) => one !== kind)
    .map((other) => (
      <button
        key={other}
        type="button"
        onClick={() => onPick(other)}
        className="ml-2 min-h-6 rounded font-medium text-link hover:underline"
      >
        {t.rich("edit.others", {
          kind: (
            <span key="kind" translate="no">
              {other}
            </span>
          ),
          keys: formatNumber(keysIn(state, list, other).length),
        })}
      </button>
    ));
}

interface KindPickProps {
  readonly state: SegmentState;
  readonly list: List;
  readonly kind: string;
  readonly seenIn: ListCardProps["seenIn"];
  readonly onPick: (kind: string) => void;
}

function KindPick({ state, list, kind, seenIn, onPick }: KindPickProps) {
  const { kinds } = useSeenAttributes(seenIn);
  const all = [...new Set(["user", ...kinds, ...kindsIn(state, list), kind])];
  return (
    <PickToken
      label={sentence("sentence.kind")}
      groups={[
        {
          picks: all.map((one) => {
            const count = keysIn(state, list, one).length;
            return {
              id: one,
              label: one,
              isName: true,
              ...(count === 0 ? {} : { description: sentence("sentence.values.count", { count }) }),
            };
          }),
        },
      ]}
      selected={kind}
      other={(typed) => sentence("sentence.attribute.use", { name: typed })}
      onPick={onPick}
    >
      <span translate="no">{kind}</span>
    </PickToken>
  );
}
