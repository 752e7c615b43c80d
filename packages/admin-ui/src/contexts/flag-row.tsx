import { Link } from "@tanstack/react-router";
import { Pin } from "lucide-react";
import type { Environment, FeatureFlag, FlagConfig } from "../api/representations.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell } from "../ui/table.tsx";
import type { FlagEvaluation } from "./context-representation.ts";
import { GivenValue } from "./given-value.tsx";
import { PathPopover } from "./path-popover.tsx";
import { PinMenu } from "./pin-menu.tsx";
import { type PinnedContext, pinnedVariation } from "./pinned.ts";
import { reasonInWords } from "./step-words.ts";
import { t } from "./text.ts";

interface FlagRowProps {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: Environment;
  readonly answer: FlagEvaluation | undefined;
  readonly named: PinnedContext;
}

/** What a flag gives to a context in one environment, and what can be done about it. */
export function FlagRow({ project, flag, environment, answer, named }: FlagRowProps) {
  const config = flag.environments?.[environment.key];
  const pinned = pinnedVariation(config, named);
  return (
    <tr>
      <Cell className="py-2">
        <FlagName project={project} flag={flag} environment={environment.key} />
        {answer !== undefined && (
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 md:hidden">
            <GivenValue flag={flag} answer={answer} />
            <Why flag={flag} answer={answer} config={config} isPinned={pinned !== undefined} />
          </div>
        )}
      </Cell>
      <Cell className="max-w-64 max-md:hidden">
        {answer !== undefined && <GivenValue flag={flag} answer={answer} />}
      </Cell>
      <Cell className="max-md:hidden">
        {answer !== undefined && (
          <Why flag={flag} answer={answer} config={config} isPinned={pinned !== undefined} />
        )}
      </Cell>
      <Cell className="w-px text-right">
        <PinMenu
          project={project}
          flag={flag}
          environment={environment}
          context={named}
          pinned={pinned}
        />
      </Cell>
    </tr>
  );
}

interface FlagNameProps {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: string;
}

export function FlagName({ project, flag, environment }: FlagNameProps) {
  return (
    <>
      <Link
        to="/p/$project/flags/$flag/targeting"
        params={{ project, flag: flag.key }}
        search={{ env: environment }}
        translate="no"
        className="inline-block rounded leading-6 font-medium text-link hover:underline"
      >
        {flag.name}
      </Link>
      <div translate="no" className="font-mono text-[12.5px] break-all text-ink2">
        {flag.key}
      </div>
    </>
  );
}

interface WhyProps {
  readonly flag: FeatureFlag;
  readonly answer: FlagEvaluation;
  readonly config: FlagConfig | undefined;
  readonly isPinned: boolean;
}

function Why({ flag, answer, config, isPinned }: WhyProps) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <PathPopover
        flagName={flag.name}
        steps={answer.steps}
        words={reasonInWords(answer, config)}
      />
      {isPinned && (
        <Badge tone="info" icon={<Pin size={12} aria-hidden />}>
          {t("context.flags.pinned")}
        </Badge>
      )}
    </span>
  );
}
