import type { CleanupCard as Card, Column } from "./board.ts";
import { CleanupCard } from "./cleanup-card.tsx";
import { t } from "./text.ts";

interface BoardColumnProps {
  readonly column: Column;
  readonly cards: readonly Card[];
  readonly project: string;
  readonly names: ReadonlyMap<string, string>;
}

export function BoardColumn({ column, cards, project, names }: BoardColumnProps) {
  const id = `cleanup-${column}`;
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-lg bg-sunken p-2 ${cards.length === 0 ? "max-xl:hidden" : ""}`}
    >
      <h2 id={id} className="flex items-center gap-2 px-1 font-semibold">
        {t(`cleanup.column.${column}`)}
        <span className="ml-auto text-xs font-medium text-ink2 tabular-nums">{cards.length}</span>
      </h2>
      <p className="mb-2 px-1 text-xs text-ink2">{t(`cleanup.column.${column}.words`)}</p>
      {cards.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line2/60 p-3 text-center text-[13px] text-ink2">
          {t("cleanup.column.none")}
        </p>
      ) : (
        <ul className="space-y-2">
          {cards.map((card) => (
            <li key={card.key}>
              <CleanupCard project={project} card={card} names={names} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
