import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { t } from "../settings/text.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import {
  type EnvironmentForm,
  type EnvironmentSettings,
  environmentsPath,
  formOf,
  newEnvironmentForm,
  newEnvironmentOf,
  patchOf,
} from "./environment.ts";
import { EnvironmentCare, EnvironmentFacts, NameField } from "./environment-fields.tsx";

const nothing = "";

/** Makes an environment, or edits the one given. */
export function EnvironmentSheet(props: {
  readonly project: string;
  readonly environments: readonly EnvironmentSettings[];
  readonly edited: EnvironmentSettings | undefined;
  readonly onClose: () => void;
}) {
  const { project, environments, edited, onClose } = props;
  const before = edited === undefined ? newEnvironmentForm : formOf(edited);
  const [form, setForm] = useState(before);
  const [typedKey, setTypedKey] = useState<string>();
  const [source, setSource] = useState(nothing);
  const [refusal, setRefusal] = useState<string>();
  const key = edited?.key ?? typedKey ?? keyFromName(form.name);
  const set = (change: Partial<EnvironmentForm>) => setForm((now) => ({ ...now, ...change }));

  const change = useChange<EnvironmentForm>({
    path: environmentsPath(project),
    send: (wanted) => save(project, { key, edited, before, wanted, source }),
    done: ({ name }) =>
      edited === undefined ? t("environment.created", { name }) : t("environment.saved", { name }),
    failed: ({ name }) => t("environment.save.failed", { name }),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  const isChanged = edited === undefined || patchOf(before, form).length > 0;
  return (
    <Sheet
      isOpen
      isHeld={isChanged}
      onClose={onClose}
      title={
        edited === undefined
          ? t("environment.create")
          : t("environment.edit", { name: edited.name })
      }
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("settings.cancel")}
          </Button>
          <Button
            look="primary"
            isPending={change.isPending}
            unavailable={isChanged ? undefined : t("settings.none")}
            isDisabled={form.name.trim() === "" || key === ""}
            onPress={() => change.mutate(form, { onSuccess: onClose })}
          >
            {edited === undefined ? t("environment.create") : t("settings.save")}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {refusal !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {refusal}
          </p>
        )}
        <NameField value={form.name} set={(name) => set({ name })} error={undefined} />
        {edited === undefined && (
          <>
            <TextField
              label={t("environment.key")}
              description={t("environment.key.words")}
              value={key}
              onChange={setTypedKey}
              isMono
            />
            <Select
              label={t("environment.from")}
              choices={[
                { id: nothing, label: t("environment.from.nothing") },
                ...environments.map((one) => ({
                  id: one.key,
                  label: t("environment.from.copy", { name: one.name }),
                })),
              ]}
              value={source}
              onChange={setSource}
            />
          </>
        )}
        <EnvironmentFacts form={form} set={set} />
        <EnvironmentCare form={form} set={set} />
      </div>
    </Sheet>
  );
}

interface Saved {
  readonly key: string;
  readonly edited: EnvironmentSettings | undefined;
  readonly before: EnvironmentForm;
  readonly wanted: EnvironmentForm;
  readonly source: string;
}

/** A new one is made first, and told afterwards what approval it asks for. */
async function save(project: string, { key, edited, before, wanted, source }: Saved) {
  const path = environmentsPath(project);
  if (edited === undefined) {
    const from = source === nothing ? undefined : source;
    await request("POST", path, newEnvironmentOf(wanted, key, from));
    const approval = patchOf(newEnvironmentForm, wanted).filter((one) =>
      one.path.startsWith("/approvalSettings"),
    );
    if (approval.length > 0) await request("PATCH", `${path}/${key}`, approval);
    return;
  }
  await request("PATCH", `${path}/${key}`, patchOf(before, wanted));
}
