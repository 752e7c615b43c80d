import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { useReady } from "../ui/ready.ts";
import { Entrance, EntranceForm, Field } from "./entrance.tsx";
import { t } from "./text.ts";

interface Enrolment {
  readonly secret: string;
  readonly otpauthUrl: string;
}

const path = "/api/session/second-factor";

/** Adding an authenticator app: the password, the app's first code, and the codes to keep. */
export function SecondFactorPage() {
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>();
  const [problem, setProblem] = useState<string>();
  useReady(true);
  async function attempt(act: () => Promise<void>) {
    try {
      await act();
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : t("session.noAnswer"));
    }
  }
  const enrol = (form: FormData) =>
    attempt(async () => {
      setEnrolment(await request<Enrolment>("POST", path, Object.fromEntries(form)));
    });
  const confirm = (form: FormData) =>
    attempt(async () => {
      const body = Object.fromEntries(form);
      const made = await request<{ recoveryCodes: string[] }>("POST", `${path}/confirmation`, body);
      setRecoveryCodes(made.recoveryCodes);
    });
  if (recoveryCodes !== undefined) return <RecoveryCodes codes={recoveryCodes} />;
  return (
    <Entrance title={t("session.factor.title")}>
      {enrolment === undefined ? (
        <EntranceForm key="password" onSend={enrol} submit={t("session.goOn")} problem={problem}>
          <Field
            label={t("session.password")}
            name="password"
            type="password"
            complete="current-password"
          />
        </EntranceForm>
      ) : (
        <EntranceForm key="code" onSend={confirm} submit={t("session.confirm")} problem={problem}>
          <p>
            {t.rich("session.factor.key", {
              link: (
                <a key="link" className="underline" href={enrolment.otpauthUrl}>
                  {t("session.factor.open")}
                </a>
              ),
            })}
          </p>
          <code className="block break-all rounded-md border border-line p-2">
            {enrolment.secret}
          </code>
          <Field label={t("session.code")} name="code" type="text" complete="one-time-code" />
        </EntranceForm>
      )}
    </Entrance>
  );
}

function RecoveryCodes({ codes }: { readonly codes: readonly string[] }) {
  return (
    <Entrance title={t("session.factor.codes")}>
      <p className="mt-4">{t("session.factor.codes.words")}</p>
      <ul className="my-3 grid grid-cols-2 gap-1 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <a
        href="/"
        className="flex h-8 items-center justify-center rounded-md bg-primary font-semibold text-onprimary"
      >
        {t("session.factor.kept")}
      </a>
    </Entrance>
  );
}
