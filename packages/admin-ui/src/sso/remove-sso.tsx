import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { ssoPath } from "./sso.ts";
import { t } from "./text.ts";

export function RemoveSso({ unavailable }: { readonly unavailable: string | undefined }) {
  const [isAsked, setAsked] = useState(false);
  const remove = useChange<void>({
    path: ssoPath,
    send: () => request("DELETE", ssoPath),
    done: () => t("sso.removed"),
    failed: () => t("sso.remove.failed"),
  });
  return (
    <>
      <Button
        look="danger"
        className="ml-auto"
        unavailable={unavailable}
        onPress={() => setAsked(true)}
      >
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
