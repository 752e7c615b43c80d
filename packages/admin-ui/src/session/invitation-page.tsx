import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { request } from "../api/request.ts";
import { buttonClass } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { useAttempt } from "./attempt.ts";
import { Entrance, EntranceForm } from "./entrance.tsx";
import { NewPasswordField } from "./password-field.tsx";
import { t } from "./text.ts";

interface Invitation {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Whether it is the first password. */
  readonly isNew: boolean;
}

/** Choosing a password by a link: the first one of who was invited, or a new one. */
export function InvitationPage() {
  const { token } = useParams({ from: "/invite/$token" });
  const { data, error, isPending } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => request<Invitation>("POST", "/api/invitation/preview", { token }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useReady(!isPending);
  if (error !== null) return <LinkOver />;
  return data === undefined ? null : <Welcome token={token} invitation={data} />;
}

function LinkOver() {
  return (
    <Entrance title={t("session.link.over")} words={t("session.link.over.words")}>
      <a href="/login" className={`${buttonClass()} mt-4 h-9 w-full`}>
        {t("session.link.toSignIn")}
      </a>
    </Entrance>
  );
}

interface WelcomeProps {
  readonly token: string;
  readonly invitation: Invitation;
}

function Welcome({ token, invitation }: WelcomeProps) {
  const { email, firstName, lastName, isNew } = invitation;
  const { attempt, isBusy, problem } = useAttempt();
  async function send(form: FormData) {
    await attempt(async () => {
      await request("POST", "/api/invitation", { token, ...Object.fromEntries(form) });
      location.assign("/");
    });
  }
  const bold = (
    <b key="email" translate="no" className="font-semibold break-all text-ink">
      {email}
    </b>
  );
  return (
    <Entrance
      title={isNew ? t("session.invited.title") : t("session.newPassword.title")}
      words={
        isNew
          ? t.rich("session.invited.words", { email: bold })
          : t.rich("session.newPassword.words", { email: bold })
      }
    >
      <EntranceForm
        onSend={send}
        submit={isNew ? t("session.join") : t("session.savePassword")}
        isBusy={isBusy}
        problem={problem}
      >
        {/* Password managers keep the password under it. */}
        <input
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
          className="sr-only"
        />
        {isNew && (
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label={t("session.firstName")}
              name="firstName"
              autoComplete="given-name"
              defaultValue={firstName}
            />
            <TextField
              label={t("session.lastName")}
              name="lastName"
              autoComplete="family-name"
              defaultValue={lastName}
            />
          </div>
        )}
        <NewPasswordField name="password" label={t("session.password")} />
      </EntranceForm>
    </Entrance>
  );
}
