import { Download, FileUp, Plus } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { formatNumber } from "../../text/format.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Notice } from "../../ui/notice.tsx";
import { segmentPath } from "../segment-queries.ts";
import type { ShownSegment } from "../shown-segment.ts";
import { AddKeysDialog } from "./add-keys-dialog.tsx";
import { useExport, useImport } from "./big-segment-jobs.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { ExportState, ImportState } from "./job-state.tsx";
import { LookUp } from "./look-up.tsx";
import { t } from "./text.ts";

/** How many are listed in a big segment, and the ways to change that. */
export function BigMembers({ project, environment, segment }: ShownSegment) {
  const [open, setOpen] = useState<"add" | "import">();
  const path = segmentPath(project, environment.key, segment.key);
  const taking = useImport(path);
  const giving = useExport(path, segment.name);
  const { includedCount = 0, excludedCount = 0 } = segment._unboundedMetadata ?? {};
  const unavailable = useUnavailable(
    "updateIncluded",
    `proj/${project}:env/${environment.key}:segment/${segment.key}`,
  );
  const close = () => setOpen(undefined);
  const kind = segment.unboundedContextKind ?? "user";
  return (
    <Card title={t("big.title")}>
      <p className="mb-3 text-[13px] text-ink2">
        {t.rich("big.words", {
          kind: (
            <b key="kind" translate="no" className="font-medium text-ink">
              {kind}
            </b>
          ),
        })}
      </p>
      <dl className="mb-4 flex gap-8">
        <Count words={t("big.included")} count={includedCount} />
        <Count words={t("big.excluded")} count={excludedCount} />
      </dl>
      <div className="mb-4 flex flex-wrap gap-2">
        <Button
          icon={<Plus size={14} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setOpen("add")}
        >
          {t("big.add")}
        </Button>
        <Button
          icon={<FileUp size={14} aria-hidden />}
          unavailable={unavailable}
          isPending={taking.isSending}
          onPress={() => setOpen("import")}
        >
          {t("big.import")}
        </Button>
        <Button
          icon={<Download size={14} aria-hidden />}
          isPending={giving.isAsking}
          onPress={giving.ask}
        >
          {t("big.export")}
        </Button>
      </div>
      <div className="mb-4 space-y-2 empty:hidden">
        {taking.job !== undefined && <ImportState job={taking.job} />}
        {taking.job === undefined && segment._importInProgress === true && (
          <Notice tone="info">{t("big.import.runningElse")}</Notice>
        )}
        {giving.job !== undefined && <ExportState job={giving.job} segment={segment.key} />}
      </div>
      <LookUp project={project} environment={environment} segment={segment} />
      <AddKeysDialog
        isOpen={open === "add"}
        onClose={close}
        project={project}
        environment={environment}
        segment={segment}
      />
      <ImportDialog
        isOpen={open === "import"}
        onClose={close}
        environment={environment}
        segmentName={segment.name}
        onImport={taking.send}
      />
    </Card>
  );
}

function Count({ words, count }: { readonly words: string; readonly count: number }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-[13px] text-ink2">{words}</dt>
      <dd className="text-xl leading-7 font-semibold tabular-nums">{formatNumber(count)}</dd>
    </div>
  );
}
