import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, refresh, resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { t } from "./text.ts";

interface ProjectSettings {
  readonly key: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** What a project is called. */
export function GeneralSettingsPage() {
  const project = useProject();
  const { data, error, refetch, isPending } = useQuery(
    resource<ProjectSettings>(apiPath("projects", project)),
  );
  useReady(!isPending);
  return (
    <SettingsFrame title={t("settings.general")}>
      {error && <ErrorState what={t("project.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={3} />}
      {data !== undefined && (
        <div className="max-w-2xl space-y-4">
          <ProjectForm key={JSON.stringify(data)} project={data} />
          <DangerZone project={data} />
        </div>
      )}
    </SettingsFrame>
  );
}

function ProjectForm({ project }: { readonly project: ProjectSettings }) {
  const [name, setName] = useState(project.name);
  const [tags, setTags] = useState(project.tags);
  const place = `proj/${project.key}`;
  const wanted = { name, tags };
  const patch = Object.entries(wanted)
    .filter(
      ([member, value]) =>
        JSON.stringify(value) !== JSON.stringify(project[member as keyof typeof wanted]),
    )
    .map(([member, value]) => ({ op: "replace", path: `/${member}`, value }));
  const change = useChange<void>({
    path: apiPath("projects"),
    send: () => request("PATCH", apiPath("projects", project.key), patch),
    done: () => t("project.saved"),
    failed: () => t("project.save.failed"),
  });
  const forbidden = useUnavailable("updateProjectName", place);
  return (
    <Card>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <TextField label={t("project.name")} value={name} onChange={setName} isRequired />
        <div>
          <span className="block text-[13px] font-medium">{t("project.key")}</span>
          <KeyCopy value={project.key} />
        </div>
        <ChipsField label={t("project.tags")} values={tags} onChange={setTags} />
        <Button
          type="submit"
          look="primary"
          isPending={change.isPending}
          unavailable={forbidden ?? (patch.length === 0 ? t("settings.none") : undefined)}
        >
          {t("settings.save")}
        </Button>
      </form>
    </Card>
  );
}

function DangerZone({ project }: { readonly project: ProjectSettings }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const change = useChange<void>({
    path: apiPath("projects"),
    send: () => request("DELETE", apiPath("projects", project.key)),
    failed: () => t("project.delete.failed"),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  async function leave() {
    await refresh(queries, apiPath("projects"));
    await navigate({ to: "/" });
  }
  return (
    <Card title={t("project.danger")}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-ink2">{t("project.danger.words")}</p>
        <Button
          look="danger"
          unavailable={useUnavailable("deleteProject", `proj/${project.key}`)}
          onPress={() => setAsking(true)}
        >
          {t("project.delete")}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("project.delete.title", { name: project.name })}
        action={t("project.delete")}
        typed={project.key}
        isDanger
        isBusy={change.isPending}
        error={refusal}
        onConfirm={() =>
          change.mutate(undefined, {
            onSuccess: () => void leave(),
          })
        }
      >
        <p>{t("project.delete.words")}</p>
      </ConfirmDialog>
    </Card>
  );
}
