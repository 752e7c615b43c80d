import { useQuery } from "@tanstack/react-query";
import { apiPath, resource } from "../../api/queries.ts";
import type { FlagRepresentation } from "../state/flag-representation.ts";
import { t } from "./text.ts";

/** A flag with what its header tells beside its configuration. */
export interface ShownFlag extends FlagRepresentation {
  /** Unix milliseconds. */
  readonly creationDate: number;
  readonly _maintainer?: {
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
  readonly _maintainerTeam?: { readonly key: string; readonly name: string };
}

export function useShownFlag(project: string, flag: string) {
  return useQuery(resource<ShownFlag>(apiPath("flags", project, flag)));
}

/** Of what type the values are, as a person calls it. */
export function kindInWords({ variations }: Pick<ShownFlag, "variations">): string {
  switch (typeof variations[0]?.value) {
    case "boolean":
      return t("frame.kind.boolean");
    case "string":
      return t("frame.kind.string");
    case "number":
      return t("frame.kind.number");
    default:
      return t("frame.kind.json");
  }
}

export function maintainerOf({ _maintainer, _maintainerTeam }: ShownFlag): string | undefined {
  if (_maintainerTeam !== undefined) return _maintainerTeam.name;
  if (_maintainer === undefined) return undefined;
  const { firstName, lastName, email } = _maintainer;
  return `${firstName} ${lastName}`.trim() || email;
}
