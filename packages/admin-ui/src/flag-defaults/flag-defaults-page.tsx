import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../api/queries.ts";
import { SettingsFrame } from "../settings/settings-frame.tsx";
import { useProject } from "../shell/project.ts";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { DefaultsForm } from "./defaults-form.tsx";
import { type FlagDefaults, flagDefaultsPath, type NamingConvention } from "./flag-defaults.ts";
import { NamingForm } from "./naming-form.tsx";
import { t } from "./text.ts";

/** What the project's new flags begin with, and what their keys look like. */
export function FlagDefaultsPage() {
  const project = useProject();
  const defaults = useQuery(resource<FlagDefaults>(flagDefaultsPath(project)));
  const settings = useQuery(
    resource<{ readonly namingConvention?: NamingConvention }>(apiPath("projects", project)),
  );
  const error = defaults.error ?? settings.error;
  const isReady = defaults.data !== undefined && settings.data !== undefined;
  useReady(isReady || error !== null);
  function retry() {
    void defaults.refetch();
    void settings.refetch();
  }
  return (
    <SettingsFrame title={t("defaults.title")} words={t("defaults.words")}>
      {error !== null && !isReady && (
        <ErrorState what={t("defaults.what")} error={error} onRetry={retry} />
      )}
      {error === null && !isReady && <SkeletonRows count={5} />}
      {isReady && (
        <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
          <DefaultsForm
            key={JSON.stringify(defaults.data)}
            project={project}
            saved={defaults.data}
          />
          <NamingForm
            key={JSON.stringify(settings.data.namingConvention)}
            project={project}
            saved={settings.data.namingConvention}
          />
        </div>
      )}
    </SettingsFrame>
  );
}
