import type { FlagState } from "@halyard/instructions";
import { useMemo, useState } from "react";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { RequestError } from "../api/request.ts";
import { askApproval, needsApproval } from "../approvals/ask-approval.ts";
import { type AuditEntry, placeOf, revertComment } from "../audit/audit-entry.ts";
import { flagChange } from "../change-words/change-in-words.ts";
import { ChangeView } from "../change-words/change-view.tsx";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useFlagState } from "../flags/state/use-flag-state.ts";
import { formatList } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { t as kit } from "../ui/text.ts";
import { atBeginning, partInWords } from "./part-words.ts";
import { patchOf, planTo, type RevertPlan, revertPlan } from "./revert-plan.ts";
import { t } from "./text.ts";

interface RevertDialogProps {
  readonly entry: AuditEntry;
  /** What the entry changed. */
  readonly change: { readonly before: FlagState; readonly after: FlagState };
  readonly project: string;
  readonly onClose: () => void;
}

/** Shows what taking a change back would do to the flag as it is today, and does it. */
export function RevertDialog({ entry, change, project, onClose }: RevertDialogProps) {
  const key = placeOf(entry).flag ?? "";
  const { state: today, etag, error, retry } = useFlagState(project, key);
  const environments = useEnvironments(project).data?.items ?? [];
  const nameOf = (one: string) => environments.find(({ key }) => key === one)?.name ?? one;
  const [comment, setComment] = useState("");
  const plan = useMemo(
    () => (today === undefined ? undefined : revertPlan({ ...change, today })),
    [change, today],
  );
  const revert = useRevert({ entry, project, flag: key, onDone: onClose });
  const critical = environments.filter(
    (one) => one.critical && plan?.environments.includes(one.key) === true,
  );
  const canRevert =
    plan !== undefined && plan.instructions.length > 0 && plan.obstacle === undefined;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="medium"
      isHeld={comment !== ""}
      title={t.rich("revert.title", {
        title: (
          <span key="title" translate="no">
            {entry.titleVerb}
          </span>
        ),
      })}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {canRevert ? kit("kit.cancel") : kit("kit.close")}
          </Button>
          {canRevert && (
            <Confirm
              critical={critical.map(({ name }) => name)}
              revert={revert}
              confirmed={{ plan, etag, comment }}
            />
          )}
        </>
      }
    >
      <div className="mt-1 space-y-3">
        <p className="text-ink2">{t("revert.words")}</p>
        {error !== null && plan === undefined && <FlagError error={error} onRetry={retry} />}
        {error === null && plan === undefined && <PlanSkeleton />}
        {plan !== undefined && (
          <>
            <Obstacles plan={plan} nameOf={nameOf} />
            {canRevert && (
              <>
                <h3 className="text-[13px] font-semibold">{t("revert.will")}</h3>
                <ChangeView
                  parts={flagChange(plan.today, plan.outcome)}
                  environments={environments}
                />
                <TextField
                  label={t("revert.comment")}
                  description={t("revert.comment.words")}
                  value={comment}
                  onChange={setComment}
                  // What is asked before is read before: the field has the focus, and no key sends it.
                  autoFocus
                />
              </>
            )}
          </>
        )}
        <div role="alert">
          {revert.problem !== undefined && !revert.canAsk && (
            <Notice tone="danger">{revert.problem}</Notice>
          )}
          {revert.canAsk && plan?.environments[0] !== undefined && (
            <Notice tone="critical">
              {t("revert.needsApproval", { environment: nameOf(plan.environments[0]) })}
            </Notice>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface ConfirmProps {
  readonly critical: readonly string[];
  readonly revert: ReturnType<typeof useRevert>;
  readonly confirmed: Confirmed;
}

/** Reverts, or where that takes others' word asks for it. */
function Confirm({ critical, revert, confirmed }: ConfirmProps) {
  const { isPending, canAsk } = revert;
  const words =
    critical.length === 0
      ? t("revert.confirm")
      : t("revert.confirm.critical", { environment: formatList(critical) });
  return (
    <Button
      look="primary"
      isPending={isPending}
      onPress={() => (canAsk ? revert.ask(confirmed) : revert.act(confirmed))}
    >
      {canAsk ? t("revert.askApproval") : words}
    </Button>
  );
}

interface Reverting {
  readonly entry: AuditEntry;
  readonly project: string;
  readonly flag: string;
  readonly onDone: () => void;
}

interface Confirmed {
  readonly plan: RevertPlan;
  readonly etag: string;
  readonly comment: string;
}

function useRevert({ entry, project, flag, onDone }: Reverting) {
  const [problem, setProblem] = useState<Error>();
  const path = apiPath("flags", project, flag);
  const title = entry.titleVerb;
  const onRefusal = (error: Error) => {
    setProblem(error);
    return true;
  };
  const change = useChange<Confirmed>({
    path: "/api/v2/",
    send: ({ plan, etag, comment }) =>
      semanticPatch(path, patchOf(plan, revertComment(entry._id, comment)), etag),
    done: () => t("revert.done", { title }),
    undo: ({ plan }) => semanticPatch(path, patchOf(planTo(plan.outcome, plan.today), "")),
    failed: () => t("revert.failed"),
    onRefusal,
  });
  const asking = useChange<Confirmed>({
    path: "/api/v2/",
    send: ({ plan, comment }) =>
      askApproval({
        resourceId: `proj/${project}:env/${plan.environments[0] ?? ""}:flag/${flag}`,
        description: t("revert.title", { title }),
        instructions: plan.instructions,
        comment: revertComment(entry._id, comment),
      }),
    done: () => t("revert.asked", { title }),
    failed: () => t("revert.askFailed"),
    onRefusal,
  });
  const act = (how: typeof change) => (confirmed: Confirmed) => {
    setProblem(undefined);
    how.mutate(confirmed, { onSuccess: onDone });
  };
  return {
    isPending: change.isPending || asking.isPending,
    problem: problem === undefined ? undefined : wordsFor(problem),
    /** It was refused for want of approval, and others can be asked. */
    canAsk:
      (problem !== undefined && needsApproval(problem) && isOfOne(change.variables?.plan)) ||
      asking.isPending,
    act: act(change),
    ask: act(asking),
  };
}

/** A request is about one environment. */
function isOfOne(plan: RevertPlan | undefined): boolean {
  return plan?.environments.length === 1;
}

function wordsFor(error: Error): string {
  if (error instanceof RequestError && error.status === 412) return t("revert.stale");
  return error.message;
}

function Obstacles({
  plan,
  nameOf,
}: {
  readonly plan: RevertPlan;
  readonly nameOf: (environmentKey: string) => string;
}) {
  const { contested, obstacle, instructions } = plan;
  const parts = contested.map((part) => partInWords(part, nameOf));
  return (
    <>
      {contested.length > 0 && (
        <Notice tone="critical">
          {atBeginning(t("revert.contested", { parts: formatList(parts), count: parts.length }))}
        </Notice>
      )}
      {obstacle !== undefined && (
        <Notice tone="danger">{t("revert.obstacle", { why: obstacle })}</Notice>
      )}
      {obstacle === undefined && instructions.length === 0 && contested.length === 0 && (
        <Notice>{t("revert.nothing")}</Notice>
      )}
    </>
  );
}

function FlagError({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  if (error instanceof RequestError && error.status === 404)
    return <Notice tone="critical">{t("revert.gone")}</Notice>;
  return <ErrorState what={t("revert.flag")} error={error} onRetry={onRetry} />;
}

export function PlanSkeleton() {
  return (
    <Skeleton>
      <div className="space-y-2">
        <Bone className="h-4 w-40" />
        <Bone className="h-20 w-full" />
      </div>
    </Skeleton>
  );
}
