import { useState } from "react";
import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { t } from "./text.ts";
import { templatesPath, type WorkflowTemplate } from "./workflow.ts";

/** The stages that others can begin with. */
export function TemplatesCard(props: { readonly templates: readonly WorkflowTemplate[] }) {
  return (
    <Card title={t("templates.title")}>
      <ul className="divide-y divide-line">
        {props.templates.map((template) => (
          <Template key={template._id} template={template} />
        ))}
      </ul>
    </Card>
  );
}

function Template({ template }: { readonly template: WorkflowTemplate }) {
  const { _key, name, stages = [] } = template;
  const [isAsking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const remove = useChange<void>({
    path: templatesPath,
    send: () => request("DELETE", `${templatesPath}/${encodeURIComponent(_key)}`),
    done: () => t("templates.deleted", { name }),
    failed: () => t("templates.delete.failed", { name }),
  });
  return (
    <li className="flex items-center gap-2 py-2 first:pt-0 last:pb-0">
      <span className="min-w-0 flex-1">
        <span translate="no" className="block font-medium wrap-anywhere">
          {name}
        </span>
        <span className="text-xs text-ink3">{t("templates.stages", { count: stages.length })}</span>
      </span>
      <Button
        look="quiet"
        aria-label={t("templates.delete.of", { name })}
        unavailable={useUnavailable("deleteTemplate", `template/${_key}`)}
        onPress={() => setAsking(true)}
      >
        {t("templates.delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={close}
        title={t("templates.delete.title", { name })}
        action={t("templates.delete.act")}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: close })}
      >
        <p>{t("templates.delete.words")}</p>
      </ConfirmDialog>
    </li>
  );
}
