import { type FormEvent, useId, useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import type { Environment } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { RadioGroup } from "../ui/choice.tsx";
import { NumberField } from "../ui/field.tsx";
import { environmentPath } from "./environment-key.ts";
import { type Grace, graces, graceUntil } from "./grace.ts";
import type { KeyProps } from "./key-props.ts";
import { KeyUsers } from "./key-user-list.tsx";
import { usersOf } from "./key-users.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import { t } from "./text.ts";

interface RotateDialogProps extends KeyProps {
  readonly kind: "sdk" | "mobile";
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A new key in the place of one of the environment's own; the old one holds on for a while. */
export function RotateDialog(props: RotateDialogProps) {
  const { project, environment, kind, row, sdks, isOpen, onClose } = props;
  const form = useId();
  const [grace, setGrace] = useState<Grace>("day");
  const [hours, setHours] = useState(48);
  const [made, setMade] = useState<string>();
  const name = kind === "sdk" ? "apiKey" : "mobileKey";
  const rotation = useChange({
    path: apiPath("projects", project, "environments"),
    send: async () => {
      const until = graceUntil(grace, hours, Date.now());
      const path = `${environmentPath(project, environment.key)}/${name}`;
      const expiry = until === undefined ? "" : `?expiry=${until}`;
      setMade((await request<Environment>("POST", path + expiry))[name]);
    },
    failed: () => t("keys.rotate.failed"),
  });
  const users = usersOf(row.key, environment.key, sdks);
  function rotate(event: FormEvent) {
    event.preventDefault();
    rotation.mutate(undefined);
  }
  function close() {
    setMade(undefined);
    onClose();
  }
  return (
    <SecretDialog
      isOpen={isOpen}
      onClose={close}
      title={t("keys.rotate.title", { kind: t(`keys.${kind}`), environment: environment.name })}
      made={made}
      action={t("keys.rotate.act")}
      form={form}
      isPending={rotation.isPending}
    >
      <form id={form} onSubmit={rotate} className="mt-1 space-y-4">
        <p className="text-ink2">{t("keys.rotate.words")}</p>
        {users.length > 0 && (
          <p className="text-ink2">
            {t("keys.rotate.users")} <KeyUsers users={users} />
          </p>
        )}
        <RadioGroup
          label={t("keys.rotate.grace")}
          value={grace}
          onChange={setGrace}
          choices={graces.map((id) => ({ id, label: t(`keys.rotate.grace.${id}`) }))}
        />
        {grace === "custom" && (
          <NumberField
            label={t("keys.rotate.hours")}
            value={hours}
            onChange={setHours}
            minValue={1}
            maxValue={8_760}
            className="w-32"
          />
        )}
      </form>
    </SecretDialog>
  );
}
