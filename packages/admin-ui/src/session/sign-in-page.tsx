import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { buttonClass } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { useAttempt } from "./attempt.ts";
import { Entrance, EntranceForm } from "./entrance.tsx";
import { NewPasswordField, PasswordField } from "./password-field.tsx";
import { t } from "./text.ts";

/** Signing in; the code is asked for once the password was right. */
export function LoginPage() {
  const { next } = useSearch({ from: "/login" });
  const [needsCode, setNeedsCode] = useState(false);
  const { attempt, isBusy, problem } = useAttempt();
  useReady(true);
  async function send(form: FormData) {
    const refusal = await attempt(async () => {
      await request("POST", "/api/session", Object.fromEntries(form));
      location.assign(pathAfter(next));
    });
    if (refusal instanceof RequestError && refusal.code === "second_factor_required")
      setNeedsCode(true);
  }
  return (
    <Entrance title={t("session.signIn")}>
      <EntranceForm onSend={send} submit={t("session.signIn")} isBusy={isBusy} problem={problem}>
        <TextField
          label={t("session.email")}
          name="email"
          type="email"
          autoComplete="username"
          isRequired
          autoFocus
        />
        <PasswordField name="password" />
        {needsCode && (
          <TextField
            label={t("session.code")}
            name="code"
            autoComplete="one-time-code"
            description={t("session.signIn.code")}
            isRequired
            isMono
            autoFocus
          />
        )}
      </EntranceForm>
      <SingleSignOn />
      <details className="mt-4 text-[13px] text-ink2">
        <summary className="cursor-pointer text-link">{t("session.signIn.forgotten")}</summary>
        <p className="mt-1">{t("session.signIn.forgotten.words")}</p>
      </details>
    </Entrance>
  );
}

/** The first start prints a link to it, with a token that works once. */
export function WelcomePage() {
  const { token } = useSearch({ from: "/welcome" });
  const { attempt, isBusy, problem } = useAttempt();
  useReady(true);
  async function send(form: FormData) {
    await attempt(async () => {
      await request("POST", "/api/setup", { ...Object.fromEntries(form), token });
      location.assign("/first-run");
    });
  }
  return (
    <Entrance title={t("session.create.title")} words={t("session.create.words")}>
      <EntranceForm onSend={send} submit={t("session.create")} isBusy={isBusy} problem={problem}>
        <TextField label={t("session.name")} name="name" autoComplete="name" isRequired autoFocus />
        <TextField
          label={t("session.email")}
          name="email"
          type="email"
          autoComplete="username"
          isRequired
        />
        <NewPasswordField name="password" label={t("session.password")} />
      </EntranceForm>
    </Entrance>
  );
}

/** Back to where somebody came from, which has to be a page of ours. */
function pathAfter(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/u.test(next) ? next : "/";
}

/** The way through the account's identity provider, where it has one. */
function SingleSignOn() {
  const { data } = useQuery({
    queryKey: ["sso"],
    queryFn: () =>
      request<{ readonly isOn: boolean; readonly isRequired: boolean }>("GET", "/api/sso"),
  });
  if (data?.isOn !== true) return null;
  return (
    <>
      <p
        aria-hidden="true"
        className="my-3 flex items-center gap-3 text-xs text-ink3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
      >
        {t("session.signIn.or")}
      </p>
      <a href="/api/sso/start" className={`${buttonClass()} h-9 w-full`}>
        {t("session.signIn.sso")}
      </a>
      {data.isRequired && (
        <p className="mt-2 text-center text-[13px] text-ink2">{t("session.signIn.ssoAlone")}</p>
      )}
    </>
  );
}
