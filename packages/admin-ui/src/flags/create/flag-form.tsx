import { useRef, useState } from "react";
import { useUnavailable } from "../../session/unavailable.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { RadioGroup } from "../../ui/choice.tsx";
import { CodeBlock } from "../../ui/copy.tsx";
import { TextField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { say } from "../../ui/toast.tsx";
import { KeyField } from "./key-field.tsx";
import { MoreFields } from "./more-fields.tsx";
import { codeOf, commandOf, flagKinds, hasCommand, type NewFlag } from "./new-flag.ts";
import { migrationStages, shapeOfKind, templates } from "./templates.ts";
import { t } from "./text.ts";
import { type NewFlagForm, useNewFlag } from "./use-new-flag.ts";
import { VariationRows } from "./variation-rows.tsx";

interface FlagFormProps {
  readonly project: string;
  readonly begin: NewFlag;
  readonly onCreated: (flag: NewFlag) => void;
}

export function FlagForm({ project, begin, onCreated }: FlagFormProps) {
  const form = useNewFlag(project, begin);
  const { flag, change, failure, isSending } = form;
  const fields = useRef<HTMLFormElement>(null);
  const [goesOn, setGoesOn] = useState(false);
  const unavailable = useUnavailable("createFlag", `proj/${project}:env/*:flag/*`);
  async function send(isFollowed: boolean) {
    setGoesOn(isFollowed);
    if (await form.create()) {
      if (!isFollowed) return onCreated(flag);
      say(t("create.done.said", { flag: flag.name.trim() }));
      form.clear();
      fields.current?.querySelector("input")?.focus();
      return;
    }
    fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }
  return (
    <form
      ref={fields}
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
      className="grid items-start gap-6 xl:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]"
    >
      <div className="space-y-5">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("create.name")}
            value={flag.name}
            onChange={(name) => change({ name })}
            isRequired
            autoFocus
            autoComplete="off"
          />
          <KeyField value={flag.key} state={form.keyState} onChange={(key) => change({ key })} />
        </div>
        <Templates form={form} />
        <Values form={form} />
        <RadioGroup
          label={t("create.lifetime")}
          choices={(["temporary", "permanent"] as const).map((id) => ({
            id,
            label: t(`create.lifetime.${id}`),
            description: t(`create.lifetime.${id}.words`),
          }))}
          value={flag.isTemporary ? "temporary" : "permanent"}
          onChange={(chosen) => change({ isTemporary: chosen === "temporary" })}
        />
        <MoreFields flag={flag} onChange={change} />
        {failure !== undefined && <ErrorState what={t("create.flag")} error={failure} />}
        <div className="flex flex-wrap items-center gap-2">
          <Button
            look="primary"
            type="submit"
            unavailable={unavailable}
            isPending={isSending && !goesOn}
          >
            {t("create.submit")}
          </Button>
          <Button
            unavailable={unavailable}
            isPending={isSending && goesOn}
            onPress={() => fields.current?.reportValidity() === true && void send(true)}
          >
            {t("create.another")}
          </Button>
          <span className="text-[13px] text-ink2">{t("create.off.note")}</span>
        </div>
      </div>
      <Preview flag={flag} />
    </form>
  );
}

/** The same elsewhere: how code asks for the flag, and the command that makes it. */
function Preview({ flag }: { readonly flag: NewFlag }) {
  return (
    <Card title={t("create.preview")} className="xl:sticky xl:top-18">
      <div className="space-y-3">
        <div className="space-y-1">
          <p className="text-[13px] text-ink2">{t("create.code")}</p>
          <CodeBlock code={codeOf(flag)} label={t("create.done.code")} />
        </div>
        {hasCommand(flag) && (
          <div className="space-y-1">
            <p className="text-[13px] text-ink2">{t("create.cli")}</p>
            <CodeBlock code={commandOf(flag)} label={t("create.cli")} />
          </div>
        )}
      </div>
    </Card>
  );
}

function Templates({ form }: { readonly form: NewFlagForm }) {
  const { template, choose } = form;
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{t("create.template")}</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {templates.map((one) => (
          <label
            key={one}
            className="cursor-pointer rounded-md border border-line bg-surface p-2 has-checked:border-link has-checked:bg-infobg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-link hover:border-line2"
          >
            <input
              type="radio"
              name="template"
              value={one}
              checked={template === one}
              onChange={() => choose(one)}
              className="sr-only"
            />
            <span className="block font-medium">{t(`create.template.${one}`)}</span>
            <span className="block text-xs text-ink2">{t(`create.template.${one}.words`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Kind and variations, and which of them on and off give. */
function Values({ form }: { readonly form: NewFlagForm }) {
  const { flag, change, problems } = form;
  const { kind, variations, on, off, isMigration } = flag;
  if (isMigration) {
    const stages = migrationStages.join(", ");
    return <p className="text-ink2">{t("create.variation.stages", { stages })}</p>;
  }
  const choices = variations.map(({ value, name }, at) => ({
    id: String(at),
    label: name.trim() || value || String(at + 1),
  }));
  return (
    <>
      <RadioGroup
        label={t("create.kind")}
        isHorizontal
        choices={flagKinds.map((id) => ({ id, label: t(`create.kind.${id}`) }))}
        value={kind}
        onChange={(chosen) => change(shapeOfKind(chosen))}
      />
      <VariationRows
        kind={kind}
        variations={variations}
        problems={problems}
        onChange={(changed) =>
          change({
            variations: changed,
            on: Math.min(on, changed.length - 1),
            off: Math.min(off, changed.length - 1),
          })
        }
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Select
          label={t("create.on")}
          areNames
          choices={choices}
          value={String(on)}
          onChange={(at) => change({ on: Number(at) })}
        />
        <Select
          label={t("create.off")}
          areNames
          choices={choices}
          value={String(off)}
          onChange={(at) => change({ off: Number(at) })}
        />
      </div>
    </>
  );
}
