import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { baseRoleChoices } from "../roles/base-roles.ts";
import { teams } from "../teams/team.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { type Choice, Select } from "../ui/select.tsx";
import type { ClaimRow, SsoDraft } from "./sso-draft.ts";
import { t } from "./text.ts";

interface ClaimFieldsProps {
  readonly draft: SsoDraft;
  readonly onChange: (part: Partial<SsoDraft>) => void;
  readonly isDisabled: boolean;
}

/** Which roles and teams the values of a claim give. */
export function ClaimFields({ draft, onChange, isDisabled }: ClaimFieldsProps) {
  const allTeams = useQuery(teams).data?.items ?? [];
  const roles = baseRoleChoices("").filter(({ id }) => id !== "owner");
  return (
    <Card title={t("sso.claims")}>
      <p className="mb-3 text-[13px] text-ink3">{t("sso.claims.words")}</p>
      <div className="space-y-4">
        <Claim
          what="role"
          claim={draft.roleClaim}
          rows={draft.roles}
          choices={roles.map(({ id, label }) => ({ id, label }))}
          isDisabled={isDisabled}
          onChange={(roleClaim, rows) => onChange({ roleClaim, roles: rows })}
        />
        <Claim
          what="team"
          claim={draft.teamClaim}
          rows={draft.teams}
          choices={allTeams.map(({ key, name }) => ({ id: key, label: name }))}
          isDisabled={isDisabled}
          onChange={(teamClaim, rows) => onChange({ teamClaim, teams: rows })}
        />
      </div>
    </Card>
  );
}

interface ClaimProps {
  readonly what: "role" | "team";
  readonly claim: string;
  readonly rows: readonly ClaimRow[];
  readonly choices: readonly Choice[];
  readonly isDisabled: boolean;
  readonly onChange: (claim: string, rows: readonly ClaimRow[]) => void;
}

function Claim({ what, claim, rows, choices, isDisabled, onChange }: ClaimProps) {
  const withRow = (at: number, part: Partial<ClaimRow>) =>
    rows.map((row, other) => (other === at ? { ...row, ...part } : row));
  return (
    <div>
      <TextField
        label={what === "role" ? t("sso.roleClaim") : t("sso.teamClaim")}
        value={claim}
        onChange={(name) => onChange(name, rows)}
        placeholder="groups"
        isReadOnly={isDisabled}
        isMono
        autoComplete="off"
        className="sm:w-1/2"
      />
      {claim.trim() !== "" && (
        <div className="mt-2 space-y-2">
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its place is all that a row is known by.
            <div key={at} className="grid grid-cols-[1fr_auto_1fr_auto] items-center gap-2">
              <TextField
                label={t("sso.claim.from", { number: at + 1 })}
                isLabelHidden
                value={row.from}
                onChange={(from) => onChange(claim, withRow(at, { from }))}
                placeholder={t("sso.claim.value")}
                isReadOnly={isDisabled}
                isMono
                autoComplete="off"
              />
              <span className="text-ink3">{t("sso.claim.gives")}</span>
              <Select
                label={t(what === "role" ? "sso.claim.role" : "sso.claim.team", {
                  number: at + 1,
                })}
                isLabelHidden
                choices={choices}
                areNames={what === "team"}
                value={row.to}
                onChange={(to) => onChange(claim, withRow(at, { to }))}
                isDisabled={isDisabled}
              />
              <IconButton
                label={t("sso.claim.remove", { number: at + 1 })}
                isDisabled={isDisabled}
                onPress={() =>
                  onChange(
                    claim,
                    rows.filter((_, other) => other !== at),
                  )
                }
              >
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </div>
          ))}
          <Button
            isDisabled={isDisabled || choices.length === 0}
            onPress={() => onChange(claim, [...rows, { from: "", to: choices[0]?.id ?? "" }])}
          >
            {what === "role" ? t("sso.claim.addRole") : t("sso.claim.addTeam")}
          </Button>
        </div>
      )}
    </div>
  );
}
