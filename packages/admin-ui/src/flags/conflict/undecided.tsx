import { GitMerge } from "lucide-react";
import { useId } from "react";
import { Button } from "../../ui/button.tsx";
import { useDraftDesk } from "../draft/draft-desk.ts";
import type { Undecided as Waiting } from "./conflict-place.ts";
import { partInWords, valueInWords } from "./part-words.ts";
import { t } from "./text.ts";

/** What both have changed, side by side, until somebody has said whose it shall be. */
export function Undecided({ index, one }: Waiting) {
  const { saved, base, choose } = useDraftDesk();
  const { words, contested, obstacle } = one;
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      data-undecided
      className="rounded-lg border-2 border-prod/60 bg-prodbg p-3"
    >
      <h4 id={id} className="flex items-center gap-2 font-semibold text-prod">
        <GitMerge size={16} aria-hidden />
        {t("conflict.title")}
      </h4>
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
