import { createContext, useContext } from "react";
import type { Environment } from "../../api/representations.ts";
import type { ShownFlag } from "./shown-flag.ts";

/** What the parts of a flag's page are about. */
export interface FlagPage {
  readonly project: string;
  readonly flag: ShownFlag;
  readonly environments: readonly Environment[];
  /** The chosen one. */
  readonly environment: Environment;
  /** Somebody has deleted the flag since the page was opened; what is shown is what it was. */
  readonly isDeleted: boolean;
}

export const FlagPageContext = createContext<FlagPage | undefined>(undefined);

/** Within the frame of the flag's page only. */
export function useFlagPage(): FlagPage {
  const page = useContext(FlagPageContext);
  if (page === undefined) throw new Error("useFlagPage is for the parts of a flag's page");
  return page;
}
