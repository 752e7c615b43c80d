import { useRouter } from "@tanstack/react-router";

/** How a part of the flag's page stands among its tabs: on a route below the flag's. */
interface FlagTab {
  readonly label: string;
  /** Small is left. */
  readonly order: number;
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    readonly flagTab?: FlagTab;
  }
}

interface FlagTabLink extends FlagTab {
  readonly to: string;
  /** The last part of the path. */
  readonly name: string;
}

/** The parts of the flag's page that are there, as their routes say it, in order. */
export function useFlagTabs(): readonly FlagTabLink[] {
  const { routesById } = useRouter();
  return Object.values(routesById)
    .flatMap(({ fullPath, options }) => {
      const tab = options.staticData?.flagTab;
      const to = String(fullPath);
      return tab === undefined ? [] : [{ ...tab, to, name: to.split("/").at(-1) ?? "" }];
    })
    .sort((a, b) => a.order - b.order);
}
