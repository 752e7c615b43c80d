import { FileUp } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import type { Environment } from "../../api/representations.ts";
import { Button } from "../../ui/button.tsx";
import { RadioGroup } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t as kit } from "../../ui/text.ts";
import type { ImportMode } from "./big-segment-jobs.ts";
import { t } from "./text.ts";

interface ImportDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly environment: Environment;
  readonly segmentName: string;
  readonly onImport: (upload: { readonly file: File; readonly mode: ImportMode }) => void;
}

/** Takes a file of members in: beside who is listed, or in their place. */
export function ImportDialog(props: ImportDialogProps) {
  const { isOpen, onClose, environment, segmentName, onImport } = props;
  const [file, setFile] = useState<File>();
  const [mode, setMode] = useState<ImportMode>("merge");
  function close() {
    setFile(undefined);
    onClose();
  }
  function start() {
    if (file !== undefined) onImport({ file, mode });
    close();
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t("big.import.title", { segment: segmentName })}
      actions={
        <>
          <Button look="quiet" onPress={close}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look={mode === "replace" ? "danger" : "primary"}
            isDisabled={file === undefined}
            onPress={start}
          >
            {t("big.import.start")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        {environment.critical && <Notice tone="critical">{t("big.critical.words")}</Notice>}
        <div className="flex flex-wrap items-center gap-3">
          <FileTrigger
            acceptedFileTypes={[".csv", ".txt", ".jsonl", ".ndjson", "text/csv"]}
            onSelect={(files) => setFile(files?.[0] ?? undefined)}
          >
            <Button icon={<FileUp size={14} aria-hidden />}>{t("big.import.choose")}</Button>
          </FileTrigger>
          {file !== undefined && (
            <span translate="no" className="min-w-0 font-mono text-[13px] break-all">
              {file.name}
            </span>
          )}
        </div>
        <p className="text-xs text-ink3">{t("big.import.none")}</p>
        <RadioGroup
          label={t("big.import.mode")}
          value={mode}
          onChange={setMode}
          choices={[
            { id: "merge", label: t("big.import.merge") },
            {
              id: "replace",
              label: t("big.import.replace"),
              description: t("big.import.replace.words"),
            },
          ]}
        />
      </div>
    </Dialog>
  );
}
