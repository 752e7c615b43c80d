import { useState } from "react";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { TextArea } from "../ui/field.tsx";
import { Switch } from "../ui/switch.tsx";
import { useFlagSwitch } from "./flag-queries.ts";
import { t } from "./text.ts";

interface EnvironmentSwitchProps {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: Environment;
}

/** A flag's switch in an environment; it asks before where that is critical, or wants a comment or its name. */
export function EnvironmentSwitch({ project, flag, environment }: EnvironmentSwitchProps) {
  const [isAsking, setAsking] = useState(false);
  const change = useFlagSwitch(project, flag, environment);
  const isOn = flag.environments?.[environment.key]?.on === true;
  const resource = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const { critical, requireComments, confirmChanges } = environment;
  const isAsked = critical || requireComments || confirmChanges;
  function act(comment: string) {
    setAsking(false);
    change.mutate({ on: !isOn, comment });
  }
  return (
    <>
      <Switch
        isOn={isOn}
        isBusy={change.isPending && isAsked}
        label={t("flag.switch.label", { flag: flag.name, environment: environment.name })}
        unavailable={useUnavailable("updateOn", resource)}
        onPress={() => (isAsked ? setAsking(true) : act(""))}
      />
      {isAsking && (
        <SwitchDialog
          flag={flag}
          environment={environment}
          isOn={isOn}
          onClose={() => setAsking(false)}
          onConfirm={act}
        />
      )}
    </>
  );
}

interface SwitchDialogProps extends Pick<EnvironmentSwitchProps, "flag" | "environment"> {
  readonly isOn: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (comment: string) => void;
}

function SwitchDialog({ flag, environment, isOn, onClose, onConfirm }: SwitchDialogProps) {
  const [comment, setComment] = useState("");
  const [isTried, setTried] = useState(false);
  const names = { flag: flag.name, environment: environment.name };
  const isMissing = environment.requireComments && comment.trim() === "";
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={isOn ? t("flag.switch.off", names) : t("flag.switch.on", names)}
      action={isOn ? t("flag.switch.turnOff") : t("flag.switch.turnOn")}
      {...(environment.confirmChanges ? { typed: environment.name } : {})}
      onConfirm={() => {
        setTried(true);
        if (!isMissing) onConfirm(comment.trim());
      }}
    >
      {environment.critical && <p>{t("flag.switch.critical")}</p>}
      <TextArea
        label={t("flag.switch.comment")}
        value={comment}
        onChange={setComment}
        rows={2}
        // Nobody switches a critical environment by one more Enter.
        autoFocus
        description={
          environment.requireComments
            ? t("flag.switch.comment.required", { environment: environment.name })
            : t("flag.switch.comment.optional")
        }
        error={isTried && isMissing ? t("flag.switch.comment.missing") : undefined}
      />
    </ConfirmDialog>
  );
}
