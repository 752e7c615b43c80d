import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { Mark } from "../ui/mark.tsx";
import { useReady } from "../ui/ready.ts";

/** Signing in, and with `token` making the owner of a new server. */
export function SignInPage({ token }: { readonly token?: string }) {
  const [problem, setProblem] = useState<string>();
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
      setProblem(error instanceof RequestError ? error.message : "The server does not answer.");
    }
  }
  return (
    <main className="mx-auto mt-[12vh] max-w-sm px-4">
      <p className="mb-6 flex items-center gap-2 text-[15px] font-semibold tracking-tight">
        <Mark /> Halyard
      </p>
      <h1 className="text-xl font-semibold">{isSetup ? "Create the owner" : "Sign in"}</h1>
      <form action={send} className="mt-4 space-y-3 rounded-lg border border-line bg-surface p-4">
        {isSetup && <Field label="Name" name="name" type="text" complete="name" />}
        <Field label="Email" name="email" type="email" complete="username" />
        <Field
          label="Password"
          name="password"
          type="password"
          complete={isSetup ? "new-password" : "current-password"}
        />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
        <button
          type="submit"
          className="h-8 w-full rounded-md bg-primary font-semibold text-onprimary"
        >
          {isSetup ? "Create" : "Sign in"}
        </button>
      </form>
    </main>
  );
}

function Field(props: { label: string; name: string; type: string; complete: string }) {
  return (
    <label className="block font-medium">
      {props.label}
      <input
        required
        name={props.name}
        type={props.type}
        autoComplete={props.complete}
        className="mt-1 block h-8 w-full rounded-md border border-line2 bg-surface px-2 font-normal"
      />
    </label>
  );
}
