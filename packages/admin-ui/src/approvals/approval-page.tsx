import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { RequestError } from "../api/request.ts";
import { nameOfPerson, usePeople } from "../audit/audit-queries.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { me } from "../session/me.ts";
import { formatMoment } from "../text/format.ts";
import { Badge } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type ApprovalRequest, approvalPlace, isOpen } from "./approval.ts";
import { ApprovalActions } from "./approval-actions.tsx";
import { useApproval } from "./approval-queries.ts";
import { ApprovalStatus } from "./approval-status.tsx";
import { ReviewForm } from "./review-form.tsx";
import { Reviews } from "./reviews.tsx";
import { t } from "./text.ts";

// The language of instructions comes with it.
const RequestedChange = lazy(async () => ({
  default: (await import("./requested-change.tsx")).RequestedChange,
}));

/** One request: what it would do today, what was said about it, and the word of whoever looks. */
export function ApprovalPage() {
  const { project = "", id = "" } = useParams({ strict: false });
  const { data: request, error, refetch } = useApproval(id);
  const mine = useQuery(me).data;
  useReady(error !== null || (request !== undefined && mine !== undefined));
  if (error instanceof RequestError && error.status === 404)
    return (
      <NotFound title={t("approval.none")} words={t("approval.none.words")}>
        <Link to="/p/$project/approvals" params={{ project }} className={buttonClass()}>
          {t("approval.toList")}
        </Link>
      </NotFound>
    );
  if (error !== null && request === undefined)
    return <ErrorState what={t("approval.what")} error={error} onRetry={refetch} />;
  if (request === undefined || mine === undefined) return <SkeletonRows count={3} />;
  return (
    <>
      <PageHeader
        title={request.description}
        isName
        parents={[
          <Link key="list" to="/p/$project/approvals" params={{ project }}>
            {t("approvals.title")}
          </Link>,
        ]}
        actions={isOpen(request) && <ApprovalActions request={request} />}
      >
        <Facts request={request} />
      </PageHeader>
      <Outcome request={request} />
      <div className="grid items-start gap-4 xl:grid-cols-[1fr_24rem]">
        <Card title={request.status === "completed" ? t("approval.did") : t("approval.will")}>
          <Suspense fallback={<SkeletonRows count={2} />}>
            <RequestedChange
              change={{
                ...approvalPlace(request),
                instructions: request.instructions,
                since: request.creationDate,
                isDone: request.status === "completed",
              }}
            />
          </Suspense>
          <div className="mt-3">
            <Disclosure title={t("approval.raw")}>
              <CodeBlock
                code={JSON.stringify(request.instructions, null, 2)}
                label={t("approval.raw")}
              />
            </Disclosure>
          </div>
        </Card>
        <Card title={t("approval.reviews")}>
          <Reviews request={request} />
          {isOpen(request) && <ReviewForm request={request} memberId={mine.id} />}
        </Card>
      </div>
    </>
  );
}

function Facts({ request }: { readonly request: ApprovalRequest }) {
  const { project, environment: key, kind, key: thing } = approvalPlace(request);
  const environment = useEnvironments(project).data?.items.find((one) => one.key === key);
  const requestor = usePeople().find(({ _id }) => _id === request.requestorId);
  const name = requestor === undefined ? t("approvals.someone") : nameOfPerson(requestor);
  return (
    <>
      <ApprovalStatus request={request} />
      <Badge tone={environment?.critical === true ? "critical" : "outline"}>
        <span translate="no">{environment?.name ?? key}</span>
      </Badge>
      {kind === "flag" ? (
        <Link
          to="/p/$project/flags/$flag/targeting"
          params={{ project, flag: thing }}
          search={{ env: key }}
          translate="no"
          className="font-mono text-[13px] text-link underline"
        >
          {thing}
        </Link>
      ) : (
        <code translate="no">{thing}</code>
      )}
      <span>
        {t.rich("approvals.by", {
          name: (
            <span key="name" translate="no">
              {name}
            </span>
          ),
          time: <RelativeTime key="time" at={request.creationDate} />,
        })}
      </span>
      <span>{t("approval.needs", { count: request.approvalSettings.minNumApprovals })}</span>
      {request.executionDate !== undefined && (
        <span>{t("approval.planned", { time: formatMoment(request.executionDate) })}</span>
      )}
    </>
  );
}

/** What came of it, where something has. */
function Outcome({ request }: { readonly request: ApprovalRequest }) {
  const applier = usePeople().find(({ _id }) => _id === request.appliedByMemberId);
  const { status, appliedDate = 0, conflicts } = request;
  if (status === "completed") {
    const time = formatMoment(appliedDate);
    return (
      <div className="mb-4">
        <Notice tone="info">
          {applier === undefined
            ? t("approval.applied", { time })
            : t.rich("approval.appliedBy", {
                name: (
                  <b key="name" translate="no">
                    {nameOfPerson(applier)}
                  </b>
                ),
                time,
              })}
        </Notice>
      </div>
    );
  }
  const [conflict] = conflicts;
  if (conflict === undefined) return null;
  return (
    <div className="mb-4">
      <Notice tone="danger">{t("approval.failed", { why: conflict.reason })}</Notice>
    </div>
  );
}
