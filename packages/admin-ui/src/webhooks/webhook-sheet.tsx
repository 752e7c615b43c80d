import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { statementsOf } from "../deliveries/scope.ts";
import { problemOfScope, ScopeField } from "../deliveries/scope-field.tsx";
import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { t } from "./text.ts";
import {
  formOf,
  patchOf,
  type Webhook,
  type WebhookForm,
  webhookPath,
  webhooksPath,
} from "./webhook.ts";

/** Makes a webhook, or edits the one given. */
export function WebhookSheet(props: {
  readonly edited?: Webhook;
  readonly onClose: () => void;
  readonly onMade?: (made: Webhook) => void;
}) {
  const { edited, onClose } = props;
  const project = useProject();
  const before = formOf(edited, project);
  const [form, setForm] = useState(before);
  const [refusal, setRefusal] = useState<string>();
  const read = statementsOf(form.scope, project);
  const change = useChange<readonly object[]>({
    path: webhooksPath,
    send: async (statements) => {
      if (edited !== undefined)
        return request("PATCH", webhookPath(edited._id), patchOf(before, form, statements));
      const { name, url, isSigned } = form;
      const body = { name, url, sign: isSigned, on: true, statements };
      props.onMade?.(await request<Webhook>("POST", webhooksPath, body));
      return undefined;
    },
    done: () => {
      const name = form.name === "" ? t("webhook.unnamed") : form.name;
      return edited === undefined ? t("webhook.created", { name }) : t("webhook.saved", { name });
    },
    failed: () => t("webhook.save.failed"),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  const problem = problemOfScope(read);
  return (
    <Sheet
      isOpen
      isHeld
      onClose={onClose}
      title={edited === undefined ? t("webhook.create") : t("webhook.edit")}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {t("webhook.cancel")}
          </Button>
          <Button
            look="primary"
            isPending={change.isPending}
            unavailable={problem}
            isDisabled={form.url.trim() === ""}
            onPress={() =>
              "statements" in read && change.mutate(read.statements, { onSuccess: onClose })
            }
          >
            {edited === undefined ? t("webhook.create") : t("webhook.save")}
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
        <Fields form={form} setForm={setForm} isNew={edited === undefined} problem={problem} />
      </div>
    </Sheet>
  );
}

function Fields(props: {
  readonly form: WebhookForm;
  readonly setForm: (form: WebhookForm) => void;
  readonly isNew: boolean;
  readonly problem: string | undefined;
}) {
  const { form, setForm, isNew, problem } = props;
  return (
    <>
      <TextField
        label={t("webhook.name")}
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
        autoFocus
      />
      <TextField
        label={t("webhook.url")}
        description={t("webhook.url.words")}
        placeholder="https://hooks.example.com/flags"
        type="url"
        value={form.url}
        onChange={(url) => setForm({ ...form, url })}
        isMono
        isRequired
      />
      {isNew && (
        <div>
          <Checkbox
            isSelected={form.isSigned}
            onChange={(isSigned) => setForm({ ...form, isSigned })}
          >
            {t("webhook.sign")}
          </Checkbox>
          <p className="pl-6 text-xs text-ink3">{t("webhook.sign.words")}</p>
        </div>
      )}
      <ScopeField
        scope={form.scope}
        onChange={(scope) => setForm({ ...form, scope })}
        problem={problem}
      />
    </>
  );
}
