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
import { Select } from "../ui/select.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { t } from "./text.ts";
import { allTokens, type TokensSearch, tokenKinds, tokensThat } from "./token.ts";
import { TokensTable } from "./tokens-table.tsx";

/** What scripts and the command line sign in with. */
export function TokensPage() {
  const { data, error, refetch, isPending } = useQuery(allTokens);
  const search = useSearch({ from: "/signed-in/account/tokens" });
  const navigate = useNavigate({ from: "/account/tokens" });
  const unavailable = useUnavailable("createAccessToken", "token/*");
  const narrow = (change: TokensSearch) =>
    void navigate({ search: (was) => ({ ...was, ...change }), replace: true });
  const create = () => void navigate({ search: (was) => ({ ...was, create: true }) });
  useReady(!isPending);
  useShortcut("c", t("tokens.create"), create, unavailable === undefined);
  useCreateCommand();
  const all = data?.items ?? [];
  const found = tokensThat(all, search);
  const button = (
    <Button
      look="primary"
      icon={<Plus size={16} aria-hidden />}
      keys="c"
      unavailable={unavailable}
      onPress={create}
    >
      {t("tokens.create")}
    </Button>
  );
  return (
    <>
      <AccountHeader title={t("tokens.title")} actions={button} />
      {all.length > 0 && (
        <Filters search={search} onChange={narrow} found={found.length} all={all.length} />
      )}
      {error && <ErrorState what={t("tokens.what")} error={error} onRetry={refetch} />}
      {isPending && <SkeletonRows />}
      {data !== undefined && all.length === 0 && (
        <Empty words={t("tokens.empty")} action={button} />
      )}
      {all.length > 0 && found.length === 0 && (
        <EmptyFiltered
          words={t("tokens.none")}
          onClear={() => narrow({ q: undefined, kind: undefined })}
        />
      )}
      {found.length > 0 && <TokensTable tokens={found} />}
      {search.create === true && (
        <CreateTokenDialog onClose={() => narrow({ create: undefined })} />
      )}
    </>
  );
}

interface FiltersProps {
  readonly search: TokensSearch;
  readonly onChange: (change: TokensSearch) => void;
  readonly found: number;
  readonly all: number;
}

function Filters({ search, onChange, found, all }: FiltersProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", t("tokens.filter"), () => input.current?.focus());
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField
        label={t("tokens.filter")}
        placeholder={t("tokens.filter")}
        keys="/"
        inputRef={input}
        value={search.q ?? ""}
        onChange={(q) => onChange({ q: q === "" ? undefined : q })}
        className="w-full sm:min-w-52 sm:max-w-80 sm:flex-1"
      />
      <Select
        label={t("tokens.kind")}
        isLabelHidden
        choices={[
          { id: "any", label: t("tokens.kind.any") },
          ...tokenKinds.map((id) => ({ id, label: t(`tokens.kind.${id}`) })),
        ]}
        value={search.kind ?? "any"}
        onChange={(kind) => onChange({ kind: kind === "any" ? undefined : kind })}
        className="w-36"
      />
      <span role="status" className="ml-auto text-[13px] text-ink3">
        {found === all
          ? t("tokens.count", { count: all })
          : t("tokens.shown", { shown: found, all })}
      </span>
    </div>
  );
}

function useCreateCommand(): void {
  const navigate = useNavigate({ from: "/account/tokens" });
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "create token",
        section: "page",
        label: t("tokens.create"),
        icon: <Plus size={16} aria-hidden />,
        run: () => void navigate({ search: (was) => ({ ...was, create: true }) }),
      },
    ],
    [navigate],
  );
  useCommands(commands);
}
