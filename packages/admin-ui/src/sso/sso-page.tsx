import { useQuery } from "@tanstack/react-query";
import { AccountHeader } from "../account/account-header.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { ProviderAddresses } from "./provider-addresses.tsx";
import { RemoveSso } from "./remove-sso.tsx";
import { RequirementCard } from "./requirement-card.tsx";
import { ScimCard } from "./scim-card.tsx";
import { ssoSettings } from "./sso.ts";
import { bodyOf, draftOf } from "./sso-draft.ts";
import { SsoForm } from "./sso-form.tsx";
import { t } from "./text.ts";

/** How people come in by the identity provider that they have anyway. */
export function SsoPage() {
  const { data, error, refetch, isPending } = useQuery(ssoSettings);
  const settings = data ?? undefined;
  useReady(!isPending);
  return (
    <>
      <AccountHeader
        title={t("sso.title")}
        actions={settings && <RemoveSso isFixed={settings.isFromEnvironment} />}
      />
      {error && <ErrorState what={t("sso.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows count={4} />}
      {data !== undefined && (
        <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[1fr_26rem]">
          <div className="min-w-0 space-y-4">
            {data === null && <p className="max-w-2xl text-ink2">{t("sso.none")}</p>}
            {settings?.isFromEnvironment === true && (
              <Notice tone="info">{t("sso.fromEnvironment")}</Notice>
            )}
            <SsoForm key={JSON.stringify(bodyOf(draftOf(settings)))} settings={settings} />
          </div>
          <div className="min-w-0 space-y-4">
            <ProviderAddresses />
            <RequirementCard settings={settings} />
            <ScimCard />
          </div>
        </div>
      )}
    </>
  );
}
