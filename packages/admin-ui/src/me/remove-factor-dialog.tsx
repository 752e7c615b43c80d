import type { FormEvent } from "react";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { secondFactorPath } from "../session/second-factor.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { say } from "../ui/toast.tsx";
import { t } from "./text.ts";

/** Takes the second factor away, for who can show it. */
export function RemoveFactorDialog({ onClose }: { readonly onClose: () => void }) {
  const { attempt, isBusy, problem } = useAttempt();
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.currentTarget));
    await attempt(async () => {
      await request("DELETE", secondFactorPath, body);
      say(t("me.factor.removed"));
      onClose();
    });
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("me.factor.remove")}
      isAlert
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("me.cancel")}
          </Button>
          <Button look="danger" type="submit" form="remove-factor" isPending={isBusy}>
            {t("me.factor.remove")}
          </Button>
        </>
      }
    >
      <form
        id="remove-factor"
        onSubmit={(event) => void send(event)}
        className="mt-1 space-y-3 text-ink2"
      >
        <p>{t("me.factor.remove.words")}</p>
        <TextField
          label={t("me.factor.remove.code")}
          name="code"
          autoComplete="one-time-code"
          isRequired
          isMono
          autoFocus
        />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
