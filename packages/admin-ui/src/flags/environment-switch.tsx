import { useState } from "react";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Switch } from "../ui/switch.tsx";
import { useFlagSwitch } from "./flag-queries.ts";
import { t } from "./text.ts";

/** A flag's switch in an environment; a critical one asks before. */
export function EnvironmentSwitch(props: {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: Environment;
}) {
  const { project, flag, environment } = props;
  const [isAsking, setAsking] = useState(false);
  const change = useFlagSwitch(project, flag, environment);
  const isOn = flag.environments?.[environment.key]?.on === true;
  const resource = `proj/${project}:env/${environment.key}:flag/${flag.key}`;
  const names = { flag: flag.name, environment: environment.name };
  function act() {
    setAsking(false);
    change.mutate(!isOn);
  }
  return (
    <>
      <Switch
        isOn={isOn}
        isBusy={change.isPending}
        label={t("flag.switch.label", names)}
        unavailable={useUnavailable("updateOn", resource)}
        onPress={() => (environment.critical ? setAsking(true) : act())}
      />
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={isOn ? t("flag.switch.off", names) : t("flag.switch.on", names)}
        action={isOn ? t("flag.switch.turnOff") : t("flag.switch.turnOn")}
        onConfirm={act}
      >
        <p>{t("flag.switch.critical")}</p>
      </ConfirmDialog>
    </>
  );
}
