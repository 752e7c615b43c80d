import { type FormEvent, useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { t } from "./text.ts";
import { type AccessToken, tokenPath, tokensPath } from "./token.ts";

interface RenameTokenDialogProps {
  readonly token: AccessToken;
  readonly onClose: () => void;
}

export function RenameTokenDialog({ token, onClose }: RenameTokenDialogProps) {
  const [name, setName] = useState(token.name);
  const patch = (value: string) =>
    request("PATCH", tokenPath(token._id), [{ op: "replace", path: "/name", value }]);
  const rename = useChange<string>({
    path: tokensPath,
    send: patch,
    done: (to) => t("token.rename.done", { name: to }),
    undo: () => patch(token.name),
    failed: () => t("token.rename.failed", { name: token.name }),
  });
  function send(event: FormEvent) {
    event.preventDefault();
    onClose();
    if (name.trim() !== token.name) rename.mutate(name.trim());
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("token.rename.title", { name: token.name })}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("token.cancel")}
          </Button>
          <Button look="primary" type="submit" form="rename" isDisabled={name.trim() === ""}>
            {t("token.rename.save")}
          </Button>
        </>
      }
    >
      <form id="rename" onSubmit={send} className="mt-1">
        <TextField
          label={t("token.create.name")}
          value={name}
          onChange={setName}
          maxLength={256}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
