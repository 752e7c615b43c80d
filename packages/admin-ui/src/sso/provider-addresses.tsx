import { useQuery } from "@tanstack/react-query";
import { Card } from "../ui/card.tsx";
import { KeyCopy } from "../ui/copy.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ErrorState } from "../ui/states.tsx";
import { ssoAddresses } from "./sso.ts";
import { t } from "./text.ts";

/** What the provider has to know of this server, to be copied. */
export function ProviderAddresses() {
  const { data, error, refetch } = useQuery(ssoAddresses);
  return (
    <Card title={t("sso.addresses")}>
      <p className="mb-3 text-[13px] text-ink3">{t("sso.addresses.words")}</p>
      {error && <ErrorState what={t("sso.addresses")} error={error} onRetry={refetch} />}
      {data === undefined && !error && <SkeletonRows count={2} />}
      {data !== undefined && (
        <dl className="space-y-2">
          {[
            { label: t("sso.redirect"), value: data.redirectUri },
            { label: t("sso.signOut"), value: data.signOutUri },
            { label: t("sso.scopes"), value: "openid email profile" },
          ].map(({ label, value }) => (
            <div key={label}>
              <dt className="text-xs text-ink3">{label}</dt>
              <dd className="min-w-0">
                <KeyCopy value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
