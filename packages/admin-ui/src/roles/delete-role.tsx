import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { holdersOf } from "./holders.ts";
import { type CustomRole, rolePath, rolesPath } from "./role.ts";
import { t } from "./text.ts";

/** Deletes a role that nobody holds; where somebody does, it says who has to be looked at first. */
export function DeleteRole({ role }: { readonly role: CustomRole }) {
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const { name, assignedTo } = role;
  const denied = useUnavailable("deleteRole", `role/${role.key}`);
  const isHeld = assignedTo.membersCount + assignedTo.teamsCount > 0;
  const held = isHeld ? t("role.delete.held", { holders: holdersOf(role) }) : undefined;
  const remove = useChange<void>({
    path: rolesPath,
    send: async () => {
      await request("DELETE", rolePath(role.key));
      await navigate({ to: "/account/roles" });
    },
    done: () => t("role.deleted", { name }),
    failed: () => t("role.delete.title", { name }),
  });
  return (
    <>
      {held !== undefined && (
        <span className="max-w-80 self-center text-xs text-ink3 sm:text-right">{held}</span>
      )}
      <Button look="danger" unavailable={denied ?? held} onPress={() => setAsked(true)}>
        {t("role.delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t("role.delete.title", { name })}
        action={t("role.delete")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => {
          setAsked(false);
          remove.mutate();
        }}
      >
        <p>{t("role.delete.words")}</p>
      </ConfirmDialog>
    </>
  );
}
