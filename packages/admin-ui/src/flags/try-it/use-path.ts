import type { FailedClause } from "@halyard/evaluation";
import { createContext, useContext } from "react";

/** Where the context that is tried stands in a split. */
export interface TriedPlace {
  /** From 0 to 1. */
  readonly place: number;
  /** What the context is called: its name or key. */
  readonly name: string;
}

/** How the context that is tried goes through a part of the flag. */
export type TriedStep =
  | { readonly state: "passed"; readonly failed?: FailedClause; readonly words: string }
  | { readonly state: "matched"; readonly words: string; readonly place?: TriedPlace }
  /** The context has got its variation before. */
  | { readonly state: "unreached" };

/** The way of the context that is tried through the drafted flag, to draw it on the page. */
export interface TriedPath {
  readonly off: TriedStep;
  /** By the key of the required flag. */
  readonly prerequisites: ReadonlyMap<string, TriedStep>;
  readonly targets: TriedStep;
  /** By the id of the rule. */
  readonly rules: ReadonlyMap<string, TriedStep>;
  readonly fallthrough: TriedStep;
}

export const PathContext = createContext<TriedPath | undefined>(undefined);

/** Undefined where no context is tried. */
export function usePath(): TriedPath | undefined {
  return useContext(PathContext);
}
