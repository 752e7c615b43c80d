import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo, useRef } from "react";
import { AccountHeader } from "../account/account-header.tsx";
import { type Command, useCommands } from "../palette/commands.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/field.tsx";
import { useReady } from "../ui/ready.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { CreateTeamDialog } from "./create-team-dialog.tsx";
import { type TeamsSearch, teams, teamsThat } from "./team.ts";
import { TeamsTable } from "./teams-table.tsx";
import { t } from "./text.ts";

/** Members who share roles. */
export function TeamListPage() {
  const { data, error, refetch, isPending } = useQuery(teams);
  const search = useSearch({ from: "/signed-in/account/teams" });
  const navigate = useNavigate({ from: "/account/teams" });
  const unavailable = useUnavailable("createTeam", "team/*");
  const narrow = (change: TeamsSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  const create = () => void navigate({ search: (was) => ({ ...was, create: true }) });
  useReady(!isPending);
  useShortcut("c", t("teams.create"), create, unavailable === undefined);
  useCreateCommand();
  const all = data?.items ?? [];
  const found = teamsThat(all, search);
  const button = (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden />}
      keys="c"
      unavailable={unavailable}
      onPress={create}
    >
      {t("teams.create")}
    </Button>
  );
  return (
    <>
      <AccountHeader title={t("teams.title")} actions={all.length > 0 && button} />
      {all.length > 0 && (
        <Filter search={search} onChange={narrow} found={found.length} all={all.length} />
      )}
      {error && <ErrorState what={t("teams.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows />}
      {data !== undefined && all.length === 0 && <Empty words={t("teams.empty")} action={button} />}
      {all.length > 0 && found.length === 0 && (
        <EmptyFiltered words={t("teams.none")} onClear={() => narrow({ q: undefined })} />
      )}
      {found.length > 0 && <TeamsTable teams={found} />}
      {search.create === true && <CreateTeamDialog onClose={() => narrow({ create: undefined })} />}
    </>
  );
}

interface FilterProps {
  readonly search: TeamsSearch;
  readonly onChange: (change: TeamsSearch) => void;
  readonly found: number;
  readonly all: number;
}

function Filter({ search, onChange, found, all }: FilterProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", t("teams.filter"), () => input.current?.focus());
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        label={t("teams.filter")}
        placeholder={t("teams.filter")}
        keys="/"
        inputRef={input}
        value={search.q ?? ""}
        onChange={(q) => onChange({ q: q === "" ? undefined : q })}
        className="w-full sm:min-w-52 sm:max-w-80 sm:flex-1"
      />
      <span role="status" className="ml-auto text-[13px] text-ink3">
        {found === all ? t("teams.count", { count: all }) : t("teams.shown", { shown: found, all })}
      </span>
    </div>
  );
}

function useCreateCommand(): void {
  const navigate = useNavigate({ from: "/account/teams" });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "create team",
        section: "page",
        label: t("teams.create"),
        icon: <Plus size={16} aria-hidden />,
        run: () => void navigate({ search: (was) => ({ ...was, create: true }) }),
      },
    ],
    [navigate],
  );
  useCommands(commands);
}
