import { useState } from "react";
import { request } from "../api/request.ts";
import { CodeBlock } from "../ui/copy.tsx";
import { TextField } from "../ui/field.tsx";
import { useAttempt } from "./attempt.ts";
import { EntranceForm } from "./entrance.tsx";
import { PasswordField } from "./password-field.tsx";
import { QrCode } from "./qr-code.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { secondFactorPath } from "./second-factor.ts";
import { t } from "./text.ts";

interface Enrolment {
  readonly secret: string;
  readonly otpauthUrl: string;
}

/** Adding an authenticator app: the password, the app's first code, and the codes to keep. */
export function SecondFactorSteps({ onKept }: { readonly onKept: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[]>();
  const step = recoveryCodes !== undefined ? 3 : enrolment !== undefined ? 2 : 1;
  return (
    <>
      <p role="status" className="mt-3 text-xs font-medium text-ink3">
        {t("session.factor.step", { step })}
      </p>
      {step === 1 && <PasswordStep onDone={setEnrolment} />}
      {step === 2 && enrolment !== undefined && (
        <ScanStep enrolment={enrolment} onDone={setRecoveryCodes} />
      )}
      {recoveryCodes !== undefined && <RecoveryCodes codes={recoveryCodes} onKept={onKept} />}
    </>
  );
}

function PasswordStep({ onDone }: { readonly onDone: (enrolment: Enrolment) => void }) {
  const { attempt, isBusy, problem } = useAttempt();
  async function send(form: FormData) {
    await attempt(async () =>
      onDone(await request<Enrolment>("POST", secondFactorPath, Object.fromEntries(form))),
    );
  }
  return (
    <EntranceForm onSend={send} submit={t("session.goOn")} isBusy={isBusy} problem={problem}>
      <p>{t("session.factor.password")}</p>
      <PasswordField name="password" autoFocus />
    </EntranceForm>
  );
}

interface ScanStepProps {
  readonly enrolment: Enrolment;
  readonly onDone: (codes: readonly string[]) => void;
}

function ScanStep({ enrolment, onDone }: ScanStepProps) {
  const { secret, otpauthUrl } = enrolment;
  const { attempt, isBusy, problem } = useAttempt();
  async function send(form: FormData) {
    await attempt(async () => {
      const made = await request<{ readonly recoveryCodes: readonly string[] }>(
        "POST",
        `${secondFactorPath}/confirmation`,
        Object.fromEntries(form),
      );
      onDone(made.recoveryCodes);
    });
  }
  const link = (
    <a key="link" className="text-link underline" href={otpauthUrl}>
      {t("session.factor.open")}
    </a>
  );
  return (
    <EntranceForm onSend={send} submit={t("session.confirm")} isBusy={isBusy} problem={problem}>
      <p>{t("session.factor.scan")}</p>
      <div className="grid place-items-center">
        <QrCode text={otpauthUrl} label={t("session.factor.qr")} />
      </div>
      <div>
        <p className="mb-1 text-[13px] text-ink2">{t.rich("session.factor.byHand", { link })}</p>
        <CodeBlock code={secret} label={t("session.factor.secret")} />
      </div>
      <TextField
        label={t("session.code")}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        isRequired
        isMono
        autoFocus
      />
    </EntranceForm>
  );
}
