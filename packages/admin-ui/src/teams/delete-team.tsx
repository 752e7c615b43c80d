import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { type Team, teamPath } from "./team.ts";
import { t } from "./text.ts";
import { useTeamUnavailability } from "./use-team.ts";

export function DeleteTeam({ team }: { readonly team: Team }) {
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const unavailable = useTeamUnavailability(team)("deleteTeam");
  const { name } = team;
  const remove = useChange<void>({
    path: "/api/v2/",
    send: async () => {
      await request("DELETE", teamPath(team.key));
      await navigate({ to: "/account/teams" });
    },
    done: () => t("team.done.deleted", { name }),
    failed: () => t("team.delete.title", { name }),
  });
  return (
    <>
      <Button look="danger" unavailable={unavailable} onPress={() => setAsked(true)}>
        {t("team.delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t("team.delete.title", { name })}
        action={t("team.delete")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => {
          setAsked(false);
          remove.mutate();
        }}
      >
        <p>{t("team.delete.words")}</p>
        {team._idpSynced && <p>{t("team.delete.synced")}</p>}
      </ConfirmDialog>
    </>
  );
}
