import { queryOptions } from "@tanstack/react-query";
import { resource } from "../api/queries.ts";
import { request } from "../api/request.ts";

export interface SsoSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** The role of who comes for the first time. */
  readonly defaultRole: string;
  readonly allowedDomains: readonly string[];
  readonly trustsEmails: boolean;
  readonly roleClaim?: string;
  /** Roles by values of the claim. */
  readonly roles: Readonly<Record<string, string>>;
  readonly teamClaim?: string;
  /** Team keys by values of the claim. */
  readonly teams: Readonly<Record<string, string>>;
  /** The server's environment says it; nothing is changed here. */
  readonly isFromEnvironment: boolean;
  /** Passwords let in owners alone. */
  readonly isRequired: boolean;
}

export interface SsoAddresses {
  readonly redirectUri: string;
  readonly signOutUri: string;
  readonly scimUri: string;
}

export interface ProviderCheck {
  readonly name: "description" | "signatures" | "credentials";
  readonly passed: boolean;
  readonly message: string;
}

export const ssoPath = "/api/v2/account/sso";
/** Null where single sign-on is not set up: that is asked first, so that nothing is asked for in vain. */
export const ssoSettings = queryOptions({
  queryKey: [ssoPath],
  queryFn: async (): Promise<SsoSettings | null> => {
    const { isOn } = await request<{ readonly isOn: boolean }>("GET", "/api/sso");
    return isOn ? request<SsoSettings>("GET", ssoPath) : null;
  },
});
export const ssoAddresses = resource<SsoAddresses>(`${ssoPath}/addresses`);
