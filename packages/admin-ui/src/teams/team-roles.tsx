import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { customRoles } from "../roles/role.ts";
import { Card } from "../ui/card.tsx";
import { Checkbox } from "../ui/choice.tsx";
import type { Team } from "./team.ts";
import { t } from "./text.ts";
import { useTeamChange, useTeamUnavailability } from "./use-team.ts";

interface Given {
  readonly role: string;
  readonly isGiven: boolean;
}

/** The roles that every member of the team has. */
export function TeamRoles({ team }: { readonly team: Team }) {
  const all = useQuery(customRoles).data?.items;
  const unavailable = useTeamUnavailability(team)("updateTeamCustomRoles");
  const held = (team.roles?.items ?? []).map(({ key }) => key);
  const instructionsFor = ({ role, isGiven }: Given) => [
    { kind: isGiven ? "addCustomRoles" : "removeCustomRoles", values: [role] },
  ];
  const change = useTeamChange<Given>(team, {
    instructions: instructionsFor,
    inverse: ({ role, isGiven }) => instructionsFor({ role, isGiven: !isGiven }),
    done: () => t("team.done.roles", { name: team.name }),
    failed: t("team.failed.roles"),
  });
  const isShown = (role: string) =>
    change.isPending && change.variables.role === role
      ? change.variables.isGiven
      : held.includes(role);
  return (
    <Card title={t("team.roles")}>
      <p className="mb-2 text-[13px] text-ink3">{unavailable ?? t("team.roles.words")}</p>
      {all?.length === 0 && (
        <p className="text-ink2">
          {t("team.roles.empty")}{" "}
          <Link to="/account/roles/new" className="text-link hover:underline">
            {t("team.roles.create")}
          </Link>
        </p>
      )}
      <ul className="max-h-72 space-y-1 overflow-y-auto">
        {all?.map(({ key, name, description }) => (
          <li key={key} className="flex items-start gap-2">
            <Checkbox
              aria-label={name}
              isSelected={isShown(key)}
              isDisabled={unavailable !== undefined}
              onChange={(isGiven) => change.mutate({ role: key, isGiven })}
              className="p-0.5"
            />
            <div className="min-w-0 py-0.5">
              <Link
                to="/account/roles/$role"
                params={{ role: key }}
                translate="no"
                className="inline-block max-w-full truncate font-medium text-ink hover:underline"
              >
                {name}
              </Link>
              {description !== "" && (
                <p translate="no" className="text-[13px] text-ink3">
                  {description}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
