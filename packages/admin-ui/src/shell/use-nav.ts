import { useRouter } from "@tanstack/react-router";
import type { NavEntry } from "./nav.ts";

export interface NavLink extends NavEntry {
  readonly to: string;
}

/** The pages that are there, as their routes say it, in order. */
export function useNav(): readonly NavLink[] {
  const { routesById } = useRouter();
  return Object.values(routesById)
    .flatMap(({ fullPath, options }) => {
      const nav = options.staticData?.nav;
      return nav === undefined ? [] : [{ ...nav, to: String(fullPath) }];
    })
    .sort((a, b) => a.order - b.order);
}
