import { useChange } from "../api/change.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Card } from "../ui/card.tsx";
import { Switch } from "../ui/switch.tsx";
import { type SsoSettings, ssoPath } from "./sso.ts";
import { t } from "./text.ts";

/** Whether passwords let in owners alone. */
export function RequirementCard({ settings }: { readonly settings: SsoSettings | undefined }) {
  const denied = useUnavailable("updateSso", "acct");
  const isRequired = settings?.isRequired === true;
  const patch = (isOn: boolean) => request("PATCH", ssoPath, { isRequired: isOn });
  const change = useChange<boolean>({
    path: ssoPath,
    send: patch,
    done: (isOn) => (isOn ? t("sso.required.on") : t("sso.required.off")),
    undo: (isOn) => patch(!isOn),
    failed: () => t("sso.required.failed"),
  });
  return (
    <Card>
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{t("sso.required")}</h2>
          <p className="mt-0.5 text-[13px] text-ink2">{t("sso.required.words")}</p>
        </div>
        <Switch
          isOn={isRequired}
          label={t("sso.required")}
          isBusy={change.isPending}
          unavailable={denied ?? (settings === undefined ? t("sso.required.first") : undefined)}
          onPress={() => change.mutate(!isRequired)}
        />
      </div>
    </Card>
  );
}
