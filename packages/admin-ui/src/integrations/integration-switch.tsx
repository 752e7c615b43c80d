import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Switch } from "../ui/switch.tsx";
import { type Integration, integrationPath } from "./integration.ts";
import { t } from "./text.ts";

/** Pauses an integration, or lets it go on. */
export function IntegrationSwitch({ integration }: { readonly integration: Integration }) {
  const { name, on, kind } = integration;
  const path = integrationPath(integration);
  const send = (isOn: boolean) =>
    request("PATCH", path, [{ op: "replace", path: "/on", value: isOn }]);
  const change = useChange<boolean>({
    path: apiPath("integrations"),
    send,
    undo: (isOn) => send(!isOn),
    done: (isOn) =>
      isOn ? t("integration.turnedOn", { name }) : t("integration.turnedOff", { name }),
    failed: () => t("integration.save.failed"),
  });
  return (
    <Switch
      isOn={on}
      isBusy={change.isPending}
      label={t("integration.switch", { name })}
      unavailable={useUnavailable("updateOn", `integration/${kind}`)}
      onPress={() => change.mutate(!on)}
    />
  );
}
