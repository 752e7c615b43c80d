import { z } from "zod";
import { Statement } from "../access/policy.ts";

const everyEnvironment: Statement = {
  effect: "allow",
  actions: ["*"],
  resources: ["proj/*:env/*"],
};

/** What can be said of the configuration of a relay. */
export const RelaySettings = z.object({
  name: z.string().trim().min(1).max(256),
  policy: z
    .array(Statement)
    .min(1)
    .default([everyEnvironment])
    .describe("Which environments the relay learns; all unless told."),
});
export type RelaySettings = z.infer<typeof RelaySettings>;

export const NewRelay = RelaySettings.meta({
  examples: [
    {
      name: "Edge",
      policy: [{ effect: "allow", actions: ["*"], resources: ["proj/web-shop:env/production"] }],
    },
  ],
});
