import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { CalendarClock, Workflow } from "lucide-react";
import { useRef } from "react";
import { nameOfPerson, usePeople } from "../audit/audit-queries.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { me } from "../session/me.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { RelativeTime } from "../ui/time.tsx";
import {
  type ApprovalRequest,
  type ApprovalView,
  approvalPlace,
  approvalViews,
  countedApprovals,
  requestsUnder,
} from "./approval.ts";
import { useApprovals } from "./approval-queries.ts";
import { ApprovalStatus } from "./approval-status.tsx";
import { t } from "./text.ts";

/** What waits for a word of mine, what I have asked for, and everything else that was asked for. */
export function ApprovalsPage() {
  const { project = "" } = useParams({ strict: false });
  const { view = "review" }: { view?: ApprovalView } = useSearch({ strict: false });
  const navigate = useNavigate();
  const approvals = useApprovals();
  const mine = useQuery(me).data;
  const list = useRef<HTMLUListElement>(null);
  const all = approvals.data?.items;
  const isReady = all !== undefined && mine !== undefined;
  useReady(isReady || approvals.error !== null);
  useShortcut("j", t("approvals.next"), () => focusRow(list.current, 1));
  useShortcut("k", t("approvals.previous"), () => focusRow(list.current, -1));
  const under = (one: ApprovalView) =>
    isReady ? requestsUnder(one, all, { project, memberId: mine.id }) : [];
  const shown = under(view);
  return (
    <>
      <PageHeader
        title={t("approvals.title")}
        actions={
          <>
            <Link
              to="/p/$project/approvals/workflows"
              params={{ project }}
              className={buttonClass()}
            >
              <Workflow size={16} aria-hidden />
              {t("approvals.workflows")}
            </Link>
            <Link
              to="/p/$project/approvals/schedule"
              params={{ project }}
              className={buttonClass()}
            >
              <CalendarClock size={16} aria-hidden />
              {t("approvals.schedule")}
            </Link>
          </>
        }
      />
      <Tabs
        label={t("approvals.views")}
        selected={view}
        onSelect={(chosen) => void navigate({ to: ".", search: { view: chosen }, replace: true })}
        tabs={approvalViews.map((id) => ({
          id,
          label: <TabName view={id} count={under(id).length} />,
        }))}
      >
        {approvals.error !== null && all === undefined && (
          <ErrorState
            what={t("approvals.what")}
            error={approvals.error}
            onRetry={approvals.refetch}
          />
        )}
        {approvals.isPending && <SkeletonRows count={4} />}
        {isReady && shown.length === 0 && <Empty words={t(`approvals.empty.${view}`)} />}
        {shown.length > 0 && (
          <ul ref={list} className="divide-y divide-line rounded-lg border border-line bg-surface">
            {shown.map((request) => (
              <Row key={request._id} request={request} project={project} />
            ))}
          </ul>
        )}
      </Tabs>
    </>
  );
}

function TabName({ view, count }: { readonly view: ApprovalView; readonly count: number }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      {t(`approvals.view.${view}`)}
      {count > 0 && view !== "done" && (
        <span className="rounded bg-sunken px-1.5 text-xs font-medium text-ink2 tabular-nums">
          {count}
        </span>
      )}
    </span>
  );
}

function Row({
  request,
  project,
}: {
  readonly request: ApprovalRequest;
  readonly project: string;
}) {
  const people = usePeople();
  const environments = useEnvironments(project).data?.items;
  const { environment: key, key: thing } = approvalPlace(request);
  const environment = environments?.find((one) => one.key === key);
  const requestor = people.find(({ _id }) => _id === request.requestorId);
  const name = requestor === undefined ? t("approvals.someone") : nameOfPerson(requestor);
  const { minNumApprovals } = request.approvalSettings;
  return (
    <li>
      <Link
        to="/p/$project/approvals/$id"
        params={{ project, id: request._id }}
        className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2.5 hover:bg-chosen/70"
      >
        <Avatar name={name} isNameBeside />
        <span className="min-w-0 flex-1 basis-60">
          <span translate="no" className="block font-semibold">
            {request.description}
          </span>
          <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink2">
            <Badge tone={environment?.critical === true ? "critical" : "outline"}>
              <span translate="no">{environment?.name ?? key}</span>
            </Badge>
            <code translate="no">{thing}</code>
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
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-2 max-sm:pl-10">
          {request.status === "pending" && (
            <span className="text-xs text-ink2 tabular-nums">
              {t("approvals.count", {
                approved: countedApprovals(request),
                needed: minNumApprovals,
              })}
            </span>
          )}
          <ApprovalStatus request={request} />
        </span>
      </Link>
    </li>
  );
}

function focusRow(list: HTMLElement | null, step: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLElement>("a") ?? [])];
  const at = links.findIndex((link) => link.contains(document.activeElement));
  links[at === -1 ? 0 : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
}
