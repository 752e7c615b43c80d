import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { Checkbox, RadioGroup } from "../ui/choice.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { MomentField } from "../ui/moment-field.tsx";
import { say } from "../ui/toast.tsx";
import {
  type Announcement,
  type AnnouncementSettings,
  announcementPath,
  announcementsPath,
  settingsOf,
  severities,
} from "./announcement.ts";
import { t } from "./text.ts";

interface AnnouncementDialogProps {
  /** Left out for one that is to be made. */
  readonly edited?: Announcement | undefined;
  readonly onClose: () => void;
}

export function AnnouncementDialog({ edited, onClose }: AnnouncementDialogProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<AnnouncementSettings>(() =>
    edited === undefined ? begun() : settingsOf(edited),
  );
  const [isSent, setSent] = useState(false);
  const { attempt, isBusy, problem } = useAttempt();
  const isWhole = draft.title.trim() !== "" && draft.message.trim() !== "";
  const isEarly = draft.endTime !== undefined && draft.endTime <= draft.startTime;
  function send() {
    setSent(true);
    if (!isWhole || isEarly) return;
    const { title } = draft;
    void attempt(async () => {
      if (edited === undefined) await request("POST", announcementsPath, draft);
      else await request("PATCH", announcementPath(edited._id), patchTo(draft, edited));
      say(
        edited === undefined
          ? t("announcement.done.created", { title })
          : t("announcement.done.saved", { title }),
      );
      await refresh(client, announcementsPath);
      onClose();
    });
  }
  return (
    <FormDialog
      title={edited === undefined ? t("announcements.create") : t("announcement.edit.title")}
      action={edited === undefined ? t("announcements.create") : t("announcement.save")}
      onSubmit={send}
      onClose={onClose}
      isBusy={isBusy}
      refusal={problem}
    >
      <Fields draft={draft} isChecked={isSent} isEarly={isEarly} onChange={setDraft} />
    </FormDialog>
  );
}

interface FieldsProps {
  readonly draft: AnnouncementSettings;
  readonly isChecked: boolean;
  readonly isEarly: boolean;
  readonly onChange: (draft: AnnouncementSettings) => void;
}

function Fields({ draft, isChecked, isEarly, onChange }: FieldsProps) {
  const missing = (text: string) =>
    isChecked && text.trim() === "" ? t("announcement.missing") : undefined;
  function setEnd(endTime: number | undefined) {
    const { endTime: _, ...rest } = draft;
    onChange(endTime === undefined ? rest : { ...rest, endTime });
  }
  return (
    <>
      <TextField
        label={t("announcement.name")}
        error={missing(draft.title)}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        maxLength={256}
        autoFocus
        autoComplete="off"
      />
      <TextArea
        label={t("announcement.message")}
        error={missing(draft.message)}
        value={draft.message}
        onChange={(message) => onChange({ ...draft, message })}
        maxLength={4096}
      />
      <RadioGroup
        label={t("announcement.severity")}
        isHorizontal
        choices={severities.map((id) => ({ id, label: t(`announcement.severity.${id}`) }))}
        value={draft.severity}
        onChange={(severity) => onChange({ ...draft, severity })}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <MomentField
          label={t("announcement.start")}
          value={draft.startTime}
          onChange={(startTime) => onChange({ ...draft, startTime: startTime ?? Date.now() })}
        />
        <MomentField
          label={t("announcement.end")}
          description={t("announcement.end.words")}
          error={isEarly ? t("announcement.end.early") : undefined}
          value={draft.endTime}
          onChange={setEnd}
        />
      </div>
      <Checkbox
        isSelected={draft.isDismissible}
        onChange={(isDismissible) => onChange({ ...draft, isDismissible })}
      >
        {t("announcement.dismissible")}
      </Checkbox>
    </>
  );
}

function begun(): AnnouncementSettings {
  const startTime = Date.now();
  return { title: "", message: "", severity: "info", isDismissible: true, startTime };
}

/** Every member as it is now; an end that is gone is removed. */
function patchTo(draft: AnnouncementSettings, { endTime }: Announcement): readonly object[] {
  const isEndGone = endTime !== undefined && draft.endTime === undefined;
  return [
    ...Object.entries(draft).map(([name, value]) => ({ op: "add", path: `/${name}`, value })),
    ...(isEndGone ? [{ op: "remove", path: "/endTime" }] : []),
  ];
}
