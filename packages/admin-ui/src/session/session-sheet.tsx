import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { refresh } from "../api/queries.ts";
import { RequestError, request } from "../api/request.ts";
import { onSessionEnd } from "../api/session-end.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { me } from "./me.ts";
import { t } from "./text.ts";

/** Signing in over the page when the session has ended; what is typed beneath stays. */
export function SessionSheet() {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const settle = useRef<(isSignedIn: boolean) => void>(undefined);
  useEffect(
    () =>
      onSessionEnd(() => {
        setOpen(true);
        return new Promise((resolve) => {
          settle.current = resolve;
        });
      }),
    [],
  );
  function end(isSignedIn: boolean) {
    setOpen(false);
    settle.current?.(isSignedIn);
    if (isSignedIn) void refresh(client);
  }
  const email = client.getQueryData(me.queryKey)?.email ?? "";
  return (
    <Dialog isOpen={isOpen} onClose={() => end(false)} title={t("session.ended.title")} isHeld>
      <p className="mb-3 text-ink2">{t("session.ended.words")}</p>
      <SignInForm email={email} onDone={() => end(true)} />
    </Dialog>
  );
}

function SignInForm({ email, onDone }: { readonly email: string; readonly onDone: () => void }) {
  const [needsCode, setNeedsCode] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  async function send(form: FormData) {
    setBusy(true);
    try {
      await request("POST", "/api/session", Object.fromEntries(form));
      onDone();
    } catch (error) {
      if (error instanceof RequestError && error.code === "second_factor_required")
        setNeedsCode(true);
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        // React empties a form that its action has sent; here a wrong password must not cost the email.
        event.preventDefault();
        void send(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label={t("session.email")}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        isRequired
        autoFocus={email === ""}
      />
      <TextField
        label={t("session.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus={email !== ""}
      />
      {needsCode && (
        <TextField
          label={t("session.code")}
          name="code"
          autoComplete="one-time-code"
          isRequired
          autoFocus
        />
      )}
      {problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <Button type="submit" look="primary" isPending={isBusy} className="w-full">
        {t("session.signIn")}
      </Button>
    </form>
  );
}
