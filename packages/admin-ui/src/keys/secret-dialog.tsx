import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { t as kit } from "../ui/text.ts";
import { t } from "./text.ts";

interface SecretDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** The key once it is made: shown this one time. */
  readonly made: string | undefined;
  /** Verb and object. */
  readonly action: string;
  /** The form that makes it. */
  readonly form: string;
  readonly isPending: boolean;
  /** What has to be said before. */
  readonly children: ReactNode;
}

/** Asks what kind of key it shall be, makes it, and shows it once; then it closes by its button alone. */
export function SecretDialog(props: SecretDialogProps) {
  const { made, onClose, form, action, isPending } = props;
  const isMade = made !== undefined;
  return (
    <Dialog
      // Another dialog, so that the focus begins at its button.
      key={isMade ? "made" : "ask"}
      isOpen={props.isOpen}
      onClose={onClose}
      isHeld={isMade}
      title={isMade ? t("keys.made.title") : props.title}
      actions={
        isMade ? (
          <Button look="primary" autoFocus onPress={onClose}>
            {t("keys.made.done")}
          </Button>
        ) : (
          <>
            <Button look="quiet" onPress={onClose}>
              {kit("kit.cancel")}
            </Button>
            <Button look="primary" type="submit" form={form} isPending={isPending}>
              {action}
            </Button>
          </>
        )
      }
    >
      {isMade ? (
        <div className="mt-1 space-y-3">
          <p className="text-ink2">{t("keys.made.words")}</p>
          <CodeBlock code={made} label={t("keys.made.title")} />
        </div>
      ) : (
        props.children
      )}
    </Dialog>
  );
}
