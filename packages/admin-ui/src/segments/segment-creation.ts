import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { semanticPatch } from "../api/change.ts";
import { apiPath, refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { say } from "../ui/toast.tsx";
import { fillingInstructions } from "./copied-segment.ts";
import { segmentPath } from "./segment-queries.ts";
import type { SegmentRepresentation } from "./segment-representation.ts";
import { t } from "./text.ts";

interface Created {
  readonly key: string;
  readonly name: string;
  /** Whose lists and rules it gets. */
  readonly model: SegmentRepresentation | undefined;
}

/** Makes the segment in one environment after the other, and goes to it. */
export function useCreation(project: string, { key, name, model }: Created) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const [isPending, setPending] = useState(false);
  async function createIn(environments: readonly string[], body: object) {
    for (const environment of environments) {
      await request("POST", apiPath("segments", project, environment), body);
      const instructions = model === undefined ? [] : fillingInstructions(model);
      if (instructions.length > 0)
        await semanticPatch(segmentPath(project, environment, key), { instructions });
    }
  }
  async function create(environments: readonly string[], body: object) {
    setPending(true);
    setProblem(undefined);
    try {
      await createIn(environments, body);
      say(t("segment.created", { segment: name }));
      await navigate({
        to: "/p/$project/segments/$segment",
        params: { project, segment: key },
        search: { env: environments.at(-1) ?? "" },
      });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
      await refresh(client, apiPath("segments", project));
    }
  }
  return {
    create: (environments: readonly string[], body: object) => void create(environments, body),
    problem,
    isPending,
  };
}
