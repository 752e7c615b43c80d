import type { Json } from "@halyard/evaluation";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { recipeOf, removalPrompt } from "./recipe.ts";
import { t } from "./text.ts";

interface RemovalDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly flag: string;
  readonly name: string;
  readonly keep: Json;
  readonly unavailable: string | undefined;
  readonly onArchive: () => void;
}

/** How a flag that everyone gets the same of leaves the code, and then the project. */
export function RemovalDialog(props: RemovalDialogProps) {
  const { isOpen, onClose, flag, name, keep, unavailable, onArchive } = props;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="medium"
      title={t("removal.title", { name })}
      actions={
        <>
          <p className="mr-auto max-w-sm text-[13px] text-ink2">{t("removal.archive.words")}</p>
          <Button
            unavailable={unavailable}
            onPress={() => {
              onClose();
              onArchive();
            }}
          >
            {t("removal.archive")}
          </Button>
        </>
      }
    >
      <div className="mt-1 space-y-3">
        <p className="text-ink2">{t("removal.first")}</p>
        <CodeBlock code={recipeOf(flag, keep)} label={t("removal.code")} />
        <p className="text-ink2">{t("removal.then")}</p>
        <h3 className="pt-1 font-semibold">{t("removal.prompt")}</h3>
        <CodeBlock code={removalPrompt(flag, keep)} label={t("removal.prompt.label")} />
      </div>
    </Dialog>
  );
}
