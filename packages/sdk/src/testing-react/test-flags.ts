import { createElement, type ReactNode, useMemo } from "react";
import { createClient } from "../browser/index.ts";
import type { FlagValues } from "../flag-types.ts";
import { FlagsProvider } from "../react/index.ts";

/** Which flags the components below get, and on whose behalf. */
export interface TestFlagsProps {
  /** By the flags' keys; others give their fallbacks. */
  readonly values: FlagValues;
  /** Whose values these are. */
  readonly context?: object;
  readonly children?: ReactNode;
}

const somebody = { kind: "user", key: "test" };

/** Gives the components below it these flags, without a network. Other values render them anew. */
export function TestFlags({ values, context = somebody, children }: TestFlagsProps): ReactNode {
  const given = JSON.stringify([context, values]);
  const client = useMemo(() => {
    const [whose, bootstrap] = JSON.parse(given) as [object, object];
    return createClient("test", whose, { bootstrap });
  }, [given]);
  return createElement(FlagsProvider, { client }, children);
}
