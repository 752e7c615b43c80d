import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { resource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ChipsField } from "../../ui/chips-field.tsx";
import { KeyCopy } from "../../ui/copy.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { useFlagEdit, useFlagUnavailable } from "../edits/flag-edit.ts";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { type General, generalInstructions, isSameGeneral } from "./general.ts";
import { t } from "./text.ts";

/** Name, description and tags. What was not touched follows what others change. */
export function GeneralCard() {
  const { flag } = useFlagPage();
  const saved: General = { name: flag.name, description: flag.description, tags: flag.tags };
  const [typed, setTyped] = useState<Partial<General>>({});
  const shown = { ...saved, ...typed };
  const change = useFlagEdit();
  const unavailable = useFlagUnavailable("updateName");
  const tags = useQuery(resource<Items<string>>("/api/v2/tags?kind=flag&limit=1000")).data?.items;
  const isDirty = !isSameGeneral(saved, shown);
  const isNameless = shown.name.trim() === "";
  const set = (part: Partial<General>) => setTyped({ ...typed, ...part });
  function save(event: FormEvent) {
    event.preventDefault();
    if (!isDirty || isNameless) return;
    const after = { ...shown, name: shown.name.trim() };
    const edit = {
      instructions: generalInstructions(saved, after),
      undo: generalInstructions(after, saved),
      done: t("general.saved", { name: after.name }),
      failed: t("general.failed", { name: after.name }),
      foresee: <Shown extends General>(before: Shown) => ({ ...before, ...after }),
    };
    change.mutate(edit, { onSuccess: () => setTyped({}) });
  }
  const isReadOnly = unavailable !== undefined;
  return (
    <Card title={t("general.title")}>
      <form onSubmit={save} className="space-y-4">
        <TextField
          label={t("general.name")}
          value={shown.name}
          onChange={(name) => set({ name })}
          error={isNameless ? t("general.name.missing") : undefined}
          isReadOnly={isReadOnly}
          autoComplete="off"
        />
        <div className="flex flex-col gap-1">
          <span className="text-[13px] font-medium">{t("general.key")}</span>
          <KeyCopy value={flag.key} className="self-start" />
          <span className="text-xs text-ink3">{t("general.key.words")}</span>
        </div>
        <TextArea
          label={t("general.description")}
          description={t("general.description.words")}
          value={shown.description}
          onChange={(description) => set({ description })}
          isReadOnly={isReadOnly}
        />
        <ChipsField
          label={t("general.tags")}
          description={t("general.tags.words")}
          values={shown.tags}
          onChange={(values) => set({ tags: values })}
          suggestions={tags?.filter((tag) => !shown.tags.includes(tag)) ?? []}
          isDisabled={isReadOnly}
        />
        <div className="flex gap-2">
          <Button
            type="submit"
            look="primary"
            unavailable={unavailable}
            isDisabled={!isDirty || isNameless}
            isPending={change.isPending}
          >
            {t("general.save")}
          </Button>
          {isDirty && (
            <Button look="quiet" onPress={() => setTyped({})}>
              {t("general.discard")}
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}
