import { Notice } from "../../ui/notice.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import type { ImportJob, useExport } from "./big-segment-jobs.ts";
import { t } from "./text.ts";

const problemsShown = 10;

/** How far an import is, and what kept it from being done. */
export function ImportState({ job }: { readonly job: ImportJob }) {
  const file = job.files[0]?.filename ?? "";
  switch (job.status) {
    case "complete":
      return <State tone="info">{t("big.import.complete", { file })}</State>;
    case "pending_approval":
      return <State tone="info">{t("big.import.waiting", { file })}</State>;
    case "stopped":
      return (
        <State tone="danger">
          {t("big.import.stopped", { file })}
          <ul className="mt-1 list-disc pl-5 text-[13px]">
            {job.problems.slice(0, problemsShown).map(({ line, message }) => (
              <li key={`${line} ${message}`} translate="no">
                {line === undefined ? message : t("big.import.line", { line, message })}
              </li>
            ))}
          </ul>
        </State>
      );
    case "preparing":
    case "ready":
    case "in_progress":
      return (
        <State tone="info">
          <span className="flex items-center gap-2">
            <Spinner /> {t("big.import.running", { file })}
          </span>
        </State>
      );
    default:
      return job.status satisfies never;
  }
}

interface ExportStateProps {
  readonly job: NonNullable<ReturnType<typeof useExport>["job"]>;
  readonly segment: string;
}

/** How far an export is; then where it can be had. */
export function ExportState({ job, segment }: ExportStateProps) {
  const { download } = job._links;
  if (download !== undefined) {
    const file = `${segment}.csv`;
    return (
      <State tone="info">
        <a href={download.href} download={file} className="font-medium text-link underline">
          {t("big.export.ready", { file })}
        </a>{" "}
        <span className="text-[13px] text-ink2">{t("big.export.size", { size: job.size })}</span>
      </State>
    );
  }
  if (job.status === "stopped") return <State tone="danger">{t("big.export.stopped")}</State>;
  return (
    <State tone="info">
      <span className="flex items-center gap-2">
        <Spinner /> {t("big.export.running")}
      </span>
    </State>
  );
}

function State(props: Parameters<typeof Notice>[0]) {
  return (
    <div role="status">
      <Notice {...props} />
    </div>
  );
}
