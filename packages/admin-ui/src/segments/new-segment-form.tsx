import { useState } from "react";
import type { Environment } from "../api/representations.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { formatList } from "../text/format.ts";
import { EnvironmentName } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox, RadioGroup } from "../ui/choice.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { useCreation } from "./segment-creation.ts";
import type { SegmentRow } from "./segment-rows.ts";
import { t } from "./text.ts";

interface NewSegmentFormProps {
  readonly project: string;
  readonly environments: readonly Environment[];
  readonly rows: readonly SegmentRow[];
  /** What it begins as: a segment that other environments have. */
  readonly source: SegmentRow | undefined;
  readonly env: string | undefined;
}

interface Typed {
  readonly name: string;
  /** Undefined while it follows the name. */
  readonly ownKey: string | undefined;
  readonly description: string;
  readonly tags: readonly string[];
  readonly isBig: boolean;
  readonly kind: string;
}

export function NewSegmentForm({ project, environments, rows, source, env }: NewSegmentFormProps) {
  const [copied] = [...(source?.inEnvironment ?? [])].slice(-1);
  const model = copied?.[1];
  const [typed, setTyped] = useState<Typed>({
    name: source?.name ?? "",
    ownKey: source?.key,
    description: model?.description ?? "",
    tags: source?.tags ?? [],
    isBig: model?.unbounded ?? false,
    kind: model?.unboundedContextKind ?? "user",
  });
  const key = typed.ownKey ?? keyFromName(typed.name);
  const taken = [...(rows.find((row) => row.key === key)?.inEnvironment.keys() ?? [])];
  const [chosen, setChosen] = useState<readonly string[]>(
    env === undefined ? environments.map((one) => one.key) : [env],
  );
  const where = chosen.filter((one) => !taken.includes(one));
  const isTaken = environments.every((one) => taken.includes(one.key));
  const creation = useCreation(project, { key, name: typed.name, model });
  const unavailable = useUnavailable(
    "createSegment",
    `proj/${project}:env/${where[0] ?? "*"}:segment/${key}`,
  );
  function create() {
    if (typed.name.trim() === "" || key === "" || where.length === 0) return;
    const { name, description, tags, isBig, kind } = typed;
    const big = isBig ? { unbounded: true, unboundedContextKind: kind } : {};
    creation.create(where, { key, name, description, tags, ...big });
  }
  return (
    <form
      className="max-w-2xl space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Names
        typed={typed}
        segmentKey={key}
        isKeyFixed={source !== undefined}
        tags={[...new Set(rows.flatMap((row) => row.tags))]}
        problem={isTaken ? takenWords(key, environments) : undefined}
        onChange={(change) => setTyped({ ...typed, ...change })}
      />
      {model === undefined && (
        <How typed={typed} onChange={(change) => setTyped({ ...typed, ...change })} />
      )}
      <Where environments={environments} taken={taken} chosen={where} onChange={setChosen} />
      {copied !== undefined && (
        <Notice tone="info">
          {t.rich("segment.create.copy", {
            environment: (
              <b key="environment" translate="no">
                {environments.find((one) => one.key === copied[0])?.name ?? copied[0]}
              </b>
            ),
          })}
        </Notice>
      )}
      {creation.problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {creation.problem}
        </p>
      )}
      <Button
        type="submit"
        look="primary"
        isPending={creation.isPending}
        isDisabled={where.length === 0}
        unavailable={unavailable}
      >
        {t("segment.create")}
      </Button>
    </form>
  );
}

function takenWords(key: string, environments: readonly Environment[]): string {
  const names = environments.map(({ name }) => name);
  return t("segment.key.taken", { key, environments: formatList(names) });
}

interface PartProps {
  readonly typed: Typed;
  readonly onChange: (change: Partial<Typed>) => void;
}

interface NamesProps extends PartProps {
  readonly segmentKey: string;
  /** It is a segment that another environment has. */
  readonly isKeyFixed: boolean;
  /** Those of other segments. */
  readonly tags: readonly string[];
  readonly problem: string | undefined;
}

function Names({ typed, segmentKey, isKeyFixed, tags, problem, onChange }: NamesProps) {
  return (
    <Card>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("segment.name")}
          value={typed.name}
          onChange={(name) => onChange({ name })}
          autoFocus={!isKeyFixed}
          isRequired
        />
        <TextField
          label={t("segment.key")}
          description={t("segment.key.words")}
          value={segmentKey}
          onChange={(ownKey) => onChange({ ownKey })}
          isReadOnly={isKeyFixed}
          error={problem}
          isMono
          isRequired
        />
        <TextArea
          label={t("segment.description")}
          value={typed.description}
          onChange={(description) => onChange({ description })}
          rows={2}
          className="sm:col-span-2"
        />
        <ChipsField
          label={t("segment.tags")}
          description={t("segment.tags.words")}
          values={typed.tags}
          onChange={(values) => onChange({ tags: values })}
          suggestions={tags}
          className="sm:col-span-2"
        />
      </div>
    </Card>
  );
}

/** Lists and rules, or members by the million. */
function How({ typed, onChange }: PartProps) {
  const choices = [
    {
      id: "lists",
      label: t("segment.create.lists"),
      description: t("segment.create.lists.words"),
    },
    { id: "big", label: t("segment.create.big"), description: t("segment.create.big.words") },
  ] as const;
  return (
    <Card>
      <RadioGroup
        label={t("segment.create.how")}
        value={typed.isBig ? "big" : "lists"}
        onChange={(id) => onChange({ isBig: id === "big" })}
        choices={choices}
      />
      {typed.isBig && (
        <TextField
          label={t("segment.create.kind")}
          value={typed.kind}
          onChange={(kind) => onChange({ kind })}
          isMono
          isRequired
          className="mt-3 max-w-56"
        />
      )}
    </Card>
  );
}

interface WhereProps {
  readonly environments: readonly Environment[];
  /** Those that have the key already. */
  readonly taken: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Where({ environments, taken, chosen, onChange }: WhereProps) {
  return (
    <Card>
      <fieldset>
        <legend className="text-[13px] font-medium">{t("segment.create.where")}</legend>
        <p className="mb-1 text-xs text-ink3">{t("segment.create.where.words")}</p>
        <div className="flex flex-col gap-1">
          {environments.map(({ key, name, critical }) => (
            <Checkbox
              key={key}
              isSelected={chosen.includes(key)}
              isDisabled={taken.includes(key)}
              onChange={(isSelected) =>
                onChange(isSelected ? [...chosen, key] : chosen.filter((one) => one !== key))
              }
            >
              <EnvironmentName name={name} isCritical={critical} />
              {taken.includes(key) && (
                <span className="text-xs text-ink3">{t("segment.create.where.has")}</span>
              )}
            </Checkbox>
          ))}
        </div>
        {chosen.length === 0 && (
          <p role="status" className="mt-1 text-xs text-danger">
            {t("segment.create.where.none")}
          </p>
        )}
      </fieldset>
    </Card>
  );
}
