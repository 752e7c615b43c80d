import { Check } from "lucide-react";
import { TextField } from "../../ui/field.tsx";
import { problemOfKey } from "./new-flag.ts";
import { t } from "./text.ts";
import type { KeyState } from "./use-key-check.ts";

/** The key, and whether it can be had. */
export function KeyField(props: {
  readonly value: string;
  readonly state: KeyState;
  readonly onChange: (key: string) => void;
}) {
  const { value, state, onChange } = props;
  const problem = value === "" ? undefined : problemOfKey(value);
  const error =
    problem !== undefined
      ? t(`create.key.${problem}`)
      : state === "taken"
        ? t("create.key.taken", { key: value })
        : undefined;
  return (
    <div className="relative">
      <TextField
        label={t("create.key")}
        description={error === undefined ? t("create.key.what") : undefined}
        value={value}
        onChange={onChange}
        error={error}
        isMono
        isRequired
        autoComplete="off"
        spellCheck="false"
      />
      <span role="status" className="absolute top-0 right-0 text-xs">
        {state === "free" && (
          <span className="flex items-center gap-1 text-on">
            <Check size={12} aria-hidden /> {t("create.key.free")}
          </span>
        )}
        {state === "checking" && <span className="text-ink3">{t("create.key.checking")}</span>}
      </span>
    </div>
  );
}
