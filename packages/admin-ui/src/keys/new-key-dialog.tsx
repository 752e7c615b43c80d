import { type FormEvent, useId, useState } from "react";
import { useChange } from "../api/change.ts";
import type { Environment } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { RadioGroup } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { type EnvironmentKey, environmentPath } from "./environment-key.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import { t } from "./text.ts";

interface NewKeyDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly project: string;
  readonly environment: Environment;
}

const dayMs = 86_400_000;
const lives = ["never", "30", "90", "365"] as const;
const lifeChoices = lives.map((id) => ({
  id,
  label: id === "never" ? t("keys.new.never") : t("keys.new.days", { count: Number(id) }),
}));
const kindChoices = (["sdk", "mobile"] as const).map((id) => ({
  id,
  label: t(`keys.new.kind.${id}`),
}));

/** Makes a further key and shows it once. */
export function NewKeyDialog({ isOpen, onClose, project, environment }: NewKeyDialogProps) {
  const form = useId();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"sdk" | "mobile">("sdk");
  const [life, setLife] = useState<(typeof lives)[number]>("never");
  const [made, setMade] = useState<string>();
  const path = `${environmentPath(project, environment.key)}/keys`;
  const creation = useChange({
    path,
    send: async () => {
      const expiresAt = life === "never" ? {} : { expiresAt: Date.now() + Number(life) * dayMs };
      setMade((await request<EnvironmentKey>("POST", path, { kind, name, ...expiresAt })).key);
    },
    failed: () => t("keys.new.failed"),
  });
  function close() {
    setMade(undefined);
    setName("");
    onClose();
  }
  function create(event: FormEvent) {
    event.preventDefault();
    creation.mutate(undefined);
  }
  return (
    <SecretDialog
      isOpen={isOpen}
      onClose={close}
      title={t("keys.new.title", { environment: environment.name })}
      made={made}
      action={t("keys.new.create")}
      form={form}
      isPending={creation.isPending}
    >
      <form id={form} onSubmit={create} className="mt-1 space-y-4">
        <p className="text-ink2">{t("keys.new.words")}</p>
        <TextField
          label={t("keys.new.name")}
          description={t("keys.new.name.words")}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
          autoComplete="off"
        />
        <RadioGroup
          label={t("keys.new.kind")}
          value={kind}
          onChange={setKind}
          choices={kindChoices}
        />
        <Select
          label={t("keys.new.expires")}
          value={life}
          onChange={setLife}
          choices={lifeChoices}
        />
      </form>
    </SecretDialog>
  );
}
