import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useChange } from "../api/change.ts";
import { apiPath, resource } from "../api/queries.ts";
import type { Items } from "../api/representations.ts";
import { RequestError, request } from "../api/request.ts";
import { keyFromName } from "../flags/key-from-name.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { ComboBox } from "../ui/select.tsx";
import { t } from "./text.ts";

interface MakeFlagProps {
  readonly project: string;
  readonly onFlag: (key: string) => void;
}

/** The first step: a boolean flag by its name alone, or one that is there. */
export function MakeFlag({ project, onFlag }: MakeFlagProps) {
  const [name, setName] = useState<string>(t("firstRun.name.first"));
  const [problem, setProblem] = useState<string>();
  const key = keyFromName(name);
  const path = apiPath("flags", project);
  const creation = useChange({
    path,
    send: () =>
      request("POST", path, {
        key,
        name,
        variations: [{ value: true }, { value: false }],
        clientSideAvailability: { usingMobileKey: true, usingEnvironmentId: true },
      }).then(() => onFlag(key)),
    failed: () => name,
    onRefusal: (error) => {
      setProblem(error.message);
      return error instanceof RequestError;
    },
  });
  const unavailable = useUnavailable("createFlag", `proj/${project}:env/*:flag/${key}`);
  function create(event: FormEvent) {
    event.preventDefault();
    setProblem(undefined);
    creation.mutate(undefined);
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Card title={t("firstRun.make")}>
        <p className="mb-3 text-ink2">{t("firstRun.make.words")}</p>
        <form onSubmit={create} className="flex flex-wrap items-start gap-2">
          <TextField
            label={t("firstRun.name")}
            value={name}
            onChange={setName}
            isRequired
            autoFocus
            error={problem}
            description={t.rich("firstRun.key", {
              key: (
                <code key="key" translate="no">
                  {key}
                </code>
              ),
            })}
            className="min-w-48 flex-1"
          />
          <Button
            type="submit"
            look="primary"
            className="mt-6"
            isDisabled={key === ""}
            isPending={creation.isPending}
            unavailable={unavailable}
          >
            {t("firstRun.create")}
          </Button>
        </form>
        <Existing project={project} onFlag={onFlag} />
      </Card>
      <Card title={t("firstRun.next")}>
        <ol className="list-inside list-decimal space-y-2 text-ink2 marker:text-ink3 marker:tabular-nums">
          <li>{t("firstRun.next.code")}</li>
          <li>{t("firstRun.next.run")}</li>
          <li>{t("firstRun.next.switch")}</li>
        </ol>
      </Card>
    </div>
  );
}

interface NamedFlag {
  readonly key: string;
  readonly name: string;
}

function Existing({ project, onFlag }: MakeFlagProps) {
  const path = `${apiPath("flags", project)}?summary=1&limit=10000`;
  const { data } = useQuery(resource<Items<NamedFlag>>(path));
  const choices = (data?.items ?? []).map(({ key, name }) => ({
    id: key,
    label: name,
    description: key,
  }));
  if (choices.length === 0) return null;
  return (
    <div className="mt-4 border-t border-line pt-3">
      <p className="mb-2 text-ink2">{t("firstRun.or")}</p>
      <ComboBox
        label={t("firstRun.existing")}
        isLabelHidden
        areNames
        placeholder={t("firstRun.existing.choose")}
        choices={choices}
        value={undefined}
        onChange={onFlag}
      />
    </div>
  );
}
