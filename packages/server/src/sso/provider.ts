import * as oidc from "openid-client";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { isOnThisMachine, type ProviderAccess, type SsoSettings } from "./sso-settings.ts";

/** Signatures that only the provider can make; one by the client's own secret is not among them. */
export const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "EdDSA",
];
const timeoutSeconds = 5;

/** What the provider says of who has signed in. */
const Claims = z.looseObject({
  sub: z.string().min(1),
  email: z.email(),
  email_verified: z.boolean().optional(),
  given_name: z.string().max(256).optional(),
  family_name: z.string().max(256).optional(),
});
export type Claims = z.infer<typeof Claims>;

/** What is remembered of a sign-in while the browser is at the provider. */
export interface Attempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export function newAttempt(): Attempt {
  return {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
}

/** Where the browser is sent to sign in. */
export async function authorizationUrl(
  settings: SsoSettings,
  { state, nonce, verifier }: Attempt,
  redirectUri: string,
): Promise<string> {
  const provider = await discover(settings);
  return oidc.buildAuthorizationUrl(provider, {
    redirect_uri: redirectUri,
    scope: "openid email profile",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  }).href;
}

/** Redeems what the browser came back with; throws where anything of it does not fit. */
export async function redeem(
  settings: SsoSettings,
  { state, nonce, verifier }: Attempt,
  callbackUrl: URL,
): Promise<Claims> {
  const provider = await discover(settings);
  try {
    const tokens = await oidc.authorizationCodeGrant(provider, callbackUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    refuseWeakSignature(tokens.id_token ?? "");
    const claims = tokens.claims();
    if (claims === undefined) throw new Error("the provider sent no ID token");
    const isWhole = "email" in claims || provider.serverMetadata().userinfo_endpoint === undefined;
    const more = isWhole ? {} : await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub);
    return Claims.parse({ ...more, ...claims });
  } catch (cause) {
    throw new DomainError(
      "unauthorized",
      "the identity provider's answer does not hold; sign in again, and ask an admin if that does not help",
      { cause },
    );
  }
}

/** Where the browser ends the session at the provider; undefined where it has no such page. */
export async function endSessionUrl(
  settings: SsoSettings,
  returnTo: string,
): Promise<string | undefined> {
  const provider = await discover(settings);
  if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
  return oidc.buildEndSessionUrl(provider, { post_logout_redirect_uri: returnTo }).href;
}

async function discover(settings: SsoSettings): Promise<oidc.Configuration> {
  try {
    return await askForDescription(settings);
  } catch (cause) {
    throw new DomainError(
      "unavailable",
      `the identity provider at ${new URL(settings.issuer).origin} does not answer as it should; try again, or ask an admin to check its settings`,
      { cause },
    );
  }
}

/** The provider as it describes itself. */
export async function askForDescription({
  issuer: address,
  clientId,
  clientSecret,
}: ProviderAccess): Promise<oidc.Configuration> {
  const issuer = new URL(address);
  return oidc.discovery(
    issuer,
    clientId,
    { client_secret: clientSecret },
    oidc.ClientSecretBasic(clientSecret),
    {
      timeout: timeoutSeconds,
      execute: [
        // The signature is checked although the token comes from the provider itself.
        oidc.enableNonRepudiationChecks,
        ...(isOnThisMachine(issuer) ? [oidc.allowInsecureRequests] : []),
      ],
      // A redirect could lead into the network that the server stands in.
      [oidc.customFetch]: (url, { body, ...options }) =>
        fetch(url, {
          ...options,
          redirect: "error",
          ...(body === undefined || body === null ? {} : { body }),
        }),
    },
  );
}

function refuseWeakSignature(idToken: string): void {
  const [header = ""] = idToken.split(".");
  const { alg } = z
    .object({ alg: z.string() })
    .parse(JSON.parse(Buffer.from(header, "base64url").toString("utf8")));
  if (!algorithms.includes(alg)) throw new Error(`the ID token is signed by ${alg}`);
}
