import type { NewFlag } from "@halyard/instructions";
import { z } from "zod";
import { Tags } from "../environments/environment.ts";
import type { Project } from "./project-queries.ts";

const Index = z.union([z.literal(0), z.literal(1)]).describe("0 is true, 1 is false.");

export const ClientSideAvailability = z.object({
  usingMobileKey: z.boolean(),
  usingEnvironmentId: z.boolean(),
});

/** What a flag of a project gets where it is made without saying. */
export const FlagDefaults = z.object({
  tags: Tags,
  temporary: z.boolean(),
  defaultClientSideAvailability: ClientSideAvailability,
  booleanDefaults: z
    .object({
      trueDisplayName: z.string(),
      falseDisplayName: z.string(),
      trueDescription: z.string(),
      falseDescription: z.string(),
      onVariation: Index,
      offVariation: Index,
    })
    .describe("For flags without variations of their own, which have true and false."),
});
export type FlagDefaults = z.infer<typeof FlagDefaults>;

const usual: FlagDefaults = {
  tags: [],
  temporary: true,
  defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: false },
  booleanDefaults: {
    trueDisplayName: "",
    falseDisplayName: "",
    trueDescription: "",
    falseDescription: "",
    onVariation: 0,
    offVariation: 1,
  },
};

export function flagDefaultsOf({ flag_defaults }: Project): FlagDefaults {
  // Written by this server from its own type.
  return { ...usual, ...(JSON.parse(flag_defaults) as Partial<FlagDefaults>) };
}

/** A flag that is to be made, with the project's defaults for what it does not say. */
export function withFlagDefaults<Body extends NewFlag>(project: Project, flag: Body) {
  const { tags, temporary, defaultClientSideAvailability, booleanDefaults } =
    flagDefaultsOf(project);
  const { variations = [] } = flag;
  return {
    ...flag,
    tags: flag.tags ?? tags,
    temporary: flag.temporary ?? temporary,
    clientSideAvailability: flag.clientSideAvailability ?? defaultClientSideAvailability,
    ...(variations.length > 0
      ? {}
      : {
          variations: booleanVariations(booleanDefaults),
          defaults: flag.defaults ?? {
            onVariation: booleanDefaults.onVariation,
            offVariation: booleanDefaults.offVariation,
          },
        }),
  };
}

function booleanVariations(defaults: FlagDefaults["booleanDefaults"]) {
  const variation = (value: boolean, name: string, description: string) => ({
    value,
    ...(name === "" ? {} : { name }),
    ...(description === "" ? {} : { description }),
  });
  return [
    variation(true, defaults.trueDisplayName, defaults.trueDescription),
    variation(false, defaults.falseDisplayName, defaults.falseDescription),
  ];
}
