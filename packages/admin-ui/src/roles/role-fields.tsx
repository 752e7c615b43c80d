import { Card } from "../ui/card.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { keyOf, type problemsOf, type RoleDraft } from "./role-draft.ts";
import { t } from "./text.ts";

interface RoleFieldsProps {
  readonly draft: RoleDraft;
  readonly isNew: boolean;
  readonly problems: ReturnType<typeof problemsOf>;
  readonly onChange: (draft: RoleDraft) => void;
}

export function RoleFields({ draft, isNew, problems, onChange }: RoleFieldsProps) {
  return (
    <Card>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("role.name")}
          value={draft.name}
          error={problems.name}
          onChange={(name) => onChange({ ...draft, name })}
          maxLength={256}
          autoFocus={isNew}
        />
        <TextField
          label={t("role.key")}
          description={t("role.key.words")}
          value={keyOf(draft)}
          error={problems.key}
          onChange={(key) => onChange({ ...draft, key })}
          isReadOnly={!isNew}
          isMono
        />
        <TextField
          label={t("role.description")}
          value={draft.description}
          onChange={(description) => onChange({ ...draft, description })}
          className="sm:col-span-2"
        />
        <RadioGroup
          label={t("role.begins")}
          isHorizontal
          choices={[
            { id: "reader", label: t("role.begins.reader") },
            { id: "no_access", label: t("role.begins.no_access") },
          ]}
          value={draft.basePermissions}
          onChange={(basePermissions) => onChange({ ...draft, basePermissions })}
        />
      </div>
    </Card>
  );
}
