import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request as ask } from "../api/request.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatMoment } from "../text/format.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { type ApprovalRequest, approvalPlace, missingApprovals } from "./approval.ts";
import { t } from "./text.ts";

/** Apply it, or take it back: each asks before. */
export function ApprovalActions({ request }: { readonly request: ApprovalRequest }) {
  return (
    <>
      <Withdraw request={request} />
      {request.status === "pending" && <Apply request={request} />}
    </>
  );
}

function Apply({ request }: { readonly request: ApprovalRequest }) {
  const { _id: id, description, resourceId, executionDate, reviewStatus } = request;
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { project, environment: key } = approvalPlace(request);
  const environment = useEnvironments(project).data?.items.find((one) => one.key === key);
  const notAllowed = useUnavailable("applyApprovalRequest", resourceId);
  const missing = missingApprovals(request);
  const apply = useChange<void>({
    path: "/api/v2/",
    send: () => ask("POST", `${apiPath("approval-requests", id)}/apply`, {}),
    done: () => t("approval.apply.done", { title: description }),
    failed: () => t("approval.apply.failed"),
    onRefusal: ({ message }) => {
      setProblem(message);
      return true;
    },
  });
  const isDeclined =
    reviewStatus === "declined" && !request.approvalSettings.canApplyDeclinedChanges;
  const why = isDeclined
    ? t("approval.apply.declined")
    : missing > 0
      ? t("approval.apply.missing", { count: missing })
      : notAllowed;
  const action =
    environment?.critical === true
      ? t("approval.apply.in", { environment: environment.name })
      : t("approval.apply");
  const isLater = executionDate !== undefined && executionDate > Date.now();
  return (
    <>
      <Button
        look="primary"
        unavailable={why}
        onPress={() => {
          setProblem(undefined);
          setAsking(true);
        }}
      >
        {action}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t.rich("approval.apply.title", { title: <Name key="title" text={description} /> })}
        action={action}
        isBusy={apply.isPending}
        error={problem}
        onConfirm={() => apply.mutate(undefined, { onSuccess: () => setAsking(false) })}
      >
        <p>
          {isLater
            ? t("approval.apply.later", { time: formatMoment(executionDate) })
            : t("approval.apply.words")}
        </p>
      </ConfirmDialog>
    </>
  );
}

function Withdraw({ request }: { readonly request: ApprovalRequest }) {
  const { _id: id, description, resourceId } = request;
  const [isAsking, setAsking] = useState(false);
  const navigate = useNavigate();
  const { project } = approvalPlace(request);
  const notAllowed = useUnavailable("deleteApprovalRequest", resourceId);
  const withdraw = useChange<void>({
    path: `${apiPath("approval-requests")}?`,
    send: () => ask("DELETE", apiPath("approval-requests", id)),
    done: () => t("approval.withdraw.done", { title: description }),
    failed: () => t("approval.withdraw.failed"),
  });
  return (
    <>
      <Button look="quiet" unavailable={notAllowed} onPress={() => setAsking(true)}>
        {t("approval.withdraw")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t.rich("approval.withdraw.title", {
          title: <Name key="title" text={description} />,
        })}
        action={t("approval.withdraw")}
        isDanger
        // The list first: of what is gone nothing can be shown.
        onConfirm={async () => {
          await navigate({ to: "/p/$project/approvals", params: { project } });
          withdraw.mutate();
        }}
      >
        <p>{t("approval.withdraw.words")}</p>
      </ConfirmDialog>
    </>
  );
}

function Name({ text }: { readonly text: string }) {
  return <span translate="no">{text}</span>;
}
