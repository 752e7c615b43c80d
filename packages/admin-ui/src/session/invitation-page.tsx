import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { useReady } from "../ui/ready.ts";
import { Entrance, EntranceForm, Field } from "./entrance.tsx";
import { t } from "./text.ts";

/** Choosing a password by a link: the first one of who was invited, or a new one. */
export function InvitationPage() {
  const { token } = useParams({ from: "/invite/$token" });
  const [problem, setProblem] = useState<string>();
  useReady(true);
  async function send(form: FormData) {
    try {
      const body = { token, ...Object.fromEntries(form) };
      await request("POST", "/api/invitation", body);
      location.assign("/");
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : t("session.noAnswer"));
    }
  }
  return (
    <Entrance title={t("session.choosePassword")}>
      <EntranceForm onSend={send} submit={t("session.save")} problem={problem}>
        <Field
          label={t("session.password")}
          name="password"
          type="password"
          complete="new-password"
        />
      </EntranceForm>
    </Entrance>
  );
}
