import { useQuery } from "@tanstack/react-query";
import { AccountHeader } from "../account/account-header.tsx";
import { useChange } from "../api/change.ts";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Card } from "../ui/card.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { Switch } from "../ui/switch.tsx";
import { AllowList } from "./allow-list.tsx";
import { t } from "./text.ts";

const path = "/api/v2/account/security";
const security = resource<{ readonly requiresSecondFactor: boolean }>(path);

/** What the account asks of everybody who comes in. */
export function SecurityPage() {
  const { data, error, refetch, isPending } = useQuery(security);
  useReady(!isPending);
  return (
    <>
      <AccountHeader title={t("security.title")} />
      {error && <ErrorState what={t("security.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={2} />}
      {data !== undefined && (
        <div className="max-w-3xl space-y-4">
          <RequiredFactor isRequired={data.requiresSecondFactor} />
          <AllowList />
        </div>
      )}
    </>
  );
}

function RequiredFactor({ isRequired }: { readonly isRequired: boolean }) {
  const unavailable = useUnavailable("updateRequireMfa", "acct");
  const patch = (requiresSecondFactor: boolean) => request("PATCH", path, { requiresSecondFactor });
  const change = useChange<boolean>({
    path,
    send: patch,
    done: (isOn) => (isOn ? t("security.factor.on") : t("security.factor.off")),
    undo: (isOn) => patch(!isOn),
    failed: () => t("security.factor.failed"),
  });
  return (
    <Card>
      <div className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold">{t("security.factor")}</h2>
          <p className="mt-0.5 text-ink2">{t("security.factor.words")}</p>
        </div>
        <Switch
          isOn={isRequired}
          label={t("security.factor")}
          isBusy={change.isPending}
          unavailable={unavailable}
          onPress={() => change.mutate(!isRequired)}
        />
      </div>
    </Card>
  );
}
