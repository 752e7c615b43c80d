import { unknownName } from "./unknown-name.ts";

/** Reads `expand=environments,members` against what can be added to a representation. */
export function parseExpand<Name extends string>(
  expand: string | undefined,
  allowed: readonly Name[],
): ReadonlySet<Name> {
  const names = (expand ?? "").split(",").filter((name) => name !== "");
  return new Set(
    names.map((name) => {
      const known = allowed.find((one) => one === name);
      if (known === undefined) throw unknownName("expand", name, allowed);
      return known;
    }),
  );
}
