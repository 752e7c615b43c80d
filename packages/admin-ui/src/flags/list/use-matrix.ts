import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useReducer, useRef, useState } from "react";
import type { Environment } from "../../api/representations.ts";
import { useUnavailability } from "../../session/unavailable.ts";
import { useDrafts } from "../draft/use-drafts.ts";
import { environmentsOf } from "../environments-query.ts";
import { flagPage, flagPagePath } from "./flag-page.ts";
import type { ListedFlag } from "./listed-flag.ts";
import type { Matrix, SteadyMatrix } from "./matrix.ts";
import { type ListPreferences, useListPreferences } from "./preferences.ts";
import { type RowRange, useFlagActivities, useFlagRows } from "./use-flag-rows.ts";
import { isAsking, type Switching, useFlagSwitches } from "./use-flag-switches.ts";
import { type ListFilter, useListFilter } from "./use-list-filter.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { useSelection } from "./use-selection.ts";

/** More than these are not changed at once. */
export const selectedAtMost = 200;
const noEnvironments: readonly Environment[] = [];
const noParameters = new URLSearchParams();

interface Asked {
  readonly flag: ListedFlag;
  readonly environment: Environment;
}

interface FlagMatrix {
  readonly matrix: Matrix;
  readonly filter: ListFilter;
  /** Shown or not. */
  readonly environments: readonly Environment[];
  readonly preferences: ListPreferences;
  readonly setPreferences: (changed: Partial<ListPreferences>) => void;
  readonly showRange: (range: RowRange) => void;
  readonly error: Error | null;
  readonly selected: readonly ListedFlag[];
  readonly clearSelection: () => void;
  /** The switch that waits for a yes. */
  readonly asked: Asked | undefined;
  readonly answer: (switching: Switching | undefined) => void;
}

/** All that the list shows and does, but not how it looks. */
export function useMatrix(project: string): FlagMatrix {
  const known = useQuery(environmentsOf(project));
  const all = known.data?.items ?? noEnvironments;
  const [preferences, setPreferences] = useListPreferences(project);
  const { hidden, columns, density } = preferences;
  const environments = useMemo(() => all.filter(({ key }) => !hidden.includes(key)), [all, hidden]);
  const filter = useListFilter(known.data?.items);
  const [range, showRange] = useRange();
  const rows = useFlagRows(project, filter.parameters ?? noParameters, {
    range,
    isEnabled: filter.parameters !== undefined,
  });
  const { chosen, toggle, replace } = useSelection();
  const switches = useAskedSwitches(project);
  const steady = useSteady({ project, environments, columns, rows, toggle, ...switches });
  const wantedFocus = useMovingFocus(project, rows, toggle);
  const selectAll = useSelectAll(project, filter.parameters, replace);
  return {
    matrix: {
      steady,
      environments,
      columns,
      rows,
      activities: useFlagActivities(project, rows.pages, all),
      density,
      selection: useMemo(() => new Set(chosen.keys()), [chosen]),
      busy: switches.busy,
      sort: filter.sort,
      onSort: filter.setSort,
      onSelectAll: (isSelected) => void selectAll(isSelected),
      wantedFocus,
    },
    filter,
    environments: all,
    preferences,
    setPreferences,
    showRange,
    error: known.error ?? rows.error,
    selected: useMemo(() => [...chosen.values()], [chosen]),
    clearSelection: useCallback(() => replace([]), [replace]),
    asked: switches.asked,
    answer: switches.answer,
  };
}

function useRange(): readonly [RowRange, (next: RowRange) => void] {
  const [range, setRange] = useState<RowRange>({ from: 0, to: 0 });
  const show = useCallback(
    (next: RowRange) =>
      setRange((before) => (before.from === next.from && before.to === next.to ? before : next)),
    [],
  );
  return [range, show];
}

function useAskedSwitches(project: string) {
  const { act, busy } = useFlagSwitches(project);
  const [asked, setAsked] = useState<Asked>();
  const onSwitch = useCallback(
    (flag: ListedFlag, environment: Environment) => {
      if (isAsking(environment)) setAsked({ flag, environment });
      else act({ flag, environment, on: flag.environments?.[environment.key]?.on !== true });
    },
    [act],
  );
  const answer = (switching: Switching | undefined) => {
    setAsked(undefined);
    if (switching !== undefined) act(switching);
  };
  return { asked, answer, busy, onSwitch };
}

function useSteady(parts: {
  readonly project: string;
  readonly environments: readonly Environment[];
  readonly columns: SteadyMatrix["columns"];
  readonly rows: Matrix["rows"];
  readonly toggle: (flag: ListedFlag) => void;
  readonly onSwitch: SteadyMatrix["onSwitch"];
}): SteadyMatrix {
  const { project, environments, columns, rows, toggle, onSwitch } = parts;
  const why = useUnavailability();
  const found = useRef(rows);
  found.current = rows;
  const onSelect = useCallback(
    (key: string) => {
      const flag = found.current.pages.flat().find((one) => one.key === key);
      if (flag !== undefined) toggle(flag);
    },
    [toggle],
  );
  const unavailable = useMemo(() => {
    const whys = environments.map(
      ({ key }) => [key, why("updateOn", `proj/${project}:env/${key}:flag/*`)] as const,
    );
    return new Map(whys.flatMap(([key, words]) => (words === undefined ? [] : [[key, words]])));
  }, [environments, why, project]);
  const drafts = useDrafts(project);
  const drafted = useMemo(
    () => new Set(drafts.map(({ flag, environment }) => `${flag} ${environment}`)),
    [drafts],
  );
  return useMemo(
    () => ({ project, environments, columns, unavailable, drafted, onSwitch, onSelect }),
    [project, environments, columns, unavailable, drafted, onSwitch, onSelect],
  );
}

function useMovingFocus(
  project: string,
  rows: Matrix["rows"],
  onSelect: (flag: ListedFlag) => void,
): Matrix["wantedFocus"] {
  const navigate = useNavigate();
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const onOpen = ({ key }: ListedFlag) =>
    void navigate({ to: "/p/$project/flags/$flag/targeting", params: { project, flag: key } });
  return useRowKeys({ rows, onOpen, onSelect, onMove: redraw });
}

function useSelectAll(
  project: string,
  parameters: URLSearchParams | undefined,
  replace: (flags: readonly ListedFlag[]) => void,
) {
  const client = useQueryClient();
  return async (isSelected: boolean) => {
    if (!isSelected || parameters === undefined) return replace([]);
    const place = { offset: 0, limit: selectedAtMost };
    const page = flagPage(flagPagePath(project, parameters, place));
    replace((await client.fetchQuery(page)).items);
  };
}
