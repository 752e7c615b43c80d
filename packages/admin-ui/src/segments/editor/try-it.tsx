import { CircleCheck, CircleMinus } from "lucide-react";
import { useId, useRef } from "react";
import { useSeenContexts } from "../../contexts/context-queries.ts";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Card } from "../../ui/card.tsx";
import { Select } from "../../ui/select.tsx";
import { reasonInWords, type SeenContextObject, type Standing } from "./segment-impact.ts";
import { t } from "./text.ts";
import { nameOf, readContext } from "./tried-context.ts";

interface TryItProps {
  readonly project: string;
  readonly environment: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly standing: Standing | undefined;
  readonly error: Error | null;
  readonly isDraft: boolean;
}

/** Whether a context is in the segment with the draft, and why; the rules show its way. */
export function TryIt(props: TryItProps) {
  const { project, environment, typed, onType, standing, error } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const seen = useSeenContexts(project, environment, {}).data?.pages[0]?.items ?? [];
  useShortcut("t", t("try.focus"), () => field.current?.focus());
  const read = readContext(typed);
  const problem = read.problem ?? error?.message;
  return (
    <Card
      title={t("try.title")}
      actions={props.isDraft && <span className="text-xs text-ink2">{t("try.draft")}</span>}
    >
      <label htmlFor={id} className="text-[13px] text-ink2">
        {t("try.context")}
      </label>
      <textarea
        id={id}
        ref={field}
        value={typed}
        rows={Math.min(10, Math.max(3, typed.split("\n").length))}
        spellCheck={false}
        placeholder={'{ "kind": "user", "key": "ada" }'}
        aria-describedby={`${id}-answer`}
        onChange={(event) => onType(event.target.value)}
        className="mt-1 block w-full resize-y rounded-md border border-line2 bg-surface p-2 font-mono text-[12.5px] leading-5"
      />
      {seen.length > 0 && (
        <Select
          label={t("try.seen")}
          isLabelHidden
          placeholder={t("try.seen.choose")}
          value={undefined}
          choices={seen.slice(0, 20).map(({ context }, at) => ({
            id: String(at),
            label: nameOf(context),
          }))}
          onChange={(at) => {
            const context = seen[Number(at)]?.context;
            if (context !== undefined) onType(shownContext(context));
          }}
          className="mt-2"
        />
      )}
      <div id={`${id}-answer`} role="status" className="mt-3">
        {problem !== undefined && <p className="text-[13px] text-danger">{problem}</p>}
        {problem === undefined && standing !== undefined && <Answer standing={standing} />}
      </div>
    </Card>
  );
}

function shownContext(context: SeenContextObject): string {
  return JSON.stringify(context, null, 2);
}

function Answer({ standing }: { readonly standing: Standing }) {
  const { isMember, wasMember, reason } = standing;
  return (
    <div className={`rounded-md p-3 forced-colors:border ${isMember ? "bg-onbg" : "bg-sunken"}`}>
      <p className={`flex items-center gap-2 font-semibold ${isMember ? "text-on" : "text-ink2"}`}>
        {isMember ? <CircleCheck size={16} aria-hidden /> : <CircleMinus size={16} aria-hidden />}
        {isMember ? t("try.in") : t("try.out")}
      </p>
      <p className="mt-0.5 text-[13px] text-ink2">
        {reasonInWords(reason)}
        {isMember !== wasMember && <> · {wasMember ? t("try.was.in") : t("try.was.out")}</>}
      </p>
    </div>
  );
}
