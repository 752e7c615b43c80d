import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useChange } from "../../api/change.ts";
import { apiPath } from "../../api/queries.ts";
import { request } from "../../api/request.ts";
import { TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { keyFromName } from "../key-from-name.ts";
import { t } from "./text.ts";

/** Makes a flag that begins as this one is, and leads to it. */
export function CloneDialog({ onClose }: { readonly onClose: () => void }) {
  const { project, flag, environment } = useFlagPage();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [ownKey, setOwnKey] = useState<string>();
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const key = ownKey ?? keyFromName(name);
  const path = apiPath("flags", project);
  const cloning = useChange<void>({
    path,
    send: () =>
      request("POST", `${path}?clone=${encodeURIComponent(flag.key)}`, { key, name: name.trim() }),
    done: () => t("clone.done", { name: name.trim() }),
    failed: () => t("clone.failed", { name: flag.name }),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  const isUnnamed = name.trim() === "" || key === "";
  function clone() {
    setSent(true);
    if (isUnnamed) return;
    cloning.mutate(undefined, {
      onSuccess: () =>
        void navigate({
          to: "/p/$project/flags/$flag/targeting",
          params: { project, flag: key },
          search: { env: environment.key },
        }),
    });
  }
  return (
    <FormDialog
      title={t("clone.title", { name: flag.name })}
      action={t("clone.action")}
      isBusy={cloning.isPending}
      onSubmit={clone}
      onClose={onClose}
    >
      <p className="text-ink2">{t("clone.words")}</p>
      <TextField
        label={t("clone.name")}
        value={name}
        onChange={setName}
        error={isSent && isUnnamed ? t("clone.missing") : undefined}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t("clone.key")}
        description={t("clone.key.words")}
        value={key}
        onChange={(typed) => {
          setOwnKey(typed);
          setRefusal(undefined);
        }}
        error={refusal}
        autoComplete="off"
        isMono
      />
    </FormDialog>
  );
}
