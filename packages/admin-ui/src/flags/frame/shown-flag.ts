import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { apiPath, resource, taggedResource } from "../../api/queries.ts";
import type { Items } from "../../api/representations.ts";
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

/** The flag with the ETag that a change of it names. */
export function taggedFlag(project: string, flag: string) {
  return taggedResource<ShownFlag>(apiPath("flags", project, flag));
}

export function useShownFlag(project: string, flag: string) {
  return useQuery({ ...taggedFlag(project, flag), select: ({ data }) => data });
}

interface ExpiringItem {
  readonly contextKind: string;
  readonly contextKey: string;
  readonly variationId: string;
  /** Unix milliseconds. */
  readonly expirationDate: number;
}

/** The flag with the ends of its targets in an environment, which REST has at another place. */
export function useExpiries(
  project: string,
  flag: ShownFlag | undefined,
  environment: string | undefined,
): ShownFlag | undefined {
  const path = apiPath("flags", project, flag?.key ?? "", "expiring-targets", environment ?? "");
  const isKnown = flag !== undefined && environment !== undefined;
  const { data } = useQuery({ ...resource<Items<ExpiringItem>>(path), enabled: isKnown });
  return useMemo(() => {
    const configuration = flag?.environments[environment ?? ""];
    if (flag === undefined || configuration === undefined || environment === undefined) return flag;
    if (data === undefined || data.items.length === 0) return flag;
    const expiringTargets = data.items.map(
      ({ contextKind, contextKey, variationId, expirationDate }) => ({
        contextKind,
        contextKey,
        variationId,
        expiresAt: expirationDate,
      }),
    );
    const environments = {
      ...flag.environments,
      [environment]: { ...configuration, expiringTargets },
    };
    return { ...flag, environments };
  }, [flag, environment, data]);
}

/** Of what type the values are, as a person calls it. */
export function kindInWords({ variations }: Pick<ShownFlag, "variations">): string {
  const type = typeof variations[0]?.value;
  if (type === "boolean") return t("frame.kind.boolean");
  if (type === "string") return t("frame.kind.string");
  return type === "number" ? t("frame.kind.number") : t("frame.kind.json");
}

export function maintainerOf({ _maintainer, _maintainerTeam }: ShownFlag): string | undefined {
  if (_maintainerTeam !== undefined) return _maintainerTeam.name;
  if (_maintainer === undefined) return undefined;
  const { firstName, lastName, email } = _maintainer;
  return `${firstName} ${lastName}`.trim() || email;
}
