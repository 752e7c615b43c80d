import type { Json } from "@halyard/evaluation";

/** Where a flag stands on its way out, in the order of the board. */
export const columns = [
  "readyToRemove",
  "codeStillAsks",
  "safeToArchive",
  "neverUsed",
  "unknown",
] as const;
export type Column = (typeof columns)[number];

/** A flag that can go, or a key without a flag, as the server tells it. */
export interface CleanupCard {
  readonly column: Column;
  readonly key: string;
  /** Absent where there is no such flag. */
  readonly name?: string;
  /** Why it is here. */
  readonly sentence: string;
  /** The value that code may keep, where one is left. */
  readonly keep?: Json;
  readonly maintainerId?: string;
  readonly maintainerTeamKey?: string;
  readonly evidence: {
    readonly isTemporary?: boolean;
    readonly isArchived?: boolean;
    /** Unix milliseconds. */
    readonly createdAt?: number;
    readonly referenceCount?: number;
    readonly environments: readonly {
      readonly key: string;
      readonly isCritical?: boolean;
      /** Unix milliseconds. */
      readonly lastEvaluatedAt?: number;
    }[];
  };
}

export interface BoardFilter {
  readonly typed: string;
  /** Only what this member maintains. */
  readonly maintainerId?: string | undefined;
}

/** The cards that fit, by column; each column is there. */
export function boardOf(
  cards: readonly CleanupCard[],
  { typed, maintainerId }: BoardFilter,
): readonly { readonly column: Column; readonly cards: readonly CleanupCard[] }[] {
  const wanted = typed.trim().toLowerCase();
  const fitting = cards.filter(
    (card) =>
      (maintainerId === undefined || card.maintainerId === maintainerId) &&
      `${card.key} ${card.name ?? ""} ${card.sentence}`.toLowerCase().includes(wanted),
  );
  return columns.map((column) => ({
    column,
    cards: fitting.filter((card) => card.column === column),
  }));
}

/** Where it was last asked for, newest first. */
export function lastAsked({ evidence }: CleanupCard): readonly { key: string; at: number }[] {
  return evidence.environments
    .flatMap(({ key, lastEvaluatedAt }) =>
      lastEvaluatedAt === undefined ? [] : [{ key, at: lastEvaluatedAt }],
    )
    .sort((a, b) => b.at - a.at);
}
