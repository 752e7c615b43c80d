import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { t } from "./text.ts";
import { templatesPath, type Workflow } from "./workflow.ts";

/** Keeps the stages of a workflow, for others to begin with. */
export function TemplateDialog(props: {
  readonly workflow: Workflow;
  readonly onClose: () => void;
}) {
  const { workflow, onClose } = props;
  const [name, setName] = useState(workflow.name);
  const [ownKey, setOwnKey] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const key = ownKey ?? keyFromName(name);
  const change = useChange<void>({
    path: templatesPath,
    send: () => request("POST", templatesPath, { key, name, workflowId: workflow._id }),
    done: () => t("template.saved", { name }),
    failed: () => t("template.failed"),
    onRefusal: ({ message }) => {
      setRefusal(message);
      return true;
    },
  });
  return (
    <FormDialog
      title={t("template.title")}
      action={t("template.act")}
      isBusy={change.isPending}
      isIdle={name.trim() === "" || key === ""}
      refusal={refusal}
      onClose={onClose}
      onSubmit={() => change.mutate(undefined, { onSuccess: onClose })}
    >
      <TextField label={t("template.name")} value={name} onChange={setName} autoFocus isRequired />
      <TextField
        label={t("template.key")}
        description={t("template.key.words")}
        value={key}
        onChange={setOwnKey}
        isMono
      />
    </FormDialog>
  );
}
