import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { apiPath, resource } from "../api/queries.ts";
import type { Environment, Items } from "../api/representations.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { ChosenSource } from "./chosen-source.tsx";
import { ExportCard } from "./export-card.tsx";
import { FileChoice } from "./file-choice.tsx";
import { MissingEnvironments } from "./missing-environments.tsx";
import { ProblemNotice } from "./problem-notice.tsx";
import { type ImportReport, rowsOf } from "./report.ts";
import { ReportView } from "./report-view.tsx";
import { t } from "./text.ts";
import { type Importing, useImport } from "./use-import.ts";
import { importedOf, inThings, summaryOf, totalOf } from "./words.ts";

/** Brings flags in from elsewhere, after saying what becomes of each; takes all of them out. */
export function ImportPage() {
  const project = useProject();
  const environments = useQuery(
    resource<Items<Environment>>(`${apiPath("projects", project, "environments")}?limit=10000`),
  ).data?.items;
  const importing = useImport(project);
  const cannotImport = useUnavailable("importFlags", `proj/${project}`);
  useReady(environments !== undefined);
  const { chosen, problem, result } = importing;
  const missing =
    environments === undefined
      ? []
      : (chosen?.source.environments ?? []).filter(({ key }) =>
          environments.every((one) => one.key !== key),
        );
  return (
    <SettingsFrame title={t("import.title")} words={t("import.words")}>
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-4">
          {result === undefined ? (
            <>
              <Card title={t("import.in")}>
                <div className="space-y-4">
                  {chosen === undefined ? (
                    <FileChoice
                      onFiles={importing.chooseFiles}
                      onText={importing.chooseText}
                      unavailable={cannotImport}
                    />
                  ) : (
                    <ChosenSource
                      project={project}
                      importing={importing}
                      environments={environments ?? []}
                    />
                  )}
                  {problem !== undefined && <ProblemNotice problem={problem} />}
                  {missing.length > 0 && (
                    <MissingEnvironments project={project} missing={missing} />
                  )}
                </div>
              </Card>
              <Preview project={project} importing={importing} unavailable={cannotImport} />
            </>
          ) : (
            <Result project={project} result={result} onAnother={importing.reset} />
          )}
        </div>
        <ExportCard project={project} />
      </div>
    </SettingsFrame>
  );
}

function Preview(props: {
  readonly project: string;
  readonly importing: Importing;
  readonly unavailable: string | undefined;
}) {
  const { project, importing, unavailable } = props;
  const { preview, change } = importing;
  if (preview.error !== null)
    return (
      <ErrorState what={t("import.preview.what")} error={preview.error} onRetry={preview.refetch} />
    );
  if (preview.isLoading) return <SkeletonRows count={4} />;
  if (preview.data === undefined || importing.chosen === undefined) return null;
  const rows = rowsOf(preview.data);
  const imported = importedOf(rows);
  return (
    <Card title={t("import.preview")}>
      <p role="status" className="mb-4 text-ink2">
        {summaryOf(rows)}
      </p>
      {rows.length > 0 && <ReportView project={project} rows={rows} isDone={false} />}
      <div className="mt-4 flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          isPending={change.isPending}
          unavailable={
            unavailable ?? (totalOf(imported) === 0 ? t("import.act.nothing") : undefined)
          }
          onPress={() => change.mutate()}
        >
          {t("import.act", { things: inThings(imported) })}
        </Button>
        <span className="text-[13px] text-ink2">{t("import.there")}</span>
      </div>
    </Card>
  );
}

function Result(props: {
  readonly project: string;
  readonly result: ImportReport;
  readonly onAnother: () => void;
}) {
  const { project, result, onAnother } = props;
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const rows = rowsOf(result);
  const imported = importedOf(rows);
  const total = totalOf(imported);
  const things = inThings(imported);
  const title =
    total === 0
      ? t("import.done.none")
      : total === 1
        ? t("import.done.one", { things })
        : t("import.done", { things });
  return (
    <Card title={t("import.result")}>
      <div className="mb-4 flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <p ref={heading} tabIndex={-1} role="status" className="text-base font-semibold">
            {title}
          </p>
          {total > 0 && <p className="mt-0.5 text-ink2">{t("import.done.words")}</p>}
        </div>
        <span className="flex flex-wrap gap-2">
          <Button onPress={onAnother}>{t("import.done.another")}</Button>
          <Link to="/p/$project/flags" params={{ project }} className={buttonClass("primary")}>
            {t("import.done.flags")}
          </Link>
        </span>
      </div>
      <ReportView project={project} rows={rows} isDone />
    </Card>
  );
}
