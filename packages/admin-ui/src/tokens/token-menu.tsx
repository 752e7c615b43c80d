import { Ellipsis, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../session/unavailable.ts";
import { IconButton } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import { DeleteTokenDialog } from "./delete-token-dialog.tsx";
import { RenameTokenDialog } from "./rename-token-dialog.tsx";
import { ResetTokenDialog } from "./reset-token-dialog.tsx";
import { t } from "./text.ts";
import type { AccessToken } from "./token.ts";

/** Everything that can be done to one token. */
export function TokenMenu({ token }: { readonly token: AccessToken }) {
  const [open, setOpen] = useState<"rename" | "reset" | "delete">();
  const close = () => setOpen(undefined);
  const { name } = token;
  const at = token.serviceToken ? "service-token/*" : "token/*";
  const entries = [
    {
      id: "rename",
      label: t("tokens.rename"),
      icon: <Pencil size={16} aria-hidden />,
      unavailable: useUnavailable("updateAccessTokenName", at),
      onPress: () => setOpen("rename"),
    },
    {
      id: "reset",
      label: t("tokens.reset"),
      icon: <RefreshCw size={16} aria-hidden />,
      unavailable: useUnavailable("resetAccessToken", at),
      onPress: () => setOpen("reset"),
    },
  ];
  const remove = {
    id: "delete",
    label: t("tokens.delete"),
    icon: <Trash2 size={16} aria-hidden />,
    isDanger: true,
    unavailable: useUnavailable("deleteAccessToken", at),
    onPress: () => setOpen("delete"),
  };
  return (
    <>
      <Menu
        label={t("tokens.more", { name })}
        isAtEnd
        sections={[{ entries }, { entries: [remove] }]}
      >
        <IconButton label={t("tokens.more", { name })}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      {open === "rename" && <RenameTokenDialog token={token} onClose={close} />}
      {open === "reset" && <ResetTokenDialog token={token} onClose={close} />}
      <DeleteTokenDialog token={token} isOpen={open === "delete"} onClose={close} />
    </>
  );
}
