import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";

/** Deletes an archived flag once its key is typed, and leads to the list. */
export function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const { project, flag } = useFlagPage();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string>();
  const path = apiPath("flags", project);
  const its = apiPath("flags", project, flag.key);
  const { name } = flag;
  const removal = useChange<void>({
    path,
    send: async () => {
      await request("DELETE", `${its}?dryRun=true`);
      // Away first: the page of what is gone would ask for it anew.
      await navigate({ to: "/p/$project/flags", params: { project } });
      await request("DELETE", its);
    },
    done: () => t("delete.done", { name }),
    failed: () => t("delete.failed", { name }),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("delete.title", { name })}
      action={t("delete.action")}
      typed={flag.key}
      isDanger
      isBusy={removal.isPending}
      error={refusal}
      onConfirm={() => removal.mutate()}
    >
      <p>
        {t("delete.words")} {t("delete.kept")}
      </p>
    </ConfirmDialog>
  );
}
