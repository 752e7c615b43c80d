import { Network, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { PickList } from "../../ui/pick-list.tsx";
import { Popover } from "../../ui/popover.tsx";
import { ConflictsAt } from "../conflict/conflicts.tsx";
import { useFlagPage } from "../frame/flag-page-context.ts";
import { usePath } from "../try-it/use-path.ts";
import { pathClass } from "./path-mark.tsx";
import { useDependents, useFlagChoices, useRequiredFlags } from "./required-flags.ts";
import { RequirementGraph } from "./requirement-graph.tsx";
import { requirementLevels } from "./requirement-levels.ts";
import { RequirementRow } from "./requirement-row.tsx";
import { t } from "./text.ts";
import type { Editor } from "./use-editor.ts";

/** Which other flags have to serve something before this one serves anything but what it serves when off. */
export function Requirements({ editor }: { readonly editor: Editor }) {
  const { project, flag } = useFlagPage();
  const { configuration, environment, isReadOnly } = editor;
  const keys = configuration.prerequisites.map(({ key }) => key);
  const known = useRequiredFlags(project, environment, keys);
  const dependents = useDependents(project, environment, flag.key);
  const [isGraphShown, setGraphShown] = useState(false);
  const steps = usePath()?.prerequisites;
  const failed = [...(steps?.values() ?? [])].find(({ state }) => state === "passed");
  const isEmpty = keys.length === 0 && dependents.length === 0;
  if (isEmpty && isReadOnly) return null;
  // The button to add one is the same with and without a card around it, so that it keeps the focus.
  return (
    <section
      {...(isEmpty ? {} : { "aria-labelledby": "requires-title" })}
      className={
        isEmpty ? "" : `relative space-y-2 rounded-lg border bg-surface p-3 ${pathClass(failed)}`
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3
          key="title"
          id="requires-title"
          className={isEmpty ? "sr-only" : "flex-1 font-semibold"}
        >
          {t("requires.title")}
        </h3>
        {!isEmpty && (
          <Button
            key="graph"
            look="quiet"
            className="h-7"
            icon={<Network size={14} aria-hidden />}
            aria-expanded={isGraphShown}
            onPress={() => setGraphShown(!isGraphShown)}
          >
            {isGraphShown ? t("requires.hide") : t("requires.show")}
          </Button>
        )}
        {!isReadOnly && <AddRequirement key="add" editor={editor} isAlone={isEmpty} />}
      </div>
      <ConflictsAt place="prerequisites" />
      {isGraphShown && (
        <RequirementGraph
          levels={requirementLevels(keys, environment, known.get)}
          dependents={dependents}
        />
      )}
      {configuration.prerequisites.map((prerequisite) => (
        <RequirementRow
          key={prerequisite.key}
          editor={editor}
          prerequisite={prerequisite}
          required={known.get(prerequisite.key)}
          step={steps?.get(prerequisite.key)}
        />
      ))}
    </section>
  );
}

function AddRequirement({
  editor,
  isAlone = false,
}: {
  readonly editor: Editor;
  /** There is no card around it. */
  readonly isAlone?: boolean;
}) {
  return (
    <Popover
      label={t("requires.add")}
      isBare
      isAtEnd={!isAlone}
      button={
        <Button look="quiet" className="h-7" icon={<Plus size={14} aria-hidden />}>
          {t("requires.add")}
        </Button>
      }
    >
      {(close) => <FlagList editor={editor} close={close} />}
    </Popover>
  );
}

function FlagList({ editor, close }: { readonly editor: Editor; readonly close: () => void }) {
  const { project, flag } = useFlagPage();
  const { configuration, instruct } = editor;
  const [typed, setTyped] = useState("");
  const taken = new Set([flag.key, ...configuration.prerequisites.map(({ key }) => key)]);
  const choices = useFlagChoices(project, typed).filter(({ key }) => !taken.has(key));
  return (
    <div className="w-80 max-w-full">
      <PickList
        label={t("requires.find")}
        onType={setTyped}
        groups={[
          {
            picks: choices.map(({ key, name }) => ({
              id: key,
              label: name,
              isName: true,
              description: (
                <span translate="no" className="font-mono">
                  {key}
                </span>
              ),
            })),
          },
        ]}
        selected={[]}
        onPick={(key) => {
          close();
          const variationId = choices.find((one) => one.key === key)?.variations[0]?._id;
          if (variationId !== undefined) instruct({ kind: "addPrerequisite", key, variationId });
        }}
      />
    </div>
  );
}
