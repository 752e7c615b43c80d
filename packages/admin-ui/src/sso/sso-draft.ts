import type { SsoSettings } from "./sso.ts";
import { t } from "./text.ts";

/** A value of a claim, and the role or team that it gives. */
export interface ClaimRow {
  readonly from: string;
  readonly to: string;
}

/** What is typed of the settings. */
export interface SsoDraft {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty where the one that is kept shall stay. */
  readonly clientSecret: string;
  readonly defaultRole: string;
  readonly allowedDomains: readonly string[];
  readonly trustsEmails: boolean;
  readonly roleClaim: string;
  readonly roles: readonly ClaimRow[];
  readonly teamClaim: string;
  readonly teams: readonly ClaimRow[];
}

export function draftOf(settings: SsoSettings | undefined): SsoDraft {
  return {
    issuer: settings?.issuer ?? "",
    clientId: settings?.clientId ?? "",
    clientSecret: "",
    defaultRole: settings?.defaultRole ?? "reader",
    allowedDomains: settings?.allowedDomains ?? [],
    trustsEmails: settings?.trustsEmails ?? false,
    roleClaim: settings?.roleClaim ?? "",
    roles: rowsOf(settings?.roles),
    teamClaim: settings?.teamClaim ?? "",
    teams: rowsOf(settings?.teams),
  };
}

function rowsOf(map: Readonly<Record<string, string>> = {}): readonly ClaimRow[] {
  return Object.entries(map).map(([from, to]) => ({ from, to }));
}

/** Whether the secret that is kept is for this issuer and client: the server gives it to nobody else. */
export function keepsSecret(draft: SsoDraft, settings: SsoSettings | undefined): boolean {
  return settings?.issuer === draft.issuer.trim() && settings.clientId === draft.clientId.trim();
}

/** What is asked of the server when the connection is tested. */
export function accessOf({ issuer, clientId, clientSecret }: SsoDraft): object {
  return {
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    ...(clientSecret === "" ? {} : { clientSecret }),
  };
}

/** What the server is given to keep. */
export function bodyOf(draft: SsoDraft): object {
  const { defaultRole, allowedDomains, trustsEmails } = draft;
  return {
    ...accessOf(draft),
    defaultRole,
    allowedDomains: allowedDomains.map((one) => one.replace(/^@/u, "").toLowerCase()),
    trustsEmails,
    ...claimOf("roleClaim", draft.roleClaim, "roles", draft.roles),
    ...claimOf("teamClaim", draft.teamClaim, "teams", draft.teams),
  };
}

function claimOf(
  claimName: string,
  claim: string,
  mapName: string,
  rows: readonly ClaimRow[],
): object {
  if (claim.trim() === "") return {};
  const whole = rows.filter(({ from, to }) => from.trim() !== "" && to !== "");
  return {
    [claimName]: claim.trim(),
    [mapName]: Object.fromEntries(whole.map(({ from, to }) => [from.trim(), to])),
  };
}

export interface SsoProblems {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** What is wrong, by field. */
export function problemsOf(draft: SsoDraft, settings: SsoSettings | undefined): SsoProblems {
  return {
    ...(isFitIssuer(draft.issuer.trim()) ? {} : { issuer: t("sso.issuer.wrong") }),
    ...(draft.clientId.trim() === "" ? { clientId: t("sso.client.missing") } : {}),
    ...(draft.clientSecret === "" && !keepsSecret(draft, settings)
      ? { clientSecret: t("sso.secret.missing") }
      : {}),
  };
}

function isFitIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}
