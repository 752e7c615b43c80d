import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { t } from "../settings/text.ts";
import { useProject } from "../shell/project.ts";
import { Badge, EnvironmentName } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { type EnvironmentSettings, environmentsPath } from "./environment.ts";
import { EnvironmentSheet } from "./environment-sheet.tsx";

/** The environments of a project, their order, and what each asks of those who change flags there. */
export function EnvironmentListPage() {
  const project = useProject();
  const { data, error, refetch, isPending } = useQuery(
    resource<Items<EnvironmentSettings>>(`${environmentsPath(project)}?limit=10000`),
  );
  const [edited, setEdited] = useState<EnvironmentSettings | "new">();
  const [deleted, setDeleted] = useState<EnvironmentSettings>();
  useReady(!isPending);
  const environments = data?.items ?? [];
  const cannotCreate = useUnavailable("createEnvironment", `proj/${project}:env/*`);
  return (
    <SettingsFrame
      title={t("environment.title")}
      words={t("environment.words")}
      actions={
        <Button look="primary" unavailable={cannotCreate} onPress={() => setEdited("new")}>
          {t("environment.create")}
        </Button>
      }
    >
      {error && <ErrorState what={t("environment.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      <ul className="space-y-3">
        {environments.map((environment) => (
          <EnvironmentRow
            key={environment.key}
            project={project}
            environment={environment}
            isLast={environments.length === 1}
            onEdit={() => setEdited(environment)}
            onDelete={() => setDeleted(environment)}
          />
        ))}
      </ul>
      {edited !== undefined && (
        <EnvironmentSheet
          project={project}
          environments={environments}
          edited={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
      {deleted !== undefined && (
        <DeleteEnvironment
          project={project}
          environment={deleted}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </SettingsFrame>
  );
}

function EnvironmentRow(props: {
  readonly project: string;
  readonly environment: EnvironmentSettings;
  readonly isLast: boolean;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}) {
  const { environment, project } = props;
  const place = `proj/${project}:env/${environment.key}`;
  const cannotEdit = useUnavailable("updateName", place);
  const cannotDelete = useUnavailable("deleteEnvironment", place);
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface p-3">
      <span
        aria-hidden="true"
        className="size-3 shrink-0 rounded-full border border-line2"
        style={{ background: `#${environment.color.replace("#", "")}` }}
      />
      <span className="min-w-40 flex-1">
        <EnvironmentName name={environment.name} isCritical={environment.critical} />
        <code translate="no" className="block truncate text-[13px] text-ink2">
          {environment.key}
        </code>
      </span>
      <span className="flex flex-wrap gap-1.5">
        <CareBadges environment={environment} />
      </span>
      <span className="flex gap-2">
        <Button unavailable={cannotEdit} onPress={props.onEdit}>
          {t("environment.edit.short")}
        </Button>
        <Button
          look="quiet"
          unavailable={cannotDelete ?? (props.isLast ? t("environment.last") : undefined)}
          onPress={props.onDelete}
        >
          {t("environment.delete.short")}
        </Button>
      </span>
    </li>
  );
}

function CareBadges({ environment }: { readonly environment: EnvironmentSettings }) {
  const { approvalSettings } = environment;
  return (
    <>
      {environment.confirmChanges && <Badge>{t("environment.confirm.badge")}</Badge>}
      {environment.requireComments && <Badge>{t("environment.comment.badge")}</Badge>}
      {environment.secureMode && <Badge>{t("environment.secure.badge")}</Badge>}
      {approvalSettings?.required === true && (
        <Badge>
          {t("environment.approval.badge", { count: approvalSettings.minNumApprovals })}
        </Badge>
      )}
    </>
  );
}

function DeleteEnvironment(props: {
  readonly project: string;
  readonly environment: EnvironmentSettings;
  readonly onClose: () => void;
}) {
  const { project, environment, onClose } = props;
  const [refusal, setRefusal] = useState<string>();
  const { key, name } = environment;
  const change = useChange<void>({
    path: environmentsPath(project),
    send: () => request("DELETE", `${environmentsPath(project)}/${key}`),
    done: () => t("environment.deleted", { name }),
    failed: () => t("environment.delete.failed", { name }),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("environment.delete", { name })}
      action={t("environment.delete", { name })}
      typed={key}
      isDanger
      isBusy={change.isPending}
      error={refusal}
      onConfirm={() => change.mutate(undefined, { onSuccess: onClose })}
    >
      <p>{t("environment.delete.words")}</p>
    </ConfirmDialog>
  );
}
