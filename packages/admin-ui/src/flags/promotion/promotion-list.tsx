import { describeFlagInstructions, type FlagState } from "@halyard/instructions";
import { Link } from "@tanstack/react-router";
import { memo, useMemo, useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { EnvironmentName } from "../../ui/badge.tsx";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { useDrafts } from "../draft/use-drafts.ts";
import { servingOf } from "../list/serving.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { flagStateOf } from "../state/flag-state.ts";
import { promotionOf } from "./promote.ts";
import { t } from "./text.ts";
import { usePromotion } from "./use-promotion.ts";

interface PromotionListProps {
  readonly project: string;
  readonly flags: readonly FlagRepresentation[];
  readonly from: Environment;
  readonly to: Environment;
}

/** Each flag that differs: here, there, and the sentences that lead from one to the other. */
export function PromotionList({ project, flags, from, to }: PromotionListProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const promote = usePromotion({ project, from: from.key, to: to.key, name: to.name });
  const drafts = useDrafts(project);
  const drafted = useMemo(
    () =>
      new Set(drafts.flatMap(({ flag, environment }) => (environment === to.key ? [flag] : []))),
    [drafts, to.key],
  );
  // What somebody has begun there is not written over.
  const free = flags.filter(({ key }) => !drafted.has(key));
  const chosen = free.filter(({ key }) => selected.has(key));
  async function copy(some: readonly FlagRepresentation[]) {
    setBusy(true);
    await promote(some);
    setSelected(new Set());
    setBusy(false);
  }
  const select = (key: string, isSelected: boolean) =>
    setSelected((before) => new Set([...before, key].filter((one) => isSelected || one !== key)));
  return (
    <>
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-3">
        <Checkbox
          isSelected={free.length > 0 && chosen.length === free.length}
          isIndeterminate={chosen.length > 0 && chosen.length < free.length}
          isDisabled={free.length === 0}
          onChange={(isAll) => setSelected(new Set(isAll ? free.map(({ key }) => key) : []))}
        >
          {t("promotion.selectAll")}
        </Checkbox>
        <span className="text-[13px] text-ink3">{t("promotion.copy.what")}</span>
        {chosen.length > 0 && (
          <Button
            look="primary"
            isPending={isBusy}
            onPress={() => void copy(chosen)}
            className="ml-auto"
          >
            {t("promotion.copyMany", { count: chosen.length, environment: to.name })}
          </Button>
        )}
      </div>
      <ul aria-label={t("promotion.list")} className="space-y-2">
        {flags.map((flag) => (
          <PromotionRow
            key={flag.key}
            project={project}
            flag={flag}
            from={from}
            to={to}
            isSelected={selected.has(flag.key)}
            isDrafted={drafted.has(flag.key)}
            isBusy={isBusy}
            onSelect={(isSelected) => select(flag.key, isSelected)}
            onCopy={() => void copy([flag])}
          />
        ))}
      </ul>
    </>
  );
}

interface PromotionRowProps extends Omit<PromotionListProps, "flags"> {
  readonly flag: FlagRepresentation;
  readonly isSelected: boolean;
  readonly isDrafted: boolean;
  readonly isBusy: boolean;
  readonly onSelect: (isSelected: boolean) => void;
  readonly onCopy: () => void;
}

function PromotionRow(props: PromotionRowProps) {
  const { project, flag, from, to, isDrafted } = props;
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 p-3">
        <Checkbox
          aria-label={t("promotion.select", { flag: flag.name })}
          isSelected={props.isSelected}
          isDisabled={isDrafted}
          onChange={props.onSelect}
        />
        <div className="min-w-0 flex-1">
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: flag.key }}
            search={{ env: to.key }}
            translate="no"
            className="rounded font-semibold hover:text-link"
          >
            {flag.name}
          </Link>
          <code translate="no" className="block truncate font-mono text-xs text-ink3">
            {flag.key}
          </code>
        </div>
        {isDrafted ? (
          <Link
            to="/p/$project/flags/$flag/targeting"
            params={{ project, flag: flag.key }}
            search={{ env: to.key }}
            className={buttonClass()}
          >
            <span className="size-2 rounded-full bg-signal" aria-hidden="true" />
            {t("promotion.review")}
          </Link>
        ) : (
          <Button isDisabled={props.isBusy} onPress={props.onCopy}>
            {t("promotion.copy", { environment: to.name })}
          </Button>
        )}
      </div>
      <div className="grid border-t border-line text-[13px] md:grid-cols-[1fr_1fr_2fr]">
        <Served flag={flag} environment={from} />
        <Served flag={flag} environment={to} />
        <Sentences flag={flag} from={from} to={to} />
      </div>
    </li>
  );
}

function Served({ flag, environment }: { flag: FlagRepresentation; environment: Environment }) {
  const configuration = flag.environments[environment.key];
  return (
    <div className="border-line p-3 max-md:border-b md:border-r">
      <EnvironmentName name={environment.name} isCritical={environment.critical} />
      <p className="mt-0.5 text-ink2">
        {configuration !== undefined && servingOf(flag, configuration)}
      </p>
    </div>
  );
}

/** Which variation another flag has to serve is told by place here; ids are asked for when it is copied. */
const byPlace = (key: string, index: number) => `${key} ${index}`;

const Sentences = memo(function Sentences({
  flag,
  from,
  to,
}: Pick<PromotionRowProps, "flag" | "from" | "to">) {
  const sentences = useMemo(
    () => sentencesOf(flagStateOf(flag, byPlace), from.key, to.key),
    [flag, from.key, to.key],
  );
  return (
    <div className="min-w-0 p-3">
      <p className="text-ink3">{t("promotion.would", { environment: to.name })}</p>
      <ul translate="no" className="mt-0.5 list-disc space-y-0.5 pl-4">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
});

function sentencesOf(flag: FlagState, from: string, to: string): readonly string[] {
  let count = 0;
  const newId = () => `copied-${count++}`;
  const instructions = promotionOf(flag, { from, to, newId });
  return [...new Set(describeFlagInstructions(instructions, flag, to))];
}
