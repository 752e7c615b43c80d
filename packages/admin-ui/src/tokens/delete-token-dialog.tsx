import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { t } from "./text.ts";
import { type AccessToken, tokenPath, tokensPath } from "./token.ts";

interface DeleteTokenDialogProps {
  readonly token: AccessToken;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function DeleteTokenDialog({ token, isOpen, onClose }: DeleteTokenDialogProps) {
  const { name, lastUsed } = token;
  const remove = useChange<void>({
    path: tokensPath,
    send: () => request("DELETE", tokenPath(token._id)),
    done: () => t("token.delete.done", { name }),
    failed: () => t("token.delete.failed", { name }),
  });
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("token.delete.title", { name })}
      action={t("tokens.delete")}
      isDanger
      isBusy={remove.isPending}
      onConfirm={() => {
        onClose();
        remove.mutate();
      }}
    >
      <p>{t("token.delete.words")}</p>
      {lastUsed > 0 && (
        <p>
          {t.rich("token.delete.lastUsed", { when: <RelativeTime key="when" at={lastUsed} /> })}
        </p>
      )}
    </ConfirmDialog>
  );
}
