import { GitMerge } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { type DraftDesk, useDraftDesk } from "../draft/draft-desk.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { partInWords, valueInWords } from "./part-words.ts";
import { t } from "./text.ts";

/** What both have changed, side by side, until somebody has said whose it shall be. */
export function ConflictPanel() {
  const desk = useDraftDesk();
  const { flag } = useFlagPage();
  return (
    <>
      {flag.archived && desk.typed.length > 0 && <Archived desk={desk} />}
      <div role="status" className="space-y-3 empty:hidden">
        {desk.conflict?.outcomes.map((one, index) =>
          one.outcome === "undecided" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step of the draft is known by its place.
            <Undecided key={index} desk={desk} index={index} one={one} />
          ) : null,
        )}
      </div>
    </>
  );
}

type Outcome = NonNullable<DraftDesk["conflict"]>["outcomes"][number];

interface UndecidedProps {
  readonly desk: DraftDesk;
  readonly index: number;
  readonly one: Extract<Outcome, { outcome: "undecided" }>;
}

function Undecided({ desk, index, one }: UndecidedProps) {
  const { saved, base, choose } = desk;
  const { words, contested, obstacle } = one;
  return (
    <section
      aria-label={t("conflict.title")}
      className="rounded-lg border-2 border-prod/60 bg-prodbg p-3"
    >
      <h2 className="flex items-center gap-2 font-semibold text-prod">
        <GitMerge size={16} aria-hidden />
        {t("conflict.title")}
      </h2>
      <p translate="no" className="mt-1">
        {words}
      </p>
      {contested.map((part) => (
        <dl key={part.name} className="mt-2 grid gap-2 sm:grid-cols-2">
          <Side label={t("conflict.yours")} about={partInWords(part.name, base)}>
            {valueInWords(part.name, part.mine, base)}
          </Side>
          <Side label={t("conflict.theirs")} about={partInWords(part.name, saved)}>
            {valueInWords(part.name, part.theirs, saved)}
          </Side>
        </dl>
      ))}
      {obstacle !== undefined && (
        <p className="mt-2 text-ink2">{t("conflict.obstacle", { why: obstacle })}</p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {obstacle === undefined && (
          <Button onPress={() => choose(index, "mine")}>{t("conflict.keepMine")}</Button>
        )}
        <Button onPress={() => choose(index, "theirs")}>{t("conflict.takeTheirs")}</Button>
      </div>
    </section>
  );
}

function Side(props: {
  readonly label: string;
  readonly about: string;
  readonly children: string;
}) {
  return (
    <div className="rounded-md border border-line bg-surface p-2">
      <dt className="text-xs font-medium text-ink3">
        {props.label} <span className="font-normal">{props.about}</span>
      </dt>
      <dd translate="no" className="mt-0.5 text-pretty">
        {props.children}
      </dd>
    </div>
  );
}

function Archived({ desk }: { readonly desk: DraftDesk }) {
  return (
    <Notice tone="critical">
      <p className="flex flex-wrap items-center gap-3">
        {t("conflict.archived")}
        {desk.typed.every(({ kind }) => kind !== "restoreFlag") && (
          <Button onPress={() => desk.replace([{ kind: "restoreFlag" }, ...desk.typed])}>
            {t("conflict.restore")}
          </Button>
        )}
      </p>
    </Notice>
  );
}
