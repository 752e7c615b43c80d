/** What happens to a client as its page comes and goes. */
export interface Visit {
  /** The page may never be seen again. */
  leave(): void;
  /** It was hidden for long. */
  rest(): void;
  /** It is seen again. */
  wake(): void;
}

/** Follows the page until the function given back is called; where there is no page, nothing happens. */
export function followPage(restAfterMs: number, visit: Visit): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  const ending = new AbortController();
  const { signal } = ending;
  globalThis.addEventListener?.("pagehide", () => visit.leave(), { signal });
  globalThis.addEventListener?.(
    "visibilitychange",
    () => {
      clearTimeout(resting);
      if (document.hidden) {
        visit.leave();
        resting = setTimeout(() => visit.rest(), restAfterMs);
      } else visit.wake();
    },
    { signal },
  );
  return () => {
    clearTimeout(resting);
    ending.abort();
  };
}
