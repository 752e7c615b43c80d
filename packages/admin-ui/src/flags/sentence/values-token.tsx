import type { Json } from "@halyard/evaluation";
import type { ReactNode } from "react";
import { formatMoment } from "../../text/format.ts";
import { TokenButton } from "../../ui/pick-list.tsx";
import { Popover } from "../../ui/popover.tsx";
import { DateEditor } from "./date-editor.tsx";
import { type Compared, comparedBy } from "./operator.ts";
import { PatternEditor } from "./pattern-editor.tsx";
import { type SeenIn, useSegments } from "./seen.ts";
import { SegmentEditor } from "./segment-editor.tsx";
import { t } from "./text.ts";
import { ValueListEditor } from "./value-list-editor.tsx";
import { momentOf, shownValue } from "./values.ts";
import type { ValuesProps } from "./values-props.ts";

const shownAtMost = 8;

/** What a condition compares with: the first values, and a press away all of them. */
export function ValuesToken(props: ValuesProps & { readonly isReadOnly: boolean }) {
  const { condition, isReadOnly, seenIn } = props;
  const { op, values } = condition;
  const names = useShownValues(op, values, seenIn);
  const shown = names.slice(0, shownAtMost);
  const more = names.length - shown.length;
  return (
    <Popover
      label={t("sentence.values")}
      button={
        <TokenButton
          what={t("sentence.values")}
          isDisabled={isReadOnly}
          isEmpty={values.length === 0}
        >
          {values.length === 0 ? emptyWords(op) : <ShownValues names={shown} more={more} />}
        </TokenButton>
      }
    >
      <div className="w-[min(24rem,calc(100vw-4rem))]">
        <ValuesEditor {...props} />
      </div>
    </Popover>
  );
}

function ShownValues({
  names,
  more,
}: {
  readonly names: readonly string[];
  readonly more: number;
}) {
  return (
    <span className="flex flex-wrap items-center gap-1 py-0.5 font-normal">
      {names.map((name, at) => (
        <span
          key={name}
          translate="no"
          className="max-w-60 truncate rounded bg-sunken px-1.5 font-mono text-[12.5px] leading-5.5"
        >
          {name}
          {at < names.length - 1 && <span className="sr-only">, </span>}
        </span>
      ))}
      {more > 0 && (
        <span className="text-[13px] text-ink2">{t("sentence.values.more", { count: more })}</span>
      )}
    </span>
  );
}

function emptyWords(op: string): string {
  const compared = comparedBy(op);
  if (compared === "segment") return t("sentence.segment.choose");
  return compared === "date" ? t("sentence.date.choose") : t("sentence.values.none");
}

/** As a person reads them: segments by name, dates in the own time zone. */
function useShownValues(op: string, values: readonly Json[], seenIn: SeenIn): readonly string[] {
  const compared = comparedBy(op);
  const segments = useSegments(seenIn, compared === "segment");
  return values.map((value) => {
    if (compared === "segment")
      return segments.find(({ key }) => key === value)?.name ?? shownValue(value);
    if (compared === "pattern") return `/${shownValue(value)}/`;
    const at = compared === "date" ? momentOf(value) : undefined;
    return at === undefined ? shownValue(value) : formatMoment(at);
  });
}

function ValuesEditor(props: ValuesProps) {
  const Editor = editors[comparedBy(props.condition.op)];
  return <Editor {...props} />;
}

const editors = {
  any: ValueListEditor,
  text: ValueListEditor,
  number: ValueListEditor,
  version: ValueListEditor,
  date: DateEditor,
  pattern: PatternEditor,
  segment: SegmentEditor,
} as const satisfies Readonly<Record<Compared, (props: ValuesProps) => ReactNode>>;
