import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import type { Team } from "./team.ts";
import { t } from "./text.ts";
import { useTeamChange, useTeamUnavailability } from "./use-team.ts";

export function TeamDetails({ team }: { readonly team: Team }) {
  const [name, setName] = useState(team.name);
  const [description, setDescription] = useState(team.description);
  const unavailable = useTeamUnavailability(team)("updateTeamName");
  const isSame = name.trim() === team.name && description === team.description;
  const save = useTeamChange<{ readonly name: string; readonly description: string }>(team, {
    instructions: (wanted) => instructionsFrom(team, wanted),
    inverse: (wanted) => instructionsFrom(wanted, team),
    done: (wanted) => t("team.done.details", { name: wanted.name }),
    failed: t("team.failed.details"),
  });
  function send(event: FormEvent) {
    event.preventDefault();
    if (!isSame && name.trim() !== "") save.mutate({ name: name.trim(), description });
  }
  return (
    <Card title={t("team.details")}>
      <form onSubmit={send} className="space-y-3">
        <TextField
          label={t("team.name")}
          value={name}
          onChange={setName}
          error={name.trim() === "" ? t("team.name.missing") : undefined}
          isReadOnly={unavailable !== undefined}
          maxLength={256}
          autoComplete="off"
        />
        <TextArea
          label={t("team.description")}
          value={description}
          onChange={setDescription}
          isReadOnly={unavailable !== undefined}
          maxLength={4096}
          rows={2}
        />
        <Button
          type="submit"
          isDisabled={isSame}
          isPending={save.isPending}
          unavailable={unavailable}
        >
          {t("team.save")}
        </Button>
      </form>
    </Card>
  );
}

type Details = Pick<Team, "name" | "description">;

function instructionsFrom(before: Details, after: Details): readonly object[] {
  return [
    ...(before.name === after.name ? [] : [{ kind: "updateName", value: after.name }]),
    ...(before.description === after.description
      ? []
      : [{ kind: "updateDescription", value: after.description }]),
  ];
}
