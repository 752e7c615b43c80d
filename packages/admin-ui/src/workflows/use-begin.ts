import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { useEnvironments } from "../flags/flag-queries.ts";
import { type BeginForm, bodyOf, isComplete, newForm } from "./begin.ts";
import { stageNameIn, variationsOf } from "./stage-name.ts";
import { t } from "./text.ts";
import { flagWorkflowsPath, workflowsPath } from "./workflow.ts";

interface NamedFlag {
  readonly key: string;
  readonly name: string;
}

/** A workflow that is about to begin: what has been chosen, and how it is sent. */
export function useBegin(project: string) {
  const environments = useEnvironments(project).data?.items ?? [];
  const [chosen, setForm] = useState(newForm(""));
  const [refusal, setRefusal] = useState<string>();
  const form = { ...chosen, environment: chosen.environment || (environments[0]?.key ?? "") };
  const flags =
    useQuery(resource<Items<NamedFlag>>(apiPath("projects", project, "flag-names"))).data?.items ??
    [];
  const flag = flags.find(({ key }) => key === form.flag);
  const usualName = flag === undefined ? "" : t("begin.name.gradual", { flag: flag.name });
  const name = form.name === "" ? usualName : form.name;
  const known = useQuery({ ...variationsOf(project, form.flag), enabled: form.flag !== "" });
  const nameOf = stageNameIn(known.data?.variations ?? [], form.gradual.variationId);
  const begin = useChange<void>({
    path: workflowsPath(project),
    send: () =>
      request(
        "POST",
        flagWorkflowsPath(project, form.flag, form.environment),
        bodyOf(form, name.trim(), nameOf),
      ),
    done: () => t("begin.begun", { name }),
    failed: () => t("begin.failed"),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  return {
    form,
    set: (part: Partial<BeginForm>) => setForm({ ...form, ...part }),
    flags,
    environments,
    name,
    begin,
    refusal,
    isComplete: isComplete(form) && name.trim() !== "",
  };
}

export type Beginning = ReturnType<typeof useBegin>;
