import { RadioGroup } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { MomentField } from "../../ui/moment-field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { t } from "./text.ts";
import type { useWhen, Way } from "./use-when.ts";

const labels: Readonly<Record<Way, string>> = {
  now: t("review.now"),
  schedule: t("review.schedule"),
  request: t("review.request"),
};

interface WhenFieldsProps {
  readonly when: ReturnType<typeof useWhen>;
  readonly at: number | undefined;
  readonly onAt: (at: number | undefined) => void;
  readonly description: string;
  readonly onDescription: (description: string) => void;
  readonly problems: { readonly at?: string | undefined; readonly description?: string | undefined };
}

/** Now, later, or once others have approved. */
export function WhenFields(props: WhenFieldsProps) {
  const { when, problems } = props;
  const { environment } = useFlagPage();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const rule = { environment: environment.name };
  return (
    <div className="space-y-3">
      <RadioGroup
        label={t("review.when")}
        choices={when.ways.map((id) => ({ id, label: labels[id] }))}
        value={when.way}
        onChange={when.choose}
        isHorizontal
        description={
          when.isRequired
            ? t(when.ways.length === 1 ? "review.required" : "review.bypass", rule)
            : undefined
        }
      />
      {when.way === "schedule" && (
        <MomentField
          label={t("review.at")}
          value={props.at}
          onChange={props.onAt}
          min={Date.now()}
          description={t("review.at.zone", { zone })}
          error={problems.at}
        />
      )}
      {when.way === "request" && (
        <TextField
          label={t("review.ask")}
          value={props.description}
          onChange={props.onDescription}
          error={problems.description}
        />
      )}
    </div>
  );
}
