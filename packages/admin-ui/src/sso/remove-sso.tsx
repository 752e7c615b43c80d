import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { ssoPath } from "./sso.ts";
import { t } from "./text.ts";

export function RemoveSso({ isFixed }: { readonly isFixed: boolean }) {
  const denied = useUnavailable("updateSso", "acct");
  const unavailable = isFixed ? t("sso.unavailable.environment") : denied;
  const [isAsked, setAsked] = useState(false);
  const remove = useChange<void>({
    path: ssoPath,
    send: () => request("DELETE", ssoPath),
    done: () => t("sso.removed"),
    failed: () => t("sso.remove.failed"),
  });
  return (
    <>
      <Button look="danger" unavailable={unavailable} onPress={() => setAsked(true)}>
        {t("sso.remove")}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t("sso.remove.title")}
        action={t("sso.remove")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => {
          setAsked(false);
          remove.mutate();
        }}
      >
        <p>{t("sso.remove.words")}</p>
      </ConfirmDialog>
    </>
  );
}
