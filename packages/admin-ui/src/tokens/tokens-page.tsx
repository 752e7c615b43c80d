import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { refresh, resource } from "../api/queries.ts";
import type { AccessToken, Items } from "../api/representations.ts";
import { RequestError, request } from "../api/request.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { t } from "./text.ts";

const path = "/api/v2/tokens";
const roles = {
  reader: "Reader: sees everything",
  writer: "Writer: changes flags and segments",
  admin: "Admin: may do all, also make tokens",
};

/** What scripts and the command line sign in with. */
export function TokensPage() {
  const { project = "" } = useParams({ strict: false });
  const queries = useQueryClient();
  const tokens = useQuery({
    ...resource<Items<AccessToken>>(path),
  });
  const [made, setMade] = useState<AccessToken>();
  const [problem, setProblem] = useState<string>();
  useReady(tokens.data !== undefined);

  async function act(work: () => Promise<void>) {
    try {
      setProblem(undefined);
      await work();
      await refresh(queries, path);
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : "The server does not answer.");
    }
  }
  const make = (form: FormData) =>
    act(async () => setMade(await request("POST", path, Object.fromEntries(form))));
  const remove = ({ _id, name }: AccessToken) => {
    if (!confirm(`Delete the access token "${name}"? What uses it stops working at once.`)) return;
    void act(() => request("DELETE", `${path}/${_id}`));
  };
  const failure = problem ?? tokens.error?.message;
  return (
    <>
      <PageHeader title={t("tokens.title")}>{t("tokens.words")}</PageHeader>
      {failure !== undefined && (
        <p role="alert" className="mt-3 rounded-md bg-dangerbg p-2 text-danger">
          {failure}
        </p>
      )}
      <NewToken make={make} />
      {made !== undefined && <MadeToken token={made.token} project={project} />}
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line bg-surface">
        {tokens.data?.items.map((token) => (
          <li key={token._id} className="flex flex-wrap items-center gap-x-4 gap-y-1 p-3">
            <span className="min-w-40 flex-1 font-semibold">{token.name}</span>
            <span className="text-ink2">{token.role}</span>
            <code className="text-[13px] text-ink2">{token.token}</code>
            <time className="text-ink2">{new Date(token.creationDate).toLocaleDateString()}</time>
            <button
              type="button"
              onClick={() => remove(token)}
              aria-label={`Delete ${token.name}`}
              className="h-8 rounded-md border border-line2 px-2 text-danger"
            >
              Delete
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function NewToken({ make }: { readonly make: (form: FormData) => Promise<void> }) {
  const field = "mt-1 block h-8 w-full rounded-md border border-line2 bg-surface px-2 font-normal";
  return (
    <form
      action={make}
      className="mt-4 flex flex-wrap items-end gap-3 rounded-lg border border-line bg-surface p-3"
    >
      <label className="min-w-48 flex-1 font-medium">
        Name
        <input required name="name" placeholder="deploy script" className={field} />
      </label>
      <label className="min-w-48 flex-1 font-medium">
        Role
        <select name="role" defaultValue="writer" className={field}>
          {Object.entries(roles).map(([role, words]) => (
            <option key={role} value={role}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="h-8 rounded-md bg-primary px-3 font-semibold text-onprimary">
        Create token
      </button>
    </form>
  );
}

function MadeToken({ token, project }: { readonly token: string; readonly project: string }) {
  const command = `HALYARD_URL=${location.origin} HALYARD_TOKEN=${token} npm run halyard -- flags list --project ${project}`;
  return (
    <section role="status" className="mt-4 rounded-lg border border-line bg-surface p-3">
      <h2 className="font-semibold">Copy it now: it is not shown again</h2>
      <code className="mt-2 block break-all text-[13px]">{token}</code>
      <p className="mt-3 text-ink2">On the command line:</p>
      <code className="mt-1 block break-all text-[13px]">{command}</code>
    </section>
  );
}
