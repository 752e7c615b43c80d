import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Chips } from "../../ui/chips-field.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { PropertyDialog } from "./property-dialog.tsx";
import { t } from "./text.ts";

/** Facts for other systems. */
export function PropertiesCard() {
  const { flag } = useFlagPage();
  const [open, setOpen] = useState<{ readonly key?: string }>();
  const unavailable = useFlagUnavailable("updateFlagCustomProperties");
  const change = useFlagEdit();
  const properties = Object.entries(flag.customProperties);
  function remove(key: string, { name, value }: { name: string; value: readonly string[] }) {
    const property = { kind: "replaceCustomProperties", key, name } as const;
    change.mutate({
      instructions: [{ ...property, values: [] }],
      undo: [{ ...property, values: [...value] }],
      done: t("properties.removed", { name }),
      failed: t("properties.failed", { name }),
    });
  }
  return (
    <Card
      title={t("properties.title")}
      actions={
        <Button
          look="quiet"
          icon={<Plus size={16} aria-hidden />}
          unavailable={unavailable}
          onPress={() => setOpen({})}
        >
          {t("properties.add")}
        </Button>
      }
    >
      <p className="text-ink2">
        {t("properties.words")} {properties.length === 0 && t("properties.none")}
      </p>
      <ul aria-label={t("properties.table")} className="divide-y divide-line">
        {properties.map(([key, property]) => (
          <li key={key} className="flex items-center gap-3 py-2 last:pb-0">
            <span className="min-w-0 flex-1">
              <span translate="no" className="font-medium">
                {property.name}
              </span>{" "}
              <code translate="no" className="font-mono text-[12.5px] text-ink3">
                {key}
              </code>
              <span className="mt-1 flex flex-wrap gap-1">
                <Chips values={property.value} />
              </span>
            </span>
            <span className="flex">
              <IconButton
                label={t("properties.edit", { name: property.name })}
                unavailable={unavailable}
                onPress={() => setOpen({ key })}
              >
                <Pencil size={16} aria-hidden />
              </IconButton>
              <IconButton
                label={t("properties.remove", { name: property.name })}
                unavailable={unavailable}
                onPress={() => remove(key, property)}
              >
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <PropertyDialog propertyKey={open.key} onClose={() => setOpen(undefined)} />
      )}
    </Card>
  );
}
