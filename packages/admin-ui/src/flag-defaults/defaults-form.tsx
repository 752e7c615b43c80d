import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox, RadioGroup } from "../ui/choice.tsx";
import { BooleanFields } from "./boolean-fields.tsx";
import { defaultsPatch, type FlagDefaults, flagDefaultsPath } from "./flag-defaults.ts";
import { t } from "./text.ts";

interface DefaultsFormProps {
  readonly project: string;
  readonly saved: FlagDefaults;
}

/** Lifetime, tags, who is served, and how true and false are called. */
export function DefaultsForm({ project, saved }: DefaultsFormProps) {
  const [defaults, setDefaults] = useState(saved);
  const set = (part: Partial<FlagDefaults>) => setDefaults({ ...defaults, ...part });
  const patch = defaultsPatch(saved, defaults);
  const change = useChange<void>({
    path: apiPath("projects", project),
    send: () => request("PATCH", flagDefaultsPath(project), patch),
    done: () => t("defaults.saved"),
    failed: () => t("defaults.save.failed"),
  });
  const forbidden = useUnavailable("updateProjectFlagDefaults", `proj/${project}`);
  return (
    <form
      className="min-w-0 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (patch.length > 0 && forbidden === undefined) change.mutate();
      }}
    >
      <Card title={t("defaults.general")}>
        <GeneralFields defaults={defaults} set={set} />
      </Card>
      <Card title={t("defaults.boolean")}>
        <BooleanFields
          defaults={defaults.booleanDefaults}
          onChange={(booleanDefaults) => set({ booleanDefaults })}
        />
      </Card>
      <Button
        type="submit"
        look="primary"
        isPending={change.isPending}
        unavailable={forbidden ?? (patch.length === 0 ? t("defaults.none") : undefined)}
      >
        {t("defaults.save")}
      </Button>
    </form>
  );
}

function GeneralFields(props: {
  readonly defaults: FlagDefaults;
  readonly set: (part: Partial<FlagDefaults>) => void;
}) {
  const { defaults, set } = props;
  const availability = defaults.defaultClientSideAvailability;
  const known = useQuery(
    resource<Items<string>>(`${apiPath("tags")}?${new URLSearchParams({ kind: "flag" })}`),
  );
  const serve = (part: Partial<typeof availability>) =>
    set({ defaultClientSideAvailability: { ...availability, ...part } });
  return (
    <div className="space-y-4">
      <RadioGroup
        label={t("defaults.lifetime")}
        value={defaults.temporary ? "temporary" : "permanent"}
        onChange={(lifetime) => set({ temporary: lifetime === "temporary" })}
        choices={(["temporary", "permanent"] as const).map((id) => ({
          id,
          label: t(`defaults.${id}`),
          description: t(`defaults.${id}.words`),
        }))}
      />
      <ChipsField
        label={t("defaults.tags")}
        description={t("defaults.tags.words")}
        values={defaults.tags}
        onChange={(tags) => set({ tags })}
        suggestions={known.data?.items ?? []}
        className="max-w-xl"
      />
      <fieldset className="space-y-1">
        <legend className="text-[13px] font-medium">{t("defaults.availability")}</legend>
        <Checkbox
          isSelected={availability.usingEnvironmentId}
          onChange={(usingEnvironmentId) => serve({ usingEnvironmentId })}
        >
          {t("defaults.browsers")}
        </Checkbox>
        <Checkbox
          isSelected={availability.usingMobileKey}
          onChange={(usingMobileKey) => serve({ usingMobileKey })}
        >
          {t("defaults.mobile")}
        </Checkbox>
      </fieldset>
    </div>
  );
}
