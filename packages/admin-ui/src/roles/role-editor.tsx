import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/toast.tsx";
import { PolicyEditor } from "./policy-editor.tsx";
import { type CustomRole, rolePath, rolesPath } from "./role.ts";
import { draftOf, keyOf, problemsOf, type RoleDraft } from "./role-draft.ts";
import { RoleFields } from "./role-fields.tsx";
import { Tester } from "./tester.tsx";
import { t } from "./text.ts";

/** A role as it is typed, beside what it would decide. */
export function RoleEditor({ role }: { readonly role?: CustomRole }) {
  const project = useProject();
  const [draft, setDraft] = useState<RoleDraft>(() => draftOf(role));
  const [isSent, setSent] = useState(false);
  const { save, isBusy, problem } = useSaveRole(role);
  const unavailable = useUnavailable(role === undefined ? "createRole" : "updatePolicy", "role/*");
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(role));
  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (Object.keys(problemsOf(draft)).length === 0) void save(draft);
  }
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_24rem]">
      <form onSubmit={send} className="space-y-4">
        <RoleFields
          draft={draft}
          isNew={role === undefined}
          problems={isSent ? problemsOf(draft) : {}}
          onChange={setDraft}
        />
        <PolicyEditor
          policy={draft.policy}
          isChecked={isSent}
          isDisabled={unavailable !== undefined}
          onChange={(policy) => setDraft({ ...draft, policy })}
        />
        {problem !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {problem}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            type="submit"
            look="primary"
            isPending={isBusy}
            isDisabled={!isChanged}
            unavailable={unavailable}
          >
            {role === undefined ? t("roles.create") : t("role.save")}
          </Button>
          {role !== undefined && isChanged && (
            <Button look="quiet" onPress={() => setDraft(draftOf(role))}>
              {t("role.discard")}
            </Button>
          )}
        </div>
      </form>
      <div className="lg:sticky lg:top-16">
        <Tester
          asked={role === undefined || isChanged ? { policy: draft.policy } : { role: role.key }}
          project={project}
          {...(isChanged ? { note: t("tester.draft") } : {})}
        />
      </div>
    </div>
  );
}

function useSaveRole(role: CustomRole | undefined) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { attempt, isBusy, problem } = useAttempt();
  async function save(draft: RoleDraft) {
    const { name, description, basePermissions, policy } = draft;
    const settings = { name: name.trim(), description, basePermissions, policy };
    await attempt(async () => {
      if (role === undefined) {
        await request("POST", rolesPath, { ...settings, key: keyOf(draft) });
        await refresh(client, rolesPath);
        say(t("role.created", { name: settings.name }));
        await navigate({ to: "/account/roles/$role", params: { role: keyOf(draft) } });
        return;
      }
      const patch = Object.entries(settings).map(([path, value]) => ({
        op: "replace",
        path: `/${path}`,
        value,
      }));
      await request("PATCH", rolePath(role.key), patch);
      say(t("role.saved", { name: settings.name }), () => restore(role));
      await refresh(client, rolesPath);
    });
  }
  async function restore({ key, name, description, basePermissions, policy }: CustomRole) {
    const before = { name, description, basePermissions, policy };
    const patch = Object.entries(before).map(([path, value]) => ({
      op: "replace",
      path: `/${path}`,
      value,
    }));
    await request("PATCH", rolePath(key), patch);
    await refresh(client, rolesPath);
  }
  return { save, isBusy, problem };
}
