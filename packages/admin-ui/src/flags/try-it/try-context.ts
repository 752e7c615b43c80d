import { createContext, useContext } from "react";
import type { KeptContexts } from "./kept-contexts.ts";
import type { Tried, TypedContext } from "./use-tried.ts";

/** The context that is tried on the page. */
export interface Trying {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly typed: TypedContext;
  /** In the page's environment. */
  readonly tried: Tried | undefined;
  readonly kept: KeptContexts;
}

export const TryingContext = createContext<Trying | undefined>(undefined);

export function useTrying(): Trying {
  const trying = useContext(TryingContext);
  if (trying === undefined) throw new Error("useTrying is for what is within TryProvider");
  return trying;
}
