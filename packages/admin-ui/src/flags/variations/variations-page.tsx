import { Plus } from "lucide-react";
import { useState } from "react";
import { useShortcut } from "../../shortcuts/use-shortcut.ts";
import { Button } from "../../ui/button.tsx";
import { useReady } from "../../ui/ready.ts";
import { useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { DefaultVariations } from "./default-variations.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { t } from "./text.ts";
import { VariationDialog } from "./variation-dialog.tsx";
import { type OpenDialog, VariationsTable } from "./variations-table.tsx";

/** The values that apps can get, where each is used, and what new environments begin with. */
export function VariationsPage() {
  const { flag } = useFlagPage();
  const [open, setOpen] = useState<OpenDialog>();
  const unavailable = useFlagUnavailable("updateFlagVariations");
  const isBoolean = flag.kind === "boolean";
  const noneMore = unavailable ?? (isBoolean ? t("variations.boolean") : undefined);
  useReady(true);
  useShortcut("c", t("variations.add"), () => setOpen({ dialog: "add" }), noneMore === undefined);
  const close = () => setOpen(undefined);
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-base font-semibold">{t("variations.title")}</h2>
          <p className="text-ink2">{t("variations.intro")}</p>
        </div>
        <Button
          icon={<Plus size={16} aria-hidden />}
          keys="c"
          unavailable={noneMore}
          onPress={() => setOpen({ dialog: "add" })}
        >
          {t("variations.add")}
        </Button>
      </div>
      <VariationsTable unavailable={unavailable} onOpen={setOpen} />
      <DefaultVariations />
      {open?.dialog === "add" && <VariationDialog onClose={close} />}
      {open?.dialog === "edit" && <VariationDialog index={open.index} onClose={close} />}
      {open?.dialog === "remove" && <RemoveDialog index={open.index} onClose={close} />}
    </div>
  );
}
