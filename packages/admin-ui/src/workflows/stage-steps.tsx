import { Check, CircleDot, Clock, X } from "lucide-react";
import { lazy, Suspense } from "react";
import { RelativeTime } from "../ui/time.tsx";
import { ConditionWords } from "./condition-words.tsx";
import { t } from "./text.ts";
import type { Stage, Workflow } from "./workflow.ts";

// The language of instructions comes with it.
const StageChanges = lazy(async () => ({
  default: (await import("./stage-changes.tsx")).StageChanges,
}));

const looks = {
  pending: { icon: Clock, style: "border-line2 bg-surface text-ink3" },
  active: { icon: CircleDot, style: "border-link bg-infobg text-link" },
  completed: { icon: Check, style: "border-on bg-onbg text-on" },
  failed: { icon: X, style: "border-danger bg-dangerbg text-danger" },
} as const;

/** The stages of a workflow, one below the other, and where it stands. */
export function StageSteps(props: { readonly project: string; readonly workflow: Workflow }) {
  const { project, workflow } = props;
  const { stages, _conflicts } = workflow;
  return (
    <ol aria-label={t("stage.stages")} className="mt-3">
      {stages.map((stage, at) => (
        <Step
          key={stage._id}
          project={project}
          workflow={workflow}
          stage={stage}
          number={at + 1}
          isLast={at === stages.length - 1}
          problem={_conflicts.find(({ stageId }) => stageId === stage._id)?.message}
        />
      ))}
    </ol>
  );
}

function Step(props: {
  readonly project: string;
  readonly workflow: Workflow;
  readonly stage: Stage;
  readonly number: number;
  readonly isLast: boolean;
  readonly problem: string | undefined;
}) {
  const { project, workflow, stage, number, isLast, problem } = props;
  const { status, stopDate } = stage._execution;
  const { icon: Icon, style } = looks[status];
  const isNow = status === "active";
  return (
    <li
      className="relative flex gap-3 pb-4 last:pb-0"
      {...(isNow ? { "aria-current": "step" as const } : {})}
    >
      {!isLast && (
        <span aria-hidden className="absolute top-6 bottom-0 left-[11px] w-px bg-line2/60" />
      )}
      <span
        className={`relative grid size-6 shrink-0 place-items-center rounded-full border ${style}`}
      >
        <Icon size={13} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b
            className={`font-semibold wrap-anywhere ${status === "pending" ? "text-ink2" : ""}`}
            {...(stage.name === "" ? {} : { translate: "no" as const })}
          >
            {stage.name === "" ? t("stage.unnamed", { at: number }) : stage.name}
          </b>
          <span className="text-xs text-ink3">
            {t(`stage.${status}`)}
            {stopDate !== undefined && (
              <>
                {" · "}
                <RelativeTime at={stopDate} />
              </>
            )}
          </span>
        </p>
        <Suspense fallback={<Lines count={stage.action.instructions.length} />}>
          <StageChanges project={project} workflow={workflow} stage={stage} />
        </Suspense>
        {status !== "completed" &&
          stage.conditions.map((condition) => (
            <ConditionWords key={condition._id} project={project} condition={condition} />
          ))}
        {problem !== undefined && (
          <p translate="no" className="text-[13px] text-danger">
            {problem}
          </p>
        )}
      </div>
    </li>
  );
}

/** As high as the sentences that are to come. */
function Lines({ count }: { readonly count: number }) {
  return <div aria-hidden style={{ height: `${Math.max(count, 1) * 1.25}rem` }} />;
}
