import { RadioGroup } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import type { Problems, ReviewInput } from "./use-review.ts";
import type { useWhen, Way } from "./use-when.ts";

const labels: Readonly<Record<Way, string>> = {
  now: t("review.now"),
  schedule: t("review.schedule"),
  request: t("review.request"),
};

interface WhenFieldsProps {
  readonly when: ReturnType<typeof useWhen>;
  readonly input: ReviewInput;
  readonly onChange: (more: Partial<ReviewInput>) => void;
  readonly problems: Problems;
}

/** Now, later, or once others have approved. */
export function WhenFields({ when, input, onChange, problems }: WhenFieldsProps) {
  const { environment } = useFlagPage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const rule = { environment: environment.name };
  const words = when.ways.length === 1 ? t("review.required", rule) : t("review.bypass", rule);
  return (
    <div className="space-y-3">
      <RadioGroup
        label={t("review.when")}
        choices={when.ways.map((id) => ({ id, label: labels[id] }))}
        value={when.way}
        onChange={when.choose}
        isHorizontal
        {...(when.isRequired ? { description: words } : {})}
      />
      {when.way === "schedule" && (
        <MomentField
          label={t("review.at")}
          value={input.at}
          onChange={(at) => onChange({ at })}
          min={Date.now()}
          description={t("review.at.zone", { zone })}
          error={problems.at}
        />
      )}
      {when.way === "request" && (
        <TextField
          label={t("review.ask")}
          value={input.description}
          onChange={(description) => onChange({ description })}
          error={problems.description}
        />
      )}
    </div>
  );
}
