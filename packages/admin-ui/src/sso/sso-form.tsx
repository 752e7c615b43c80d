import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { baseRoleChoices } from "../roles/base-roles.ts";
import { useAttempt } from "../session/attempt.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Select } from "../ui/select.tsx";
import { say } from "../ui/toast.tsx";
import { ClaimFields } from "./claim-fields.tsx";
import { ProviderFields } from "./provider-fields.tsx";
import { type SsoSettings, ssoPath } from "./sso.ts";
import { bodyOf, draftOf, problemsOf, type SsoDraft } from "./sso-draft.ts";
import { t } from "./text.ts";

/** The settings as they are typed. */
export function SsoForm({ settings }: { readonly settings: SsoSettings | undefined }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<SsoDraft>(() => draftOf(settings));
  const [isSent, setSent] = useState(false);
  const { attempt, isBusy, problem } = useAttempt();
  const denied = useUnavailable("updateSso", "acct");
  const isFixed = settings?.isFromEnvironment === true;
  const unavailable = isFixed ? t("sso.unavailable.environment") : denied;
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(settings));
  const problems = problemsOf(draft, settings);
  const change = (part: Partial<SsoDraft>) => setDraft({ ...draft, ...part });
  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (Object.keys(problems).length > 0) return;
    void attempt(async () => {
      await request("PUT", ssoPath, bodyOf(draft));
      say(t("sso.saved"));
      await refresh(client, ssoPath);
    });
  }
  return (
    <form onSubmit={send} className="space-y-4">
      <ProviderFields
        draft={draft}
        settings={settings}
        onChange={change}
        problems={isSent ? problems : {}}
        unavailable={unavailable}
      />
      <PeopleFields draft={draft} onChange={change} isDisabled={unavailable !== undefined} />
      <ClaimFields draft={draft} onChange={change} isDisabled={unavailable !== undefined} />
      {problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          look="primary"
          isPending={isBusy}
          isDisabled={!isChanged}
          unavailable={unavailable}
        >
          {settings === undefined ? t("sso.setUp") : t("sso.save")}
        </Button>
        {isChanged && (
          <Button look="quiet" onPress={() => setDraft(draftOf(settings))}>
            {t("sso.discard")}
          </Button>
        )}
      </div>
    </form>
  );
}

interface PeopleFieldsProps {
  readonly draft: SsoDraft;
  readonly onChange: (part: Partial<SsoDraft>) => void;
  readonly isDisabled: boolean;
}

function PeopleFields({ draft, onChange, isDisabled }: PeopleFieldsProps) {
  const roles = baseRoleChoices("").filter(({ id }) => id !== "owner");
  return (
    <Card title={t("sso.people")}>
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={t("sso.defaultRole")}
          choices={roles.map((one) => ({ ...one, id: String(one.id) }))}
          value={draft.defaultRole}
          onChange={(defaultRole) => onChange({ defaultRole })}
          isDisabled={isDisabled}
        />
        <ChipsField
          label={t("sso.domains")}
          description={t("sso.domains.words")}
          values={draft.allowedDomains}
          onChange={(allowedDomains) => onChange({ allowedDomains })}
          placeholder="example.com"
          isDisabled={isDisabled}
        />
        <Checkbox
          isSelected={draft.trustsEmails}
          onChange={(trustsEmails) => onChange({ trustsEmails })}
          isDisabled={isDisabled}
          className="sm:col-span-2"
        >
          {t("sso.trusts")}
        </Checkbox>
      </div>
    </Card>
  );
}
