import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { RequestError } from "../api/request.ts";
import { buttonClass } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { ErrorState, NotFound } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { typedComment } from "./audit-entry.ts";
import { useAuditEntry } from "./audit-queries.ts";
import { Door } from "./door.tsx";
import { EntryEnvironment } from "./entry-environment.tsx";
import { EntrySkeleton } from "./entry-skeleton.tsx";
import { t } from "./text.ts";

// The language of instructions comes with it.
const EntryDetails = lazy(async () => ({
  default: (await import("./entry-details.tsx")).EntryDetails,
}));

/** One entry of the log, which a link leads to. */
export function AuditEntryPage() {
  const { project = "", entry: id = "" } = useParams({ strict: false });
  const { data: entry, error, refetch } = useAuditEntry(id);
  useReady(entry !== undefined || error !== null);
  const toLog = (
    <Link key="log" to="/p/$project/audit" params={{ project }}>
      {t("audit.title")}
    </Link>
  );
  if (error instanceof RequestError && error.status === 404)
    return (
      <NotFound title={t("audit.entry.none")} words={t("audit.entry.none.words")}>
        <Link to="/p/$project/audit" params={{ project }} className={buttonClass()}>
          {t("audit.entry.toLog")}
        </Link>
      </NotFound>
    );
  if (error !== null && entry === undefined)
    return <ErrorState what={t("audit.entry.what")} error={error} onRetry={refetch} />;
  if (entry === undefined) return <EntrySkeleton />;
  const comment = typedComment(entry);
  return (
    <>
      <PageHeader title={entry.title} isName parents={[toLog]}>
        <EntryEnvironment entry={entry} project={project} />
        <Door entry={entry} />
        <RelativeTime at={entry.date} />
      </PageHeader>
      {comment !== "" && (
        <p translate="no" className="mb-3 border-l-2 border-line2/50 pl-2 text-ink2">
          {comment}
        </p>
      )}
      <Suspense fallback={<EntrySkeleton />}>
        <EntryDetails id={id} project={project} />
      </Suspense>
    </>
  );
}
