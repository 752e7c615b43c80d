import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { me } from "../session/me.ts";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import { buttonClass } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { SearchField } from "../ui/field.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { Empty, EmptyFiltered, ErrorState } from "../ui/states.tsx";
import { boardOf } from "./board.ts";
import { BoardColumn } from "./board-column.tsx";
import { BoardSkeleton } from "./board-skeleton.tsx";
import { focusCard } from "./focus-card.ts";
import { KeptFlags } from "./kept-flags.tsx";
import { t } from "./text.ts";
import { useCleanup, useMemberNames } from "./use-cleanup.ts";

/** What the address of the page says. */
export interface CleanupSearch {
  readonly q?: string;
  readonly mine?: boolean;
}

/** The flags that can go, by how near they are to it. */
export function CleanupPage() {
  const { project = "" } = useParams({ strict: false });
  const { q = "", mine = false }: CleanupSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const { data, error, refetch, isPending } = useCleanup(project);
  const my = useQuery(me).data?.id;
  const board = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const cards = data?.items ?? [];
  const names = useMemberNames(cards.some(({ maintainerId }) => maintainerId !== undefined));
  useReady(!isPending);
  useShortcut("/", t("cleanup.filter"), () => input.current?.focus());
  useShortcut("j", t("cleanup.next"), () => focusCard(board.current, 1));
  useShortcut("k", t("cleanup.previous"), () => focusCard(board.current, -1));
  const go = (search: CleanupSearch) =>
    void navigate({ to: "/p/$project/cleanup", params: { project }, search, replace: true });
  const search = (typed: string, isMine: boolean): CleanupSearch => ({
    ...(typed === "" ? {} : { q: typed }),
    ...(isMine ? { mine: true } : {}),
  });
  const columns = boardOf(cards, { typed: q, maintainerId: mine ? my : undefined });
  const count = columns.reduce((sum, column) => sum + column.cards.length, 0);
  return (
    <>
      <PageHeader
        title={t("cleanup.title")}
        actions={
          <Link to="/p/$project/settings/lifecycle" params={{ project }} className={buttonClass()}>
            {t("cleanup.rules")}
          </Link>
        }
      >
        <p>{t("cleanup.words")}</p>
      </PageHeader>
      {error !== null && data === undefined && (
        <ErrorState what={t("cleanup.what")} error={error} onRetry={refetch} />
      )}
      {isPending && <BoardSkeleton />}
      {data !== undefined && cards.length === 0 && <Empty words={t("cleanup.empty")} />}
      {cards.length > 0 && (
        <div className="mb-3 flex flex-wrap items-center gap-3">
          <SearchField
            label={t("cleanup.filter")}
            placeholder={t("cleanup.filter.placeholder")}
            keys="/"
            inputRef={input}
            value={q}
            onChange={(typed) => go(search(typed, mine))}
            className="w-64 max-sm:w-full"
          />
          <Checkbox isSelected={mine} onChange={(isMine) => go(search(q, isMine))}>
            {t("cleanup.mine")}
          </Checkbox>
          <span role="status" className="text-[13px] text-ink2">
            {t("cleanup.count", { count })}
          </span>
        </div>
      )}
      {cards.length > 0 && count === 0 && (
        <EmptyFiltered words={t("cleanup.none")} onClear={() => go({})} />
      )}
      {count > 0 && (
        <div ref={board} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-5">
          {columns.map(({ column, cards: its }) => (
            <BoardColumn key={column} column={column} cards={its} project={project} names={names} />
          ))}
        </div>
      )}
      {data !== undefined && data.kept.length > 0 && (
        <KeptFlags project={project} kept={data.kept} />
      )}
    </>
  );
}
