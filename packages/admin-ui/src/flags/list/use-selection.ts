import { useCallback, useState } from "react";
import type { ListedFlag } from "./listed-flag.ts";

/** Flags that were chosen, whole: they stay chosen when they are scrolled out of sight. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedFlag>>(new Map());
  const toggle = useCallback(
    (flag: ListedFlag) =>
      setChosen((before) => {
        const after = new Map(before);
        if (!after.delete(flag.key)) after.set(flag.key, flag);
        return after;
      }),
    [],
  );
  const replace = useCallback(
    (flags: readonly ListedFlag[]) => setChosen(new Map(flags.map((flag) => [flag.key, flag]))),
    [],
  );
  return { chosen, toggle, replace };
}
