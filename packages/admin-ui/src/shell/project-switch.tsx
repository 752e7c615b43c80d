import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { resource } from "../api/queries.ts";
import type { Items, Project } from "../api/representations.ts";
import { Select } from "../ui/select.tsx";
import { useProject } from "./project.ts";
import { t } from "./text.ts";

export const projects = resource<Items<Project>>("/api/v2/projects?limit=10000");

export function ProjectSwitch() {
  const project = useProject();
  const navigate = useNavigate();
  const { data } = useQuery(projects);
  const known = data?.items ?? [{ key: project, name: project }];
  return (
    <Select
      label={t("shell.project")}
      isLabelHidden
      areNames
      choices={known.map(({ key, name }) => ({ id: key, label: name }))}
      value={project}
      onChange={(chosen) => void navigate({ to: "/p/$project/flags", params: { project: chosen } })}
      className="mb-3 font-medium md:max-lg:px-1 md:max-lg:[&_button]:px-1.5 md:max-lg:[&_button]:text-xs md:max-lg:[&_button>svg]:hidden"
    />
  );
}
