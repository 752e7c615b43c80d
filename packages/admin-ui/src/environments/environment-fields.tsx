import type { ReactNode } from "react";
import { t } from "../settings/text.ts";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { NumberField, TextField } from "../ui/field.tsx";
import type { EnvironmentForm } from "./environment.ts";

type Set = (change: Partial<EnvironmentForm>) => void;

interface FieldsProps {
  readonly form: EnvironmentForm;
  readonly set: Set;
}

/** What people know an environment by: its name and colour, and how long SDKs may keep what they got. */
export function EnvironmentFacts({ form, set }: FieldsProps) {
  return (
    <>
      <label className="flex flex-col gap-1 text-[13px] font-medium">
        {t("environment.color")}
        <input
          type="color"
          value={`#${form.color}`}
          onChange={({ target }) => set({ color: target.value.slice(1) })}
          className="h-8 w-16 cursor-pointer rounded-md border border-line2 bg-surface p-1 pointer-coarse:h-11"
        />
      </label>
      <NumberField
        label={t("environment.ttl")}
        description={t("environment.ttl.words")}
        value={form.defaultTtl}
        onChange={(defaultTtl) => set({ defaultTtl })}
        minValue={0}
        maxValue={60}
        className="max-w-72"
      />
      <ChipsField
        label={t("environment.tags")}
        values={form.tags}
        onChange={(tags) => set({ tags })}
      />
    </>
  );
}

/** How careful one has to be there. */
export function EnvironmentCare({ form, set }: FieldsProps) {
  return (
    <fieldset className="space-y-3">
      <Setting
        label={t("environment.critical")}
        words={t("environment.critical.words")}
        isOn={form.critical}
        set={(critical) => set({ critical })}
      />
      <Setting
        label={t("environment.confirm")}
        words={t("environment.confirm.words")}
        isOn={form.confirmChanges}
        set={(confirmChanges) => set({ confirmChanges })}
      />
      <Setting
        label={t("environment.comments")}
        words={t("environment.comments.words")}
        isOn={form.requireComments}
        set={(requireComments) => set({ requireComments })}
      />
      <Setting
        label={t("environment.approval")}
        words={t("environment.approval.words")}
        isOn={form.isApprovalRequired}
        set={(isApprovalRequired) => set({ isApprovalRequired })}
      >
        {form.isApprovalRequired && (
          <div className="mt-2 space-y-2">
            <NumberField
              label={t("environment.approval.count")}
              value={form.minNumApprovals}
              onChange={(minNumApprovals) => set({ minNumApprovals })}
              minValue={1}
              maxValue={5}
              className="max-w-40"
            />
            <Checkbox
              isSelected={form.canReviewOwnRequest}
              onChange={(canReviewOwnRequest) => set({ canReviewOwnRequest })}
            >
              {t("environment.approval.own")}
            </Checkbox>
          </div>
        )}
      </Setting>
      <Setting
        label={t("environment.secure")}
        words={t("environment.secure.words")}
        isOn={form.secureMode}
        set={(secureMode) => set({ secureMode })}
      />
      <Setting
        label={t("environment.track")}
        words={t("environment.track.words")}
        isOn={form.defaultTrackEvents}
        set={(defaultTrackEvents) => set({ defaultTrackEvents })}
      />
    </fieldset>
  );
}

function Setting(props: {
  readonly label: string;
  readonly words: string;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
  readonly children?: ReactNode;
}) {
  return (
    <div>
      <Checkbox isSelected={props.isOn} onChange={props.set} className="font-medium">
        {props.label}
      </Checkbox>
      <div className="pl-6">
        <p className="text-xs text-ink3">{props.words}</p>
        {props.children}
      </div>
    </div>
  );
}

/** The name and, for a new one, the key that follows it. */
export function NameField(props: {
  readonly value: string;
  readonly set: (name: string) => void;
  readonly error: string | undefined;
}) {
  return (
    <TextField
      label={t("environment.name")}
      value={props.value}
      onChange={props.set}
      error={props.error}
      isRequired
      // The sheet was opened to say it.
      autoFocus
    />
  );
}
