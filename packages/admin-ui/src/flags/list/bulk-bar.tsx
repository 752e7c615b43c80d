import { Archive, ArchiveRestore, PowerOff, Tag, X } from "lucide-react";
import { useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { useUnavailability } from "../../session/unavailable.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import type { BulkAct } from "./bulk-acts.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { ListedFlag } from "./listed-flag.ts";
import { t } from "./text.ts";

interface BulkBarProps {
  readonly project: string;
  readonly flags: readonly ListedFlag[];
  /** How many fit the filter, where not all of them could be selected. */
  readonly cappedFrom: number | undefined;
  readonly environments: readonly Environment[];
  readonly tags: readonly string[];
  readonly onClear: () => void;
}

const icons = {
  tag: Tag,
  untag: Tag,
  turnOff: PowerOff,
  archive: Archive,
  restore: ArchiveRestore,
};
const actions = {
  tag: "updateTags",
  untag: "updateTags",
  turnOff: "updateOn",
  archive: "updateGlobalArchived",
  restore: "updateGlobalArchived",
} as const;

/** What can be done to all that is selected; it stays at the lower edge. */
export function BulkBar(props: BulkBarProps) {
  const { project, flags, cappedFrom, onClear } = props;
  const [act, setAct] = useState<BulkAct>();
  const why = useUnavailability();
  const areArchived = flags.every(({ archived }) => archived);
  const acts: readonly BulkAct[] = areArchived
    ? ["tag", "untag", "restore"]
    : ["tag", "untag", "turnOff", "archive"];
  return (
    <section
      aria-label={t("bulk.label")}
      className="sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line bg-raised p-2 shadow-float max-md:bottom-16"
    >
      <IconButton label={t("bulk.clear")} onPress={onClear}>
        <X size={16} aria-hidden />
      </IconButton>
      <p role="status" className="pr-2 font-medium tabular-nums max-lg:flex-1">
        {t("bulk.selected", { count: flags.length })}
        {cappedFrom !== undefined && (
          <span className="block text-xs font-normal text-ink3">
            {t("bulk.capped", { count: flags.length, total: cappedFrom })}
          </span>
        )}
      </p>
      <span aria-hidden="true" className="-mt-2 basis-full lg:hidden" />
      {acts.map((one) => {
        const Icon = icons[one];
        return (
          <Button
            key={one}
            icon={<Icon size={14} aria-hidden />}
            unavailable={why(actions[one], `proj/${project}:env/*:flag/*`)}
            onPress={() => setAct(one)}
          >
            {t(`bulk.${one}`)}
          </Button>
        );
      })}
      {act !== undefined && (
        <BulkDialog {...props} act={act} onClose={() => setAct(undefined)} onDone={onClear} />
      )}
    </section>
  );
}
