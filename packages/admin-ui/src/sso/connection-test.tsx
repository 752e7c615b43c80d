import { CircleCheck, CircleX } from "lucide-react";
import { useState } from "react";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { type ProviderCheck, ssoPath } from "./sso.ts";
import { accessOf, type SsoDraft } from "./sso-draft.ts";
import { t } from "./text.ts";

interface ConnectionTestProps {
  readonly draft: SsoDraft;
  /** Enough is typed to ask. */
  readonly isReady: boolean;
}

/** Asks the provider as a sign-in would, before anything is kept. */
export function ConnectionTest({ draft, isReady }: ConnectionTestProps) {
  const { attempt, isBusy, problem } = useAttempt();
  const [found, setFound] = useState<{
    readonly of: string;
    readonly checks: readonly ProviderCheck[];
  }>();
  const asked = JSON.stringify(accessOf(draft));
  const test = () =>
    void attempt(async () => {
      const body = accessOf(draft);
      const { checks } = await request<{ readonly checks: readonly ProviderCheck[] }>(
        "POST",
        `${ssoPath}/test`,
        body,
      );
      setFound({ of: asked, checks });
    });
  return (
    <div className="mt-4">
      <Button
        isPending={isBusy}
        isDisabled={!isReady}
        unavailable={useUnavailable("updateSso", "acct")}
        onPress={test}
      >
        {t("sso.test")}
      </Button>
      {problem !== undefined && (
        <p role="alert" className="mt-3 rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <div role="status">
        {found !== undefined && found.of === asked && <Checks checks={found.checks} />}
      </div>
    </div>
  );
}

function Checks({ checks }: { readonly checks: readonly ProviderCheck[] }) {
  const isGood = checks.every(({ passed }) => passed);
  return (
    <div
      className={`mt-3 rounded-md border p-3 ${isGood ? "border-on/40 bg-onbg" : "border-danger/40 bg-dangerbg"}`}
    >
      <p className={`font-semibold ${isGood ? "text-on" : "text-danger"}`}>
        {isGood ? t("sso.test.good") : t("sso.test.bad")}
      </p>
      <ul className="mt-2 space-y-1.5">
        {checks.map(({ name, passed, message }) => (
          <li key={name} className="flex items-start gap-2">
            {passed ? (
              <CircleCheck
                size={16}
                className="mt-0.5 shrink-0 text-on"
                aria-label={t("sso.test.passed")}
              />
            ) : (
              <CircleX
                size={16}
                className="mt-0.5 shrink-0 text-danger"
                aria-label={t("sso.test.failed")}
              />
            )}
            <span className="min-w-0 break-words">
              <b className="font-medium">{t(`sso.test.${name}`)}</b>{" "}
              <span translate="no" className="text-ink2">
                {message}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
