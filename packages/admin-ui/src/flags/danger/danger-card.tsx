import { Archive, ArchiveRestore, CircleSlash, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { ArchiveDialog } from "./archive-dialog.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import { t } from "./text.ts";

/** How the flag goes: deprecated, archived, deleted; and how it comes back. */
export function DangerCard() {
  const { project, flag } = useFlagPage();
  const [open, setOpen] = useState<"archive" | "restore" | "delete">();
  const place = `proj/${project}:env/*:flag/${flag.key}`;
  const archiving = useUnavailable("updateGlobalArchived", place);
  const deleting = useUnavailable("deleteFlag", place);
  const close = () => setOpen(undefined);
  return (
    <Card title={t("danger.title")}>
      <div className="space-y-4">
        {!flag.archived && <Deprecation />}
        {flag.archived ? (
          <Step words={t("restore.words")}>
            <Button
              icon={<ArchiveRestore size={16} aria-hidden />}
              unavailable={archiving}
              onPress={() => setOpen("restore")}
            >
              {t("restore.action")}
            </Button>
          </Step>
        ) : (
          <Step words={t("archive.words")}>
            <Button
              look="danger"
              icon={<Archive size={16} aria-hidden />}
              unavailable={archiving}
              onPress={() => setOpen("archive")}
            >
              {t("archive.action")}
            </Button>
          </Step>
        )}
        <Step words={t("delete.words")}>
          <Button
            look="danger"
            icon={<Trash2 size={16} aria-hidden />}
            unavailable={deleting ?? (flag.archived ? undefined : t("delete.first"))}
            onPress={() => setOpen("delete")}
          >
            {t("delete.action")}
          </Button>
        </Step>
      </div>
      {open === "archive" && <ArchiveDialog onClose={close} />}
      {open === "restore" && <RestoreDialog onClose={close} />}
      {open === "delete" && <DeleteDialog onClose={close} />}
    </Card>
  );
}

function Step({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <div>
      <p className="mb-2 text-ink2">{words}</p>
      {children}
    </div>
  );
}

/** It serves as before, so that nothing is asked and Undo is enough. */
function Deprecation() {
  const { flag } = useFlagPage();
  const { name, deprecated: isDeprecated } = flag;
  const change = useFlagEdit();
  const unavailable = useFlagUnavailable("updateDeprecated");
  function act() {
    const [make, unmake] = isDeprecated
      ? (["restoreDeprecatedFlag", "deprecateFlag"] as const)
      : (["deprecateFlag", "restoreDeprecatedFlag"] as const);
    change.mutate({
      instructions: [{ kind: make }],
      undo: [{ kind: unmake }],
      done: isDeprecated ? t("undeprecate.done", { name }) : t("deprecate.done", { name }),
      failed: t("deprecate.failed", { name }),
      foresee: (shown) => ({ ...shown, deprecated: !isDeprecated }),
    });
  }
  return (
    <Step words={isDeprecated ? t("undeprecate.words") : t("deprecate.words")}>
      <Button
        icon={<CircleSlash size={16} aria-hidden />}
        unavailable={unavailable}
        isPending={change.isPending}
        onPress={act}
      >
        {isDeprecated ? t("undeprecate.action") : t("deprecate.action")}
      </Button>
    </Step>
  );
}
