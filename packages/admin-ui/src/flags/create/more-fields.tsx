import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { apiPath, resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { me } from "../../session/me.ts";
import { ChipsField } from "../../ui/chips-field.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { TextArea } from "../../ui/field.tsx";
import { ComboBox } from "../../ui/select.tsx";
import type { NewFlag } from "./new-flag.ts";
import { t } from "./text.ts";

interface Member {
  readonly _id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email: string;
}

/** What most flags do without. */
export function MoreFields(props: {
  readonly flag: NewFlag;
  readonly onChange: (part: Partial<NewFlag>) => void;
}) {
  const { flag, onChange } = props;
  const tagPath = `${apiPath("tags")}?${new URLSearchParams({ kind: "flag" })}`;
  const tags = useQuery(resource<Items<string>>(tagPath));
  const myself = useQuery(me).data;
  const members = useQuery(resource<Items<Member>>("/api/v2/members?limit=10000"));
  const people = (members.data?.items ?? []).map(({ _id, firstName, lastName, email }) => ({
    id: _id,
    label: _id === myself?.id ? t("create.maintainer.me") : nameOf(firstName, lastName, email),
    description: email,
  }));
  return (
    <details className="group rounded-lg border border-line bg-surface">
      <summary className="flex h-10 cursor-pointer items-center gap-1.5 rounded-lg px-3 font-medium [&::-webkit-details-marker]:hidden">
        <ChevronRight size={14} className="group-open:rotate-90" aria-hidden />
        {t("create.more")}
      </summary>
      <div className="space-y-4 border-t border-line p-3">
        <TextArea
          label={t("create.description")}
          value={flag.description}
          onChange={(description) => onChange({ description })}
          rows={2}
        />
        <ChipsField
          label={t("create.tags")}
          values={flag.tags}
          onChange={(chosen) => onChange({ tags: chosen })}
          suggestions={tags.data?.items ?? []}
        />
        {people.length > 0 && (
          <ComboBox
            key={people.length}
            label={t("create.maintainer")}
            choices={people}
            value={flag.maintainerId || myself?.id}
            onChange={(maintainerId) => onChange({ maintainerId })}
          />
        )}
        <fieldset>
          <legend className="mb-1 text-[13px] font-medium">{t("create.sdks")}</legend>
          <Checkbox
            isSelected={flag.forBrowsers}
            onChange={(forBrowsers) => onChange({ forBrowsers })}
          >
            {t("create.sdks.client")}
          </Checkbox>
          <Checkbox
            isSelected={flag.forMobiles}
            onChange={(forMobiles) => onChange({ forMobiles })}
          >
            {t("create.sdks.mobile")}
          </Checkbox>
        </fieldset>
      </div>
    </details>
  );
}

function nameOf(first: string | undefined, last: string | undefined, email: string): string {
  return `${first ?? ""} ${last ?? ""}`.trim() || email;
}
