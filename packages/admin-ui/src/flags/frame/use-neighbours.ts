import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { flagPage, flagPagePath, pageSize } from "../list/flag-page.ts";
import { keepListed, keyAt, placeIn, readListed } from "../list/listed.ts";

interface Neighbours {
  /** From 1. */
  readonly place: number;
  readonly count: number;
  /** Undefined at the end of the list, and while it is on its way. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The flags before and behind in the list that one came from; undefined where one came from none. */
export function useNeighbours(project: string, key: string): Neighbours | undefined {
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each flag the list may have grown.
  const listed = useMemo(() => readListed(project), [project, key]);
  const at = listed === undefined ? undefined : placeIn(listed, key);
  const isAsked = listed !== undefined && at !== undefined;
  // A piece of the list may end beside the flag: the next one is fetched as the list would.
  const missing = isAsked
    ? [at - 1, at + 1].find(
        (place) => place >= 0 && place < listed.count && keyAt(listed, place) === undefined,
      )
    : undefined;
  const offset = missing === undefined ? 0 : Math.floor(missing / pageSize) * pageSize;
  const parameters = new URLSearchParams(listed?.parameters);
  const { data } = useQuery({
    ...flagPage(flagPagePath(project, parameters, { offset })),
    enabled: missing !== undefined,
  });
  const known = useMemo(() => {
    const more = missing === undefined ? undefined : data?.items.map((flag) => flag.key);
    if (listed === undefined || more === undefined) return listed;
    return { ...listed, pieces: { ...listed.pieces, [offset]: more } };
  }, [listed, missing, data, offset]);
  useEffect(() => {
    if (known !== undefined && known !== listed) keepListed(project, known);
  }, [project, known, listed]);
  if (known === undefined || at === undefined) return undefined;
  return {
    place: at + 1,
    count: known.count,
    previous: keyAt(known, at - 1),
    next: keyAt(known, at + 1),
  };
}
