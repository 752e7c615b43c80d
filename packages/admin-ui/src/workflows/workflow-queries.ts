import { useQuery } from "@tanstack/react-query";
import { resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { templatesPath, type Workflow, type WorkflowTemplate, workflowsPath } from "./workflow.ts";

const checkedMs = 5_000;

/** Those of all flags. A stage begins by itself, of which no change tells: so what is under way is asked for again. */
export function useWorkflows(project: string) {
  return useQuery({
    ...resource<Items<Workflow>>(`${workflowsPath(project)}?limit=10000`),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ _execution }) => _execution.status === "active") === true
        ? checkedMs
        : false,
  });
}

export function useTemplates() {
  return useQuery(resource<Items<WorkflowTemplate>>(templatesPath));
}
