import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { NewPasswordField, PasswordField } from "../session/password-field.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { say } from "../ui/toast.tsx";
import { t } from "./text.ts";

export function PasswordCard() {
  const client = useQueryClient();
  const { attempt, isBusy, problem } = useAttempt();
  // A new form where the last one has been taken.
  const [taken, setTaken] = useState(0);
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.currentTarget));
    await attempt(async () => {
      await request("PUT", "/api/session/password", body);
      setTaken(taken + 1);
      say(t("me.password.changed"));
      await refresh(client, "/api/session");
    });
  }
  return (
    <Card title={t("me.password")}>
      <form key={taken} onSubmit={(event) => void send(event)} className="space-y-3">
        <p className="text-ink2">{t("me.password.words")}</p>
        <PasswordField name="password" label={t("me.password.current")} />
        <NewPasswordField name="newPassword" label={t("me.password.new")} />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
        <Button type="submit" isPending={isBusy}>
          {t("me.password.change")}
        </Button>
      </form>
    </Card>
  );
}
