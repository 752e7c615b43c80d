import { type Gradual, gradualStages, type StageName } from "./gradual.ts";

/** A workflow as it is chosen in the form. */
export interface BeginForm {
  readonly how: "gradual" | "template";
  readonly flag: string;
  readonly environment: string;
  /** Empty for the usual one. */
  readonly name: string;
  readonly template: string;
  readonly gradual: Gradual;
}

export function newForm(environment: string): BeginForm {
  return {
    how: "gradual",
    flag: "",
    environment,
    name: "",
    template: "",
    gradual: {
      variationId: "",
      restId: "",
      steps: [10, 50, 100],
      wait: 1,
      unit: "calendarDay",
      needsApproval: false,
    },
  };
}

/** Whether all is said that a workflow needs. */
export function isComplete({ how, flag, environment, template, gradual }: BeginForm): boolean {
  if (flag === "" || environment === "") return false;
  if (how === "template") return template !== "";
  const { variationId, restId, steps, wait } = gradual;
  const isSplit = steps.length > 1;
  return variationId !== "" && (!isSplit || (restId !== "" && restId !== variationId)) && wait > 0;
}

/** The body that begins it. */
export function bodyOf(form: BeginForm, name: string, nameOf: StageName): object {
  return form.how === "template"
    ? { name, templateKey: form.template }
    : { name, stages: gradualStages(form.gradual, nameOf) };
}
