import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Select } from "../ui/select.tsx";
import { MadeTokenDialog } from "./made-token-dialog.tsx";
import { t } from "./text.ts";
import { type AccessToken, tokenPath, tokensPath } from "./token.ts";

interface ResetTokenDialogProps {
  readonly token: AccessToken;
  readonly onClose: () => void;
}

const hourMs = 3_600_000;
const hours = ["0", "1", "24", "168"] as const;

/** A new secret; the one so far may hold on, so that nothing stops while it is replaced. */
export function ResetTokenDialog({ token, onClose }: ResetTokenDialogProps) {
  const client = useQueryClient();
  const [former, setFormer] = useState<(typeof hours)[number]>("24");
  const [made, setMade] = useState<AccessToken>();
  const { attempt, isBusy, problem } = useAttempt();
  async function reset() {
    await attempt(async () => {
      const expiry = former === "0" ? "" : `?expiry=${Date.now() + Number(former) * hourMs}`;
      setMade(await request("POST", `${tokenPath(token._id, "reset")}${expiry}`));
      await refresh(client, tokensPath);
    });
  }
  if (made !== undefined) return <MadeTokenDialog token={made} onClose={onClose} />;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("token.reset.title", { name: token.name })}
      action={t("tokens.reset")}
      onConfirm={reset}
      isBusy={isBusy}
      error={problem}
    >
      <p>{t("token.reset.words")}</p>
      <Select
        label={t("token.reset.former")}
        choices={hours.map((id) => ({ id, label: t(`token.reset.former.${id}`) }))}
        value={former}
        onChange={setFormer}
      />
    </ConfirmDialog>
  );
}
