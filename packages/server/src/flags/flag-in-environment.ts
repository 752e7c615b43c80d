import { z } from "zod";

/** A flag in an environment, as paths name it. */
export const FlagInEnvironment = z.object({
  projectKey: z.string(),
  flagKey: z.string(),
  environmentKey: z.string(),
});
export type FlagInEnvironment = z.infer<typeof FlagInEnvironment>;

/** The same as policies name it. */
export const flagInEnvironment = "proj/{projectKey}:env/{environmentKey}:flag/{flagKey}";
