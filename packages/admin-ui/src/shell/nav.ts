import type { LucideIcon } from "lucide-react";

/** How a route stands in the sidebar, the bottom bar, the palette and under `G`. */
export interface NavEntry {
  readonly label: string;
  readonly icon: LucideIcon;
  /** The upper part of the sidebar holds the daily work, the lower the settings; the pages of the account and of a project's settings have bars of their own. */
  readonly place: "work" | "settings" | "account" | "project";
  /** Small is high. */
  readonly order: number;
  /** After `G`; such as `f` for flags. */
  readonly key?: string;
  /** Stands in the bottom bar of small screens, where there is room for three. */
  readonly isInBottomBar?: boolean;
  /** How many wait there; nothing is shown for 0 and undefined. */
  readonly useCount?: (project: string) => number | undefined;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    readonly nav?: NavEntry;
  }
}
