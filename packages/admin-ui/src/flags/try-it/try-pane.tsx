import { useState } from "react";
import { Checkbox } from "../../ui/choice.tsx";
import { TextArea } from "../../ui/field.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { AllEnvironments } from "./all-environments.tsx";
import { Bulk } from "./bulk.tsx";
import { ContextForm } from "./context-form.tsx";
import { ContextPicker } from "./context-picker.tsx";
import { Copies } from "./copies.tsx";
import { Outcome } from "./outcome.tsx";
import { PathList } from "./path-list.tsx";
import { t } from "./text.ts";
import { useTrying } from "./try-context.ts";

/** Asks what a context would get, with what is not saved yet, and shows each step that leads there. */
export function TryPane() {
  const { environments } = useFlagPage();
  const { text, setText, typed } = useTrying();
  const [isForm, setForm] = useState(false);
  const [isEverywhere, setEverywhere] = useState(false);
  return (
    <div className="space-y-3">
      <div className="relative">
        <div className="absolute -top-1.5 right-0">
          <ContextPicker />
        </div>
        <TextArea
          label={t("try.context")}
          value={text}
          onChange={setText}
          isMono
          rows={Math.min(10, Math.max(4, text.split("\n").length))}
          spellCheck="false"
          error={"problem" in typed ? typed.problem : undefined}
          className="try-context"
        />
      </div>
      <Checkbox isSelected={isForm} onChange={setForm}>
        {t("try.form")}
      </Checkbox>
      {isForm && <ContextForm />}
      <div role="status" className="space-y-3">
        <Outcome />
        {!isEverywhere && <PathList />}
      </div>
      {environments.length > 1 && (
        <Checkbox isSelected={isEverywhere} onChange={setEverywhere}>
          {t("try.all")}
        </Checkbox>
      )}
      {isEverywhere && <AllEnvironments />}
      <Copies />
      <Bulk />
    </div>
  );
}
