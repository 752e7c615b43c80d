import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { strengthOf, strengths } from "./password-strength.ts";
import { t } from "./text.ts";

interface PasswordFieldProps {
  readonly name: string;
  readonly label?: string;
  readonly autoFocus?: boolean;
  /** What it was refused for. */
  readonly error?: string | undefined;
}

/** The password as it is; it can be shown, so that nobody types blindly on a phone. */
export function PasswordField(props: PasswordFieldProps) {
  return <RevealableField {...props} complete="current-password" />;
}

/** A password to be chosen, with how long it would stand. */
export function NewPasswordField(props: PasswordFieldProps) {
  const [password, setPassword] = useState("");
  const strength = strengthOf(password);
  const rank = strengths.indexOf(strength);
  const colour = ["bg-danger", "bg-prod", "bg-signal", "bg-on"][rank];
  return (
    <div>
      <RevealableField
        {...props}
        label={props.label ?? t("session.password.new")}
        complete="new-password"
        onChange={setPassword}
      />
      <div aria-hidden="true" className="mt-1.5 grid grid-cols-4 gap-1">
        {strengths.map((one, at) => (
          <span
            key={one}
            className={`h-1 rounded-full forced-color-adjust-none ${password !== "" && at <= rank ? colour : "bg-line"}`}
          />
        ))}
      </div>
      <p role="status" className="mt-1 min-h-4 text-xs text-ink3">
        {password === "" ? t("session.strength.hint") : t(`session.strength.${strength}`)}
      </p>
    </div>
  );
}

interface RevealableFieldProps extends PasswordFieldProps {
  readonly complete: "current-password" | "new-password";
  readonly onChange?: (password: string) => void;
}

function RevealableField({ complete, label, error, onChange, ...props }: RevealableFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative">
      <TextField
        {...props}
        {...(onChange === undefined ? {} : { onChange })}
        error={error}
        label={label ?? t("session.password")}
        type={isShown ? "text" : "password"}
        autoComplete={complete}
        isRequired
        className="[&_input]:pr-10"
      />
      <span className="absolute top-6 right-0 pointer-coarse:top-6">
        <IconButton
          label={isShown ? t("session.password.hide") : t("session.password.show")}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </IconButton>
      </span>
    </div>
  );
}
