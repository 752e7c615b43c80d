import { useCallback, useState } from "react";

export const optionalColumns = ["tags", "status", "owner", "age"] as const;
export type OptionalColumn = (typeof optionalColumns)[number];

/** How somebody likes the list, on this machine. */
export interface ListPreferences {
  readonly density: "cosy" | "compact";
  readonly columns: readonly OptionalColumn[];
  /** Environments that are not shown. */
  readonly hidden: readonly string[];
}

const usual: ListPreferences = {
  density: "cosy",
  columns: ["tags", "status", "owner"],
  hidden: [],
};

export function useListPreferences(
  project: string,
): readonly [ListPreferences, (changed: Partial<ListPreferences>) => void] {
  const place = `halyard.flags.${project}`;
  const [preferences, setPreferences] = useState(() => read(place));
  const change = useCallback(
    (changed: Partial<ListPreferences>) =>
      setPreferences((before) => {
        const after = { ...before, ...changed };
        localStorage.setItem(place, JSON.stringify(after));
        return after;
      }),
    [place],
  );
  return [preferences, change];
}

function read(place: string): ListPreferences {
  const kept = localStorage.getItem(place);
  // Written above alone; what a later version added is as usual.
  return kept === null ? usual : { ...usual, ...(JSON.parse(kept) as Partial<ListPreferences>) };
}
