import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useUnavailable } from "../session/unavailable.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Button } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, ErrorState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { BeginSheet } from "./begin-sheet.tsx";
import { TemplatesCard } from "./templates-card.tsx";
import { t } from "./text.ts";
import { type WorkflowView, workflowsUnder, workflowViews } from "./workflow.ts";
import { WorkflowCard } from "./workflow-card.tsx";
import { useTemplates, useWorkflows } from "./workflow-queries.ts";

export interface WorkflowsSearch {
  readonly view?: WorkflowView;
}

/** The flags that are on their way in stages. */
export function WorkflowsPage() {
  const { project = "" } = useParams({ strict: false });
  const { view = "active" }: WorkflowsSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useWorkflows(project);
  const templates = useTemplates().data?.items ?? [];
  const [isBeginning, setBeginning] = useState(false);
  const cannotBegin = useUnavailable("updateFeatureWorkflows", `proj/${project}:env/*:flag/*`);
  useReady(!isPending);
  useShortcut("c", t("workflows.begin"), () => cannotBegin === undefined && setBeginning(true));
  const all = data?.items ?? [];
  const shown = workflowsUnder(view, all);
  return (
    <>
      <PageHeader
        title={t("workflows.title")}
        parents={[
          <Link key="approvals" to="/p/$project/approvals" params={{ project }}>
            {t("workflows.approvals")}
          </Link>,
        ]}
        actions={
          <Button
            look="primary"
            keys="c"
            unavailable={cannotBegin}
            onPress={() => setBeginning(true)}
          >
            {t("workflows.begin")}
          </Button>
        }
      >
        <p className="min-w-0 wrap-anywhere">{t("workflows.words")}</p>
      </PageHeader>
      {error !== null && data === undefined && (
        <ErrorState what={t("workflows.what")} error={error} onRetry={refetch} />
      )}
      {isPending && <SkeletonRows count={4} />}
      {data !== undefined && (
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="min-w-0">
            <Tabs
              label={t("workflows.views")}
              selected={view}
              onSelect={(chosen) =>
                void navigate({ to: ".", search: { view: chosen }, replace: true })
              }
              tabs={workflowViews.map((id) => ({ id, label: t(`workflows.view.${id}`) }))}
            >
              {shown.length === 0 && <Empty words={t(`workflows.empty.${view}`)} />}
              <div className="space-y-3">
                {shown.map((workflow) => (
                  <WorkflowCard key={workflow._id} project={project} workflow={workflow} />
                ))}
              </div>
            </Tabs>
          </div>
          {templates.length > 0 && <TemplatesCard templates={templates} />}
        </div>
      )}
      {isBeginning && (
        <BeginSheet project={project} templates={templates} onClose={() => setBeginning(false)} />
      )}
    </>
  );
}
