import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { useReady } from "../ui/ready.ts";
import { Entrance, EntranceForm, Field } from "./entrance.tsx";

/** Signing in, and with `token` making the owner of a new server. */
export function SignInPage({ token }: { readonly token?: string }) {
  const [problem, setProblem] = useState<string>();
  const [needsCode, setNeedsCode] = useState(false);
  // Sent again together with the code, so they outlive the form's first sending.
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const isSetup = token !== undefined;
  useReady(true);
  async function send(form: FormData) {
    const fields = Object.fromEntries(form);
    try {
      await request("POST", isSetup ? "/api/setup" : "/api/session", {
        ...fields,
        ...(isSetup ? { token } : {}),
      });
      location.assign("/");
    } catch (error) {
      const asksForCode = error instanceof RequestError && error.code === "second_factor_required";
      setNeedsCode(needsCode || asksForCode);
      setProblem(error instanceof RequestError ? error.message : "The server does not answer.");
    }
  }
  return (
    <Entrance title={isSetup ? "Create the owner" : "Sign in"}>
      <EntranceForm onSend={send} submit={isSetup ? "Create" : "Sign in"} problem={problem}>
        {isSetup && <Field label="Name" name="name" type="text" complete="name" />}
        <Field
          label="Email"
          name="email"
          type="email"
          complete="username"
          value={email}
          onChange={setEmail}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          complete={isSetup ? "new-password" : "current-password"}
          value={password}
          onChange={setPassword}
        />
        {needsCode && <Field label="Code" name="code" type="text" complete="one-time-code" />}
      </EntranceForm>
      {!isSetup && <SingleSignOn />}
    </Entrance>
  );
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
      Sign in with single sign-on
    </a>
  );
}
