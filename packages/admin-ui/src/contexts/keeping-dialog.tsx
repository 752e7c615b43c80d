import { useState } from "react";
import { useChange } from "../api/change.ts";
import type { Environment } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { NumberField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { t as kit } from "../ui/text.ts";
import { environmentPath } from "./context-queries.ts";
import type { ContextSetting } from "./context-representation.ts";
import { t } from "./text.ts";

interface KeepingDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly project: string;
  readonly environment: Environment;
  readonly setting: ContextSetting;
}

/** Whether and for how long an environment keeps contexts. */
export function KeepingDialog({
  isOpen,
  onClose,
  project,
  environment,
  setting,
}: KeepingDialogProps) {
  const [isKept, setKept] = useState(setting.keepContexts);
  const [days, setDays] = useState(setting.retentionDays);
  const names = { environment: environment.name };
  const stops = setting.keepContexts && !isKept;
  const change = useChange({
    path: environmentPath(project, environment.key, "context"),
    send: (body: ContextSetting) =>
      request("PATCH", environmentPath(project, environment.key, "context-settings"), body),
    done: (body) =>
      body.keepContexts
        ? t("context.setting.saved", { ...names, count: body.retentionDays })
        : t("context.setting.saved.none", names),
    failed: () => t("context.setting.failed", names),
  });
  function save() {
    change.mutate({ keepContexts: isKept, retentionDays: days }, { onSuccess: onClose });
  }
  const unavailable = useUnavailable(
    "updateContextSettings",
    `proj/${project}:env/${environment.key}`,
  );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("context.setting.title", names)}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look={stops ? "danger" : "primary"}
            isPending={change.isPending}
            unavailable={unavailable}
            onPress={save}
          >
            {stops ? t("context.setting.stop") : t("context.setting.save")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        <div>
          <Checkbox isSelected={isKept} onChange={setKept}>
            {t("context.setting.keep")}
          </Checkbox>
          <p className="mt-1 ml-6 text-xs text-ink3">{t("context.setting.keep.words")}</p>
        </div>
        {isKept && (
          <NumberField
            label={t("context.setting.days")}
            value={days}
            onChange={setDays}
            minValue={1}
            maxValue={365}
            className="max-w-56"
          />
        )}
        {stops && (
          <div role="alert">
            <Notice tone="danger">{t("context.setting.warning", names)}</Notice>
          </div>
        )}
      </div>
    </Dialog>
  );
}
