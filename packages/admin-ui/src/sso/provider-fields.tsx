import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { ConnectionTest } from "./connection-test.tsx";
import type { SsoSettings } from "./sso.ts";
import { keepsSecret, type SsoDraft, type SsoProblems } from "./sso-draft.ts";
import { t } from "./text.ts";

interface ProviderFieldsProps {
  readonly draft: SsoDraft;
  readonly settings: SsoSettings | undefined;
  readonly onChange: (part: Partial<SsoDraft>) => void;
  readonly problems: SsoProblems;
  readonly unavailable: string | undefined;
}

/** Which provider, and how this server shows who it is. */
export function ProviderFields(props: ProviderFieldsProps) {
  const { draft, settings, onChange, problems, unavailable } = props;
  const isReadOnly = unavailable !== undefined;
  const isKept = keepsSecret(draft, settings);
  return (
    <Card title={t("sso.provider")}>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("sso.issuer")}
          description={t("sso.issuer.words")}
          error={problems.issuer}
          value={draft.issuer}
          onChange={(issuer) => onChange({ issuer })}
          placeholder="https://id.example.com"
          isReadOnly={isReadOnly}
          isMono
          autoComplete="off"
          className="sm:col-span-2"
        />
        <TextField
          label={t("sso.client")}
          error={problems.clientId}
          value={draft.clientId}
          onChange={(clientId) => onChange({ clientId })}
          isReadOnly={isReadOnly}
          isMono
          autoComplete="off"
        />
        {settings?.isFromEnvironment !== true && (
          <TextField
            label={t("sso.secret")}
            {...(isKept ? { description: t("sso.secret.kept") } : {})}
            error={problems.clientSecret}
            type="password"
            value={draft.clientSecret}
            onChange={(clientSecret) => onChange({ clientSecret })}
            isReadOnly={isReadOnly}
            isMono
            autoComplete="new-password"
          />
        )}
      </div>
      <ConnectionTest
        draft={draft}
        isReady={
          draft.issuer !== "" && draft.clientId !== "" && (isKept || draft.clientSecret !== "")
        }
      />
    </Card>
  );
}
