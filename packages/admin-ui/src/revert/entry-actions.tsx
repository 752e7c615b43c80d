import { Check, History, LinkIcon, Undo2 } from "lucide-react";
import { useState } from "react";
import { type PlaceOfEntry, placeOf, type WholeAuditEntry } from "../audit/audit-entry.ts";
import { isFlagState, isSegmentState } from "../change-words/change-in-words.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { useCopy } from "../ui/copy.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { RevertDialog } from "./revert-dialog.tsx";
import { t } from "./text.ts";
import type { WayBack } from "./way-back.ts";

/** The ways back from an entry, where there are some, and its link. */
export function EntryActions({
  entry,
  project,
}: {
  readonly entry: WholeAuditEntry;
  readonly project: string;
}) {
  const place = placeOf(entry);
  const [opened, setOpened] = useState<"revert" | "restore" | "back">();
  const close = () => setOpened(undefined);
  const { previousVersion: before, currentVersion: after } = entry;
  const isFlag = isFlagState(before ?? after) && place.flag !== undefined;
  const isSegment = isSegmentState(before ?? after) && place.segment !== undefined;
  const isThing = isFlag || isSegment;
  const unavailable = useUnavailable(
    isSegment ? "updateRules" : "updateOn",
    entry.target.resources[0] ?? `proj/${project}`,
  );
  return (
    <div className="flex flex-wrap gap-2">
      {isThing && before !== undefined && after !== undefined && (
        <Button
          icon={<Undo2 size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setOpened("revert")}
        >
          {t("revert.action")}
        </Button>
      )}
      {isThing && after === undefined && (
        <Button
          icon={<Undo2 size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setOpened("back")}
        >
          {t("revert.back")}
        </Button>
      )}
      {isThing && after !== undefined && (
        <Button
          icon={<History size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setOpened("restore")}
        >
          {t("restore.action")}
        </Button>
      )}
      <CopyLink entry={entry} project={project} />
      {opened === "revert" && isFlagState(before) && isFlagState(after) && (
        <RevertDialog entry={entry} change={{ before, after }} project={project} onClose={close} />
      )}
      {opened === "revert" && isSegment && (
        <RestoreDialog
          entry={entry}
          way={wayTo(project, place, { auditId: entry._id })}
          onClose={close}
        />
      )}
      {opened === "back" && (
        <RestoreDialog
          entry={entry}
          way={wayTo(project, place, { auditId: entry._id })}
          onClose={close}
        />
      )}
      {opened === "restore" && (
        <RestoreDialog
          entry={entry}
          way={wayTo(project, place, { at: entry.date })}
          onClose={close}
        />
      )}
    </div>
  );
}

function wayTo(project: string, place: PlaceOfEntry, moment: WayBack["moment"]): WayBack {
  const { flag, segment = "", environment = "" } = place;
  const of =
    flag === undefined
      ? { kind: "segment" as const, key: segment, environment }
      : { kind: "flag" as const, key: flag };
  return { project, of, moment };
}

function CopyLink({
  entry,
  project,
}: {
  readonly entry: WholeAuditEntry;
  readonly project: string;
}) {
  const path = `/p/${encodeURIComponent(project)}/audit/${encodeURIComponent(entry._id)}`;
  const [isCopied, copy] = useCopy(location.origin + path);
  const Icon = isCopied ? Check : LinkIcon;
  return (
    <Button look="link" icon={<Icon size={14} aria-hidden />} onPress={copy}>
      {t("revert.link")}
    </Button>
  );
}
