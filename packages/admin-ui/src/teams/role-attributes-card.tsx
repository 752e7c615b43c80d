import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { customRoles } from "../roles/role.ts";
import { resourcesOf } from "../roles/statement.ts";
import { formatList } from "../text/format.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { TextField } from "../ui/field.tsx";
import { t as kit } from "../ui/text.ts";
import { attributesAskedFor, type Team } from "./team.ts";
import { t } from "./text.ts";
import { useTeamChange, useTeamUnavailability } from "./use-team.ts";

/** None is no attribute. */
type Values = readonly string[] | undefined;

interface AttributeChange {
  readonly name: string;
  readonly before: Values;
  readonly after: Values;
}

/** One attribute by itself: what else has changed meanwhile stays as it is. */
function setting(key: string, values: Values): object {
  return values === undefined
    ? { kind: "removeRoleAttribute", key }
    : { kind: "updateRoleAttribute", key, values };
}

/** What fills the places that the team's roles leave open. */
export function RoleAttributesCard({ team }: { readonly team: Team }) {
  const unavailable = useTeamUnavailability(team)("updateTeamRoleAttributes");
  const attributes = team.roleAttributes ?? {};
  const [isAdding, setAdding] = useState(false);
  const change = useTeamChange<AttributeChange>(team, {
    instructions: ({ name, after }) => [setting(name, after)],
    inverse: ({ name, before }) => [setting(name, before)],
    done: () => t("team.done.attributes", { name: team.name }),
    failed: t("team.failed.attributes"),
  });
  const missing = useMissing(team);
  const set = (name: string, after: Values, then?: () => void) =>
    change.mutate(
      { name, before: attributes[name], after },
      then === undefined ? {} : { onSuccess: then },
    );
  return (
    <Card title={t("team.attributes")}>
      <p className="mb-3 text-[13px] text-ink3">
        {unavailable ?? t("team.attributes.words", { example: `\${roleAttribute/projects}` })}
      </p>
      {missing.length > 0 && (
        <p className="mb-3 rounded-md bg-prodbg p-2 text-[13px] text-prod">
          {t("team.attributes.asked", { list: formatList(missing) })}
        </p>
      )}
      <ul className="space-y-3">
        {Object.entries(attributes).map(([name, values]) => (
          <li key={name}>
            <div className="flex items-center justify-between gap-2">
              <code className="min-w-0 truncate text-[13px] font-medium">{name}</code>
              <IconButton
                label={t("team.attributes.remove", { name })}
                unavailable={unavailable}
                onPress={() => set(name, undefined)}
              >
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </div>
            <ChipsField
              label={t("team.attributes.values", { name })}
              isLabelHidden
              values={values}
              isDisabled={unavailable !== undefined || change.isPending}
              onChange={(wanted) => set(name, wanted.length === 0 ? undefined : wanted)}
            />
          </li>
        ))}
      </ul>
      {isAdding ? (
        <AttributeForm
          taken={Object.keys(attributes)}
          suggested={missing[0] ?? ""}
          isBusy={change.isPending}
          onCancel={() => setAdding(false)}
          onAdd={(name, values) => set(name, values, () => setAdding(false))}
        />
      ) : (
        <Button className="mt-2" unavailable={unavailable} onPress={() => setAdding(true)}>
          {t("team.attributes.add")}
        </Button>
      )}
    </Card>
  );
}

/** What the team's roles name and the team does not have. */
function useMissing(team: Team): readonly string[] {
  const all = useQuery(customRoles).data?.items ?? [];
  const held = all.filter(({ key }) => team.roles?.items.some((role) => role.key === key));
  const resources = held.flatMap(({ policy }) => policy.flatMap((one) => resourcesOf(one).names));
  return attributesAskedFor(resources).filter((name) => team.roleAttributes?.[name] === undefined);
}

interface AttributeFormProps {
  readonly taken: readonly string[];
  readonly suggested: string;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onAdd: (name: string, values: readonly string[]) => void;
}

function AttributeForm({ taken, suggested, isBusy, onCancel, onAdd }: AttributeFormProps) {
  const [name, setName] = useState(suggested);
  const [values, setValues] = useState<readonly string[]>([]);
  const [isSent, setSent] = useState(false);
  const isTaken = taken.includes(name.trim());
  const isMissing = name.trim() === "" || values.length === 0;
  function send(event: FormEvent) {
    event.preventDefault();
    setSent(true);
    if (!isTaken && !isMissing) onAdd(name.trim(), values);
  }
  return (
    <form onSubmit={send} className="mt-3 space-y-3 rounded-md border border-line p-3">
      <TextField
        label={t("team.attributes.name")}
        value={name}
        onChange={setName}
        error={isTaken ? t("team.attributes.taken") : undefined}
        isMono
        autoFocus
        autoComplete="off"
      />
      <ChipsField
        label={t("team.attributes.value")}
        description={t("team.attributes.value.words")}
        error={isSent && isMissing ? t("team.attributes.missing") : undefined}
        values={values}
        onChange={setValues}
      />
      <div className="flex gap-2">
        <Button type="submit" look="primary" isPending={isBusy}>
          {t("team.attributes.add")}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {kit("kit.cancel")}
        </Button>
      </div>
    </form>
  );
}
