import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { useReady } from "../ui/ready.ts";
import { Entrance, EntranceForm, Field } from "./entrance.tsx";
import { t } from "./text.ts";

export function LoginPage() {
  return <SignInPage />;
}

/** The first start prints a link to it, with a token that works once. */
export function WelcomePage() {
  const { token } = useSearch({ from: "/welcome" });
  return <SignInPage token={token} />;
}

/** Signing in, and with `token` making the owner of a new server. */
function SignInPage({ token }: { readonly token?: string }) {
  const [problem, setProblem] = useState<string>();
  const [needsCode, setNeedsCode] = useState(false);
  // Sent again together with the code, so they outlive the form's first sending.
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { next } = useSearch({ strict: false });
  const isSetup = token !== undefined;
  useReady(true);
  async function send(form: FormData) {
    const fields = Object.fromEntries(form);
    try {
      await request("POST", isSetup ? "/api/setup" : "/api/session", {
        ...fields,
        ...(isSetup ? { token } : {}),
      });
      location.assign(isSetup ? "/first-run" : pathAfter(next));
    } catch (error) {
      const asksForCode = error instanceof RequestError && error.code === "second_factor_required";
      setNeedsCode(needsCode || asksForCode);
      setProblem(error instanceof RequestError ? error.message : t("session.noAnswer"));
    }
  }
  return (
    <Entrance title={isSetup ? t("session.create.title") : t("session.signIn")}>
      <EntranceForm
        onSend={send}
        submit={isSetup ? t("session.create") : t("session.signIn")}
        problem={problem}
      >
        {isSetup && <Field label={t("session.name")} name="name" type="text" complete="name" />}
        <Field
          label={t("session.email")}
          name="email"
          type="email"
          complete="username"
          value={email}
          onChange={setEmail}
        />
        <Field
          label={t("session.password")}
          name="password"
          type="password"
          complete={isSetup ? "new-password" : "current-password"}
          value={password}
          onChange={setPassword}
        />
        {needsCode && (
          <Field label={t("session.code")} name="code" type="text" complete="one-time-code" />
        )}
      </EntranceForm>
      {!isSetup && <SingleSignOn />}
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
    queryFn: () => request<{ readonly isOn: boolean }>("GET", "/api/sso"),
  });
  if (data?.isOn !== true) return null;
  return (
    <a
      href="/api/sso/start"
      className="mt-3 flex h-8 w-full items-center justify-center rounded-md border border-line2 font-semibold"
    >
      {t("session.signIn.sso")}
    </a>
  );
}
