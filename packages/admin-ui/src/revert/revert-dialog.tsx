import type { FlagState } from "@halyard/instructions";
import { useMemo, useState } from "react";
import { semanticPatch, useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { RequestError } from "../api/request.ts";
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
            <Button
              look="primary"
              isPending={revert.isPending}
              onPress={() => revert.act({ plan, etag, comment })}
            >
              {critical.length === 0
                ? t("revert.confirm")
                : t("revert.confirm.critical", {
                    environment: formatList(critical.map(({ name }) => name)),
                  })}
            </Button>
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
            <Obstacles
              plan={plan}
              nameOf={(one) => environments.find(({ key }) => key === one)?.name ?? one}
            />
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
          {revert.problem !== undefined && <Notice tone="danger">{revert.problem}</Notice>}
        </div>
      </div>
    </Dialog>
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
  const [problem, setProblem] = useState<string>();
  const path = apiPath("flags", project, flag);
  const change = useChange<Confirmed>({
    path: "/api/v2/",
    send: ({ plan, etag, comment }) =>
      semanticPatch(path, patchOf(plan, revertComment(entry._id, comment)), etag),
    done: () => t("revert.done", { title: entry.titleVerb }),
    undo: ({ plan }) => semanticPatch(path, patchOf(planTo(plan.outcome, plan.today), "")),
    failed: () => t("revert.failed"),
    onRefusal: (error) => {
      setProblem(wordsFor(error));
      return true;
    },
  });
  return {
    isPending: change.isPending,
    problem,
    act: (confirmed: Confirmed) => {
      setProblem(undefined);
      change.mutate(confirmed, { onSuccess: onDone });
    },
  };
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
