import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { readFiles, readText, UnreadableFile } from "./read-file.ts";
import type { ImportReport } from "./report.ts";
import { type GivenFile, type Source, type SourceProblem, sourceOf } from "./source.ts";
import { t } from "./text.ts";

export type Problem =
  | SourceProblem
  | { readonly kind: "unreadable"; readonly file: string; readonly message: string };

interface Chosen {
  /** Tells one choice from the next. */
  readonly at: number;
  readonly names: readonly string[];
  readonly source: Source;
}

/** An import on its way: files, then what would become of them, then what has. */
export function useImport(project: string) {
  const [chosen, setChosen] = useState<Chosen>();
  const [problem, setProblem] = useState<Problem>();
  const [environment, setEnvironment] = useState<string>();
  const [result, setResult] = useState<ImportReport>();
  const isComplete =
    chosen !== undefined && (!chosen.source.needsEnvironment || environment !== undefined);
  const ask = (isDryRun: boolean) =>
    request<ImportReport>("POST", apiPath("projects", project, "import"), {
      format: chosen?.source.format,
      documents: chosen?.source.documents,
      ...(environment === undefined ? {} : { environmentKey: environment }),
      ...(isDryRun ? { dryRun: true } : {}),
    });
  const preview = useQuery({
    queryKey: ["import preview", project, chosen?.at, environment],
    queryFn: () => ask(true),
    enabled: isComplete && result === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = useChange<void>({
    path: "/api/v2/",
    send: async () => setResult(await ask(false)),
    failed: () => t("import.failed"),
  });
  async function choose(reading: Promise<readonly GivenFile[]>) {
    reset();
    try {
      const files = await reading;
      const found = sourceOf(files);
      if ("problem" in found) setProblem(found.problem);
      else setChosen({ at: Date.now(), names: files.map(({ name }) => name), source: found });
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      setProblem({ kind: "unreadable", file: error.file, message: error.message });
    }
  }
  function reset() {
    setChosen(undefined);
    setProblem(undefined);
    setEnvironment(undefined);
    setResult(undefined);
  }
  return {
    chosen,
    problem,
    environment,
    setEnvironment,
    preview,
    change,
    result,
    reset,
    chooseFiles: (files: readonly File[]) => void choose(readFiles(files)),
    chooseText: (text: string) =>
      void choose(readText(t("import.pasted"), text).then((file) => [file])),
  };
}

export type Importing = ReturnType<typeof useImport>;
