import { type RefObject, useEffect, useRef } from "react";

const focusable =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex='0']";

/** Where the focus is, and what else could have it, in reading order. */
interface Held {
  readonly element: HTMLElement;
  readonly order: readonly HTMLElement[];
}

/**
 * Keeps those who work by keys where they are: when what has the focus goes away, such as with the rule that
 * it deletes, what stands behind it takes it, or else what stands before. A menu that was opened there counts too.
 */
export function useKeptFocus<E extends HTMLElement>(): RefObject<E | null> {
  const container = useRef<E>(null);
  useEffect(() => {
    const within = container.current;
    if (within === null) return;
    let held: Held | undefined;
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      held = { element: target, order: [...within.querySelectorAll<HTMLElement>(focusable)] };
    };
    const keep = () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (held === undefined || held.element.isConnected || !isLost) return;
      const next = neighbour(held);
      held = undefined;
      next?.focus();
    };
    const observer = new MutationObserver(keep);
    within.addEventListener("focusin", remember);
    // Of all of the page, since a menu that closes stands elsewhere.
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      within.removeEventListener("focusin", remember);
    };
  }, []);
  return container;
}

function neighbour({ element, order }: Held): HTMLElement | undefined {
  const at = order.indexOf(element);
  const isThere = (one: HTMLElement) => one.isConnected;
  return order.slice(at + 1).find(isThere) ?? order.slice(0, Math.max(0, at)).findLast(isThere);
}
