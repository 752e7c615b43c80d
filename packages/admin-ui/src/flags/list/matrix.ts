import type { RefObject } from "react";
import type { Environment } from "../../api/representations.ts";
import type { ListedFlag } from "./listed-flag.ts";
import type { ListPreferences, OptionalColumn } from "./preferences.ts";
import type { FlagSort } from "./search.ts";
import type { FlagActivities, FlagRows } from "./use-flag-rows.ts";

/** What is the same for all rows, and changes so rarely that every row may then be drawn anew. */
export interface SteadyMatrix {
  readonly project: string;
  readonly environments: readonly Environment[];
  readonly columns: readonly OptionalColumn[];
  /** Why nothing can be switched there; by environment. */
  readonly unavailable: ReadonlyMap<string, string>;
  /** Where somebody has unsaved changes, as `switchName` names it. */
  readonly drafted: ReadonlySet<string>;
  readonly onSwitch: (flag: ListedFlag, environment: Environment) => void;
  readonly onSelect: (key: string) => void;
}

/** All that the list shows, as table or as cards. */
export interface Matrix extends Pick<SteadyMatrix, "environments" | "columns"> {
  readonly steady: SteadyMatrix;
  readonly rows: FlagRows;
  readonly activities: FlagActivities;
  readonly density: ListPreferences["density"];
  readonly selection: ReadonlySet<string>;
  /** Switches on their way, as `switchName` names them. */
  readonly busy: ReadonlySet<string>;
  readonly sort: FlagSort;
  readonly onSort: (sort: FlagSort) => void;
  readonly onSelectAll: (isSelected: boolean) => void;
  /** The row that is to have the focus. */
  readonly wantedFocus: RefObject<number | undefined>;
}
