import { useEffect } from "react";

/** Marks the body while the page shows its data. */
export function useReady(isReady: boolean): void {
  useEffect(() => {
    document.body.toggleAttribute("data-ready", isReady);
  }, [isReady]);
}
