import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { statementsOf } from "../deliveries/scope.ts";
import { problemOfScope, ScopeField } from "../deliveries/scope-field.tsx";
import { useProject } from "../shell/project.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { t as kit } from "../ui/text.ts";
import {
  configOf,
  formOf,
  type Integration,
  type IntegrationForm,
  type IntegrationKind,
  integrationPath,
  integrationsPath,
  isComplete,
  patchOf,
} from "./integration.ts";
import { t } from "./text.ts";

interface IntegrationSheetProps {
  readonly kind: IntegrationKind;
  readonly edited?: Integration;
  readonly onClose: () => void;
  readonly onMade?: (made: Integration) => void;
}

/** Adds a subscription of a service, or edits the one given. */
export function IntegrationSheet({ kind, edited, onClose, onMade }: IntegrationSheetProps) {
  const project = useProject();
  const before = formOf(edited, project);
  const [form, setForm] = useState(before);
  const [refusal, setRefusal] = useState<string>();
  const read = statementsOf(form.scope, project);
  const problem = problemOfScope(read);
  const name = form.name.trim();
  const change = useChange<readonly object[]>({
    path: apiPath("integrations"),
    send: async (statements) => {
      if (edited !== undefined) {
        const patch = patchOf(kind, { before, after: form }, statements);
        return request("PATCH", integrationPath(edited), patch);
      }
      const body = { name, on: true, statements, config: configOf(kind, form) };
      onMade?.(await request<Integration>("POST", integrationsPath(kind), body));
      return undefined;
    },
    done: () =>
      edited === undefined ? t("integration.created", { name }) : t("integration.saved", { name }),
    failed: () => t("integration.save.failed"),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  const service = t(`integration.kind.${kind}`);
  return (
    <Sheet
      isOpen
      isHeld
      onClose={onClose}
      title={
        edited === undefined
          ? t("integration.add.to", { service })
          : t("integration.edit.title", { name: edited.name })
      }
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look="primary"
            isPending={change.isPending}
            unavailable={problem}
            isDisabled={!isComplete(kind, form)}
            onPress={() =>
              "statements" in read && change.mutate(read.statements, { onSuccess: onClose })
            }
          >
            {edited === undefined ? t("integration.add.to", { service }) : t("integration.save")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        {refusal !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {refusal}
          </p>
        )}
        <p className="text-ink2">{t(`integration.kind.${kind}.how`)}</p>
        <Fields kind={kind} form={form} setForm={setForm} />
        <ScopeField
          scope={form.scope}
          onChange={(scope) => setForm({ ...form, scope })}
          problem={problem}
        />
      </div>
    </Sheet>
  );
}

const examples = {
  slack: "https://hooks.slack.com/services/…",
  msteams: "https://….webhook.office.com/…",
} as const;

function Fields(props: {
  readonly kind: IntegrationKind;
  readonly form: IntegrationForm;
  readonly setForm: (form: IntegrationForm) => void;
}) {
  const { kind, form, setForm } = props;
  return (
    <>
      <TextField
        label={t("integration.name")}
        description={t("integration.name.words")}
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
        maxLength={256}
        autoFocus
        isRequired
      />
      {kind === "datadog" ? (
        <>
          <TextField
            label={t("integration.apiKey")}
            value={form.apiKey}
            onChange={(apiKey) => setForm({ ...form, apiKey })}
            autoComplete="off"
            isMono
            isRequired
          />
          <TextField
            label={t("integration.host")}
            description={t("integration.host.words")}
            placeholder="https://api.datadoghq.com"
            type="url"
            value={form.hostUrl}
            onChange={(hostUrl) => setForm({ ...form, hostUrl })}
            isMono
          />
        </>
      ) : (
        <TextField
          label={t("integration.url")}
          placeholder={examples[kind]}
          type="url"
          value={form.url}
          onChange={(url) => setForm({ ...form, url })}
          isMono
          isRequired
        />
      )}
    </>
  );
}
