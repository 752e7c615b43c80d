import { z } from "zod";
import { readSetting } from "../access/account-settings.ts";
import type { Db } from "../storage/database.ts";

const GivenRole = z.enum(["no_access", "reader", "writer", "admin"]);

/** Which identity provider people sign in by, and what they may when they come by it. */
export const SsoSettings = z.object({
  issuer: z
    .url()
    .refine(isFitIssuer, "use https; http is for a provider on this machine")
    .describe("The provider's issuer; its description is found from there."),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  defaultRole: GivenRole.default("reader").describe("The role of who comes for the first time."),
  allowedDomains: z
    .array(z.string().toLowerCase().min(1))
    .default([])
    .describe("Domains of email addresses that are let in; all where the list is empty."),
  trustsEmails: z
    .boolean()
    .default(false)
    .describe("Whether addresses count that the provider does not say to be verified."),
  roleClaim: z.string().optional().describe("The claim that names roles, such as groups."),
  roles: z.record(z.string(), GivenRole).default({}).describe("Roles by values of the claim."),
  teamClaim: z.string().optional().describe("The claim that names teams, such as groups."),
  teams: z.record(z.string(), z.string()).default({}).describe("Team keys by values of the claim."),
});
export type SsoSettings = z.infer<typeof SsoSettings>;

/** How the provider is spoken to. */
export type ProviderAccess = Pick<SsoSettings, "issuer" | "clientId" | "clientSecret">;

export const ssoSetting = {
  name: "sso",
  schema: SsoSettings.nullable(),
  initial: null,
};

/** The environment's settings before the account's own; undefined where there are none. */
export async function findSso(
  db: Db,
  fromEnvironment: SsoSettings | undefined,
): Promise<SsoSettings | undefined> {
  return fromEnvironment ?? (await readSetting(db, ssoSetting)) ?? undefined;
}

export function isOnThisMachine(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

function isFitIssuer(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isOnThisMachine(url));
}
