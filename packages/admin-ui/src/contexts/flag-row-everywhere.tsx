import type { Environment, FeatureFlag } from "../api/representations.ts";
import { Cell } from "../ui/table.tsx";
import type { FlagEvaluation } from "./context-representation.ts";
import { FlagName } from "./flag-row.tsx";
import { GivenValue } from "./given-value.tsx";
import { PathPopover } from "./path-popover.tsx";
import { reasonInWords } from "./step-words.ts";

interface FlagRowEverywhereProps {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environments: readonly Environment[];
  /** By the place of the environment. */
  readonly answers: readonly (FlagEvaluation | undefined)[];
}

/** What a flag gives to a context, a cell for each environment. */
export function FlagRowEverywhere({
  project,
  flag,
  environments,
  answers,
}: FlagRowEverywhereProps) {
  return (
    <tr>
      <Cell className="py-2">
        <FlagName project={project} flag={flag} environment={environments.at(-1)?.key ?? ""} />
      </Cell>
      {environments.map(({ key }, at) => {
        const answer = answers[at];
        return (
          <Cell key={key} className="max-w-64 min-w-40 py-2">
            {answer !== undefined && (
              <>
                <GivenValue flag={flag} answer={answer} />
                <div>
                  <PathPopover
                    flagName={flag.name}
                    steps={answer.steps}
                    words={reasonInWords(answer, flag.environments?.[key])}
                  />
                </div>
              </>
            )}
          </Cell>
        );
      })}
    </tr>
  );
}
