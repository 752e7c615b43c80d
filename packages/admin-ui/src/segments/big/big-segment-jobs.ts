import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { refresh, resource } from "../../api/queries.ts";
import { request, sendFile } from "../../api/request.ts";
import { sayFailure } from "../../ui/toast.tsx";
import { t } from "./text.ts";

export type ImportMode = "merge" | "replace";

export interface ImportJob {
  readonly id: string;
  readonly status:
    | "preparing"
    | "pending_approval"
    | "ready"
    | "in_progress"
    | "complete"
    | "stopped";
  readonly files: readonly { readonly filename: string }[];
  readonly problems: readonly { readonly line?: number; readonly message: string }[];
}

interface ExportJob {
  readonly id: string;
  readonly status: "in_progress" | "complete" | "stopped";
  readonly size: string;
  readonly _links: {
    readonly self: { readonly href: string };
    readonly download?: { readonly href: string };
  };
}

const pollMs = 700;

function isUnderWay(status: string | undefined): boolean {
  return status === undefined || ["preparing", "ready", "in_progress"].includes(status);
}

/** A file on its way into a segment, from here until it is taken in. */
export function useImport(path: string) {
  const client = useQueryClient();
  const [place, setPlace] = useState("");
  const sending = useMutation({
    mutationFn: ({ file, mode }: { readonly file: File; readonly mode: ImportMode }) => {
      const query = new URLSearchParams({ mode, fileName: file.name });
      const type = /\.(jsonl|ndjson)$/u.test(file.name) ? "application/x-ndjson" : "text/csv";
      return sendFile(`${path}/imports?${query}`, file, type);
    },
    onSuccess: setPlace,
    onError: (error, { file }) =>
      sayFailure(t("big.import.failed", { file: file.name }), error.message),
  });
  const job = useQuery({
    ...resource<ImportJob>(place),
    enabled: place !== "",
    refetchInterval: ({ state }) => (isUnderWay(state.data?.status) ? pollMs : false),
  });
  const status = job.data?.status;
  useEffect(() => {
    if (status === "complete") void refresh(client, path);
  }, [client, path, status]);
  return { send: sending.mutate, isSending: sending.isPending, job: job.data };
}

/** A file of a segment's members, from here until it can be downloaded. */
export function useExport(path: string, segment: string) {
  const [place, setPlace] = useState("");
  const asking = useMutation({
    mutationFn: () => request<ExportJob>("POST", `${path}/exports`),
    onSuccess: ({ _links }) => setPlace(_links.self.href),
    onError: (error) => sayFailure(t("big.export.failed", { segment }), error.message),
  });
  const job = useQuery({
    ...resource<ExportJob>(place),
    enabled: place !== "",
    refetchInterval: ({ state }) => (isUnderWay(state.data?.status) ? pollMs : false),
  });
  return { ask: () => asking.mutate(), isAsking: asking.isPending, job: job.data };
}
