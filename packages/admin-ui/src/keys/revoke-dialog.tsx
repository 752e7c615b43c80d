import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { environmentPath } from "./environment-key.ts";
import type { KeyProps } from "./key-props.ts";
import { KeyUsers } from "./key-user-list.tsx";
import { usersOf } from "./key-users.ts";
import { t } from "./text.ts";

interface RevokeDialogProps extends KeyProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Ends a further key, with who loses the connection by it. */
export function RevokeDialog(props: RevokeDialogProps) {
  const { row, project, environment, sdks, isOpen, onClose } = props;
  const { name = "", key } = row;
  const path = environmentPath(project, environment.key);
  const revocation = useChange({
    path,
    send: () => request("DELETE", `${path}/keys/${encodeURIComponent(key)}`),
    done: () => t("keys.revoke.done", { name }),
    failed: () => t("keys.revoke.failed", { name }),
  });
  const users = usersOf(key, environment.key, sdks);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("keys.revoke.title", { name, environment: environment.name })}
      action={t("keys.revoke.act")}
      isDanger
      isBusy={revocation.isPending}
      onConfirm={() => {
        onClose();
        revocation.mutate(undefined);
      }}
    >
      <p>{t("keys.revoke.words")}</p>
      {users.length > 0 && (
        <p>{t.rich("keys.revoke.used", { users: <KeyUsers key="users" users={users} /> })}</p>
      )}
    </ConfirmDialog>
  );
}
