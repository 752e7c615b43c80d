import { Copy, GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { CloneDialog } from "./clone-dialog.tsx";
import { CopyDialog } from "./copy-dialog.tsx";
import { t } from "./text.ts";

/** From one environment to another, or into a flag of its own. */
export function CopiesCard() {
  const { project, environments } = useFlagPage();
  const [open, setOpen] = useState<"copy" | "clone">();
  const copying = useFlagUnavailable("copyFlagConfigTo");
  const cloning = useUnavailable("createFlag", `proj/${project}:env/*:flag/*`);
  const alone = environments.length < 2 ? t("copy.alone") : undefined;
  const close = () => setOpen(undefined);
  return (
    <Card title={t("copies.title")}>
      <div className="flex flex-col items-start gap-2">
        <Button
          icon={<GitCompareArrows size={16} aria-hidden />}
          unavailable={copying ?? alone}
          onPress={() => setOpen("copy")}
        >
          {t("copies.copy")}
        </Button>
        <Button
          icon={<Copy size={16} aria-hidden />}
          unavailable={cloning}
          onPress={() => setOpen("clone")}
        >
          {t("copies.clone")}
        </Button>
      </div>
      {open === "copy" && <CopyDialog onClose={close} />}
      {open === "clone" && <CloneDialog onClose={close} />}
    </Card>
  );
}
