import { Link } from "@tanstack/react-router";
import { BookmarkPlus, CircleStop, Ellipsis } from "lucide-react";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { nameOfPerson, usePeople } from "../audit/audit-queries.ts";
import { Where } from "../schedules/where.tsx";
import { useUnavailable } from "../session/unavailable.ts";
import { Badge } from "../ui/badge.tsx";
import { IconButton } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Menu } from "../ui/menu.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { StageSteps } from "./stage-steps.tsx";
import { TemplateDialog } from "./template-dialog.tsx";
import { t } from "./text.ts";
import { flagWorkflowsPath, stageNumber, type Workflow, workflowsPath } from "./workflow.ts";

interface WorkflowCardProps {
  readonly project: string;
  readonly workflow: Workflow;
}

/** A flag on its way in stages: what, where, by whom, and how far. */
export function WorkflowCard({ project, workflow }: WorkflowCardProps) {
  const { name, description, flagKey, environmentKey } = workflow;
  const person = usePeople().find(({ _id }) => _id === workflow._maintainerId);
  return (
    <article className="rounded-lg border border-line bg-surface p-4">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 translate="no" className="font-semibold wrap-anywhere">
            {name}
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink2">
            <Link
              to="/p/$project/flags/$flag/targeting"
              params={{ project, flag: flagKey }}
              search={{ env: environmentKey }}
              translate="no"
              className="font-mono text-[13px] font-semibold break-all text-link hover:underline"
            >
              {flagKey}
            </Link>
            <Where project={project} environment={environmentKey} />
            <span>
              {t.rich("workflows.by", {
                name: (
                  <span key="name" {...(person === undefined ? {} : { translate: "no" as const })}>
                    {person === undefined ? t("workflows.someone") : nameOfPerson(person)}
                  </span>
                ),
                time: <RelativeTime key="time" at={workflow._creationDate} />,
              })}
            </span>
          </p>
        </div>
        <Status workflow={workflow} />
        <Actions project={project} workflow={workflow} />
      </div>
      {description !== "" && (
        <p translate="no" className="mt-2 text-ink2">
          {description}
        </p>
      )}
      <StageSteps project={project} workflow={workflow} />
    </article>
  );
}

const tones = { active: "info", completed: "on", failed: "danger" } as const;

function Status({ workflow }: { readonly workflow: Workflow }) {
  const { status } = workflow._execution;
  return (
    <Badge tone={tones[status]}>
      {status === "active"
        ? t("workflows.status.active", {
            at: stageNumber(workflow),
            count: workflow.stages.length,
          })
        : t(`workflows.status.${status}`)}
    </Badge>
  );
}

function Actions({ project, workflow }: WorkflowCardProps) {
  const { _id, name, flagKey, environmentKey } = workflow;
  const [asking, setAsking] = useState<"end" | "template">();
  const close = () => setAsking(undefined);
  const end = useChange<void>({
    path: workflowsPath(project),
    send: () => request("DELETE", `${flagWorkflowsPath(project, flagKey, environmentKey)}/${_id}`),
    done: () => t("workflows.ended", { name }),
    failed: () => t("workflows.end.failed", { name }),
  });
  const place = `proj/${project}:env/${environmentKey}:flag/${flagKey}`;
  const cannotEnd = useUnavailable("updateFeatureWorkflows", place);
  const cannotKeep = useUnavailable("createTemplate", "template/*");
  return (
    <>
      <Menu
        label={t("workflows.menu", { name })}
        isAtEnd
        sections={[
          {
            entries: [
              {
                id: "template",
                label: t("workflows.keep"),
                description: t("workflows.keep.words"),
                icon: <BookmarkPlus size={16} aria-hidden />,
                unavailable: cannotKeep,
                onPress: () => setAsking("template"),
              },
              {
                id: "end",
                label: t("workflows.end"),
                icon: <CircleStop size={16} aria-hidden />,
                isDanger: true,
                unavailable: cannotEnd,
                onPress: () => setAsking("end"),
              },
            ],
          },
        ]}
      >
        <IconButton label={t("workflows.menu", { name })} className="-my-1 -mr-2">
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      <ConfirmDialog
        isOpen={asking === "end"}
        onClose={close}
        title={t("workflows.end.title", { name })}
        action={t("workflows.end")}
        isDanger
        isBusy={end.isPending}
        onConfirm={() => end.mutate(undefined, { onSettled: close })}
      >
        <p>{t("workflows.end.words")}</p>
      </ConfirmDialog>
      {asking === "template" && <TemplateDialog workflow={workflow} onClose={close} />}
    </>
  );
}
