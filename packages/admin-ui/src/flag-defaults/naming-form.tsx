import { useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { exampleKey, keyForms, type NamingConvention, namingPatch } from "./flag-defaults.ts";
import { t } from "./text.ts";

interface NamingFormProps {
  readonly project: string;
  readonly saved: NamingConvention | undefined;
}

/** What keys of new flags have to look like. */
export function NamingForm({ project, saved }: NamingFormProps) {
  const [naming, setNaming] = useState<NamingConvention>(saved ?? {});
  const { prefix = "", case: form } = naming;
  const patch = namingPatch(saved, naming);
  const change = useChange<void>({
    path: apiPath("projects", project),
    send: () => request("PATCH", apiPath("projects", project), patch),
    done: () => t("naming.saved"),
    failed: () => t("naming.save.failed"),
  });
  const forbidden = useUnavailable("updateProjectFlagDefaults", `proj/${project}`);
  const withForm = (chosen: NamingConvention["case"]): NamingConvention => ({
    prefix,
    ...(chosen === undefined ? {} : { case: chosen }),
  });
  return (
    <Card title={t("naming.title")}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (patch.length > 0 && forbidden === undefined) change.mutate();
        }}
      >
        <p className="text-[13px] text-ink2">{t("naming.words")}</p>
        <Select
          label={t("naming.case")}
          choices={[
            { id: "any", label: t("naming.case.any"), description: t("naming.case.any.words") },
            ...keyForms.map((id) => ({
              id,
              label: exampleKey({ case: id }),
              description: id,
            })),
          ]}
          value={form ?? "any"}
          onChange={(chosen) => setNaming(withForm(chosen === "any" ? undefined : chosen))}
          areNames
        />
        <TextField
          label={t("naming.prefix")}
          description={t("naming.prefix.words")}
          value={prefix}
          onChange={(typed) => setNaming({ ...naming, prefix: typed })}
          isMono
          maxLength={100}
        />
        <p role="status" className="text-[13px] text-ink2">
          {t.rich("naming.example", {
            key: (
              <code key="key" translate="no" className="font-mono break-all text-ink">
                {exampleKey(naming)}
              </code>
            ),
          })}
        </p>
        <Button
          type="submit"
          look="primary"
          isPending={change.isPending}
          unavailable={forbidden ?? (patch.length === 0 ? t("defaults.none") : undefined)}
        >
          {t("naming.save")}
        </Button>
      </form>
    </Card>
  );
}
