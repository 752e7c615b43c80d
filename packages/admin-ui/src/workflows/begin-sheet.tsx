import { Button } from "../ui/button.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { Sheet } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { ComboBox, Select } from "../ui/select.tsx";
import { t as kit } from "../ui/text.ts";
import { GradualFields } from "./gradual-fields.tsx";
import { t } from "./text.ts";
import { type Beginning, useBegin } from "./use-begin.ts";
import type { WorkflowTemplate } from "./workflow.ts";

interface BeginSheetProps {
  readonly project: string;
  readonly templates: readonly WorkflowTemplate[];
  readonly onClose: () => void;
}

/** Begins a workflow: of which flag, where, and with which stages. */
export function BeginSheet({ project, templates, onClose }: BeginSheetProps) {
  const beginning = useBegin(project);
  const { form, set, name, begin, refusal, isComplete } = beginning;
  return (
    <Sheet
      isOpen
      isHeld
      onClose={onClose}
      title={t("begin.title")}
      actions={
        <>
          <Button look="quiet" onPress={onClose}>
            {kit("kit.cancel")}
          </Button>
          <Button
            look="primary"
            isPending={begin.isPending}
            isDisabled={!isComplete}
            onPress={() => begin.mutate(undefined, { onSuccess: onClose })}
          >
            {t("begin.act")}
          </Button>
        </>
      }
    >
      <div className="mt-2 space-y-4">
        {refusal !== undefined && (
          <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
            {refusal}
          </p>
        )}
        <PlaceFields beginning={beginning} />
        {templates.length > 0 && (
          <RadioGroup
            label={t("begin.how")}
            value={form.how}
            onChange={(how) => set({ how })}
            choices={(["gradual", "template"] as const).map((id) => ({
              id,
              label: t(`begin.${id}`),
              description: t(`begin.${id}.words`),
            }))}
          />
        )}
        {form.how === "template" ? (
          <TemplateField beginning={beginning} templates={templates} />
        ) : (
          <GradualFields
            project={project}
            flag={form.flag}
            gradual={form.gradual}
            onChange={(gradual) => set({ gradual })}
          />
        )}
        <TextField
          label={t("begin.name")}
          value={name}
          onChange={(typedName) => set({ name: typedName })}
        />
      </div>
    </Sheet>
  );
}

function PlaceFields({ beginning }: { readonly beginning: Beginning }) {
  const { form, set, flags, environments } = beginning;
  return (
    <>
      <ComboBox
        label={t("begin.flag")}
        choices={flags.map(({ key, name: label }) => ({ id: key, label, description: key }))}
        value={form.flag === "" ? undefined : form.flag}
        onChange={(key) =>
          set({ flag: key, gradual: { ...form.gradual, variationId: "", restId: "" } })
        }
      />
      <Select
        label={t("begin.environment")}
        areNames
        choices={environments.map(({ key, name: label }) => ({ id: key, label }))}
        value={form.environment}
        onChange={(environment) => set({ environment })}
      />
    </>
  );
}

function TemplateField(props: {
  readonly beginning: Beginning;
  readonly templates: readonly WorkflowTemplate[];
}) {
  const { form, set } = props.beginning;
  return (
    <Select
      label={t("begin.template.which")}
      placeholder={t("begin.template.choose")}
      areNames
      choices={props.templates.map(({ _key, name: label, stages = [] }) => ({
        id: _key,
        label,
        description: t("templates.stages", { count: stages.length }),
      }))}
      value={form.template === "" ? undefined : form.template}
      onChange={(template) => set({ template })}
    />
  );
}
