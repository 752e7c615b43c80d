import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import type { NewToken } from "./new-token.ts";
import { t } from "./text.ts";
import { lifetimes } from "./token.ts";

interface ExpiryFieldProps {
  readonly draft: NewToken;
  readonly onChange: (part: Pick<NewToken, "lifetime"> | Pick<NewToken, "day">) => void;
  readonly error: string | undefined;
}

/** When a token ends: one of some spans, or a day. */
export function ExpiryField({ draft, onChange, error }: ExpiryFieldProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Select
        label={t("token.create.expiry")}
        choices={lifetimes.map((id) => ({ id, label: t(`token.create.expiry.${id}`) }))}
        value={draft.lifetime}
        onChange={(lifetime) => onChange({ lifetime })}
      />
      {draft.lifetime === "day" && (
        <TextField
          label={t("token.create.day")}
          type="date"
          error={error}
          value={draft.day}
          onChange={(day) => onChange({ day })}
        />
      )}
    </div>
  );
}
