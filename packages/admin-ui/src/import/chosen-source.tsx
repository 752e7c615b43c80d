import { FileJson } from "lucide-react";
import type { Environment } from "../api/representations.ts";
import { Button } from "../ui/button.tsx";
import { CodeBlock } from "../ui/copy.tsx";
import { Disclosure } from "../ui/disclosure.tsx";
import { Select } from "../ui/select.tsx";
import { commandOf } from "./command.ts";
import { t } from "./text.ts";
import type { Importing } from "./use-import.ts";
import { inThings } from "./words.ts";

interface ChosenSourceProps {
  readonly project: string;
  readonly importing: Importing;
  readonly environments: readonly Environment[];
}

/** What the files were taken for, and for which environment they are where they do not say so. */
export function ChosenSource({ project, importing, environments }: ChosenSourceProps) {
  const { chosen, environment, setEnvironment, reset } = importing;
  if (chosen === undefined) return null;
  const { names, source } = chosen;
  const { format, flagCount, segmentCount, needsEnvironment } = source;
  return (
    <section aria-label={t("import.chosen")} className="space-y-4">
      <div className="flex flex-wrap items-center gap-3">
        <span className="grid size-9 shrink-0 place-items-center rounded-md bg-sunken text-ink2">
          <FileJson size={18} aria-hidden />
        </span>
        <div className="min-w-0 flex-1 basis-52">
          <p translate="no" className="font-medium wrap-anywhere">
            {names.join(", ")}
          </p>
          <p className="text-[13px] text-ink2">
            {t("import.recognised", {
              format: t(`import.format.${format}`),
              things: inThings({ flag: flagCount, segment: segmentCount }),
            })}
          </p>
        </div>
        <Button onPress={reset}>{t("import.again")}</Button>
      </div>
      {needsEnvironment && (
        <Select
          label={t("import.environment")}
          description={t("import.environment.words")}
          placeholder={t("import.environment.choose")}
          choices={environments.map(({ key, name }) => ({ id: key, label: name }))}
          value={environment}
          onChange={setEnvironment}
          areNames
          className="max-w-80"
        />
      )}
      <Disclosure title={t("import.command")}>
        <CodeBlock
          label={t("import.command")}
          code={commandOf({ project, format, files: names, environment })}
        />
      </Disclosure>
    </section>
  );
}
