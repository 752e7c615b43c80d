import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { RadioGroup } from "../ui/choice.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { type MadeRelay, type Relay, relayPath, relaysPath } from "./relay.ts";
import { t } from "./text.ts";

const hourMs = 3_600_000;
const graces = { now: 0, hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;
type Grace = keyof typeof graces;
const choices: readonly Grace[] = ["now", "hour", "day", "week"];

interface ResetRelayDialogProps {
  readonly relay: Relay;
  readonly onClose: () => void;
  readonly onMade: (made: MadeRelay) => void;
}

/** A new key, and how long the one so far holds on beside it. */
export function ResetRelayDialog({ relay, onClose, onMade }: ResetRelayDialogProps) {
  const client = useQueryClient();
  const [grace, setGrace] = useState<Grace>("day");
  const { attempt, isBusy, problem } = useAttempt();
  const send = () =>
    void attempt(async () => {
      const query = grace === "now" ? "" : `?expiry=${Date.now() + graces[grace]}`;
      const made = await request<MadeRelay>("POST", `${relayPath(relay._id, "reset")}${query}`);
      await refresh(client, relaysPath);
      onMade(made);
    });
  return (
    <FormDialog
      title={t("relay.reset.title", { name: relay.name })}
      action={t("relay.reset.action")}
      onSubmit={send}
      onClose={onClose}
      isBusy={isBusy}
      refusal={problem}
    >
      <RadioGroup
        label={t("relay.reset.grace")}
        choices={choices.map((id) => ({ id, label: t(`relay.reset.${id}`) }))}
        value={grace}
        onChange={setGrace}
      />
    </FormDialog>
  );
}
