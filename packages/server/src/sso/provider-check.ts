import * as oidc from "openid-client";
import { z } from "zod";
import { algorithms, askForDescription } from "./provider.ts";
import type { ProviderAccess } from "./sso-settings.ts";

/** One thing that has to hold for people to get in. */
export const ProviderCheck = z
  .object({
    name: z.enum(["description", "signatures", "credentials"]),
    passed: z.boolean(),
    message: z.string().describe("What was found, and what to do where it does not hold."),
  })
  .meta({ id: "SsoProviderCheck" });
type ProviderCheck = z.infer<typeof ProviderCheck>;

/** Asks the provider as a sign-in would, up to where a person comes in. */
export async function checkProvider(
  access: ProviderAccess,
  redirectUri: string,
): Promise<readonly ProviderCheck[]> {
  try {
    const provider = await askForDescription(access);
    const found = `${access.issuer} describes itself as an OpenID provider`;
    return [
      { name: "description", passed: true, message: found },
      signaturesOf(provider),
      await credentialsAt(provider, redirectUri),
    ];
  } catch (error) {
    return [{ name: "description", passed: false, message: whyNot(access.issuer, error) }];
  }
}

function signaturesOf(provider: oidc.Configuration): ProviderCheck {
  const offered = provider.serverMetadata().id_token_signing_alg_values_supported ?? ["RS256"];
  const taken = offered.filter((one) => algorithms.includes(one));
  return taken.length > 0
    ? { name: "signatures", passed: true, message: `it signs by ${taken.join(", ")}` }
    : {
        name: "signatures",
        passed: false,
        message: `it signs by ${offered.join(", ")} alone; let it sign by RS256 or ES256`,
      };
}

/** A code that nobody has is refused as such only to a client that the provider knows. */
async function credentialsAt(
  provider: oidc.Configuration,
  redirectUri: string,
): Promise<ProviderCheck> {
  const parameters = {
    code: oidc.randomState(),
    redirect_uri: redirectUri,
    code_verifier: oidc.randomPKCECodeVerifier(),
  };
  const problem = await oidc.genericGrantRequest(provider, "authorization_code", parameters).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (problem instanceof oidc.ResponseBodyError && problem.error === "invalid_grant") {
    const message = "it knows the client ID and the client secret";
    return { name: "credentials", passed: true, message };
  }
  const message = `${refusalOf(problem)}; check the client ID, the client secret, and that the client may redeem codes`;
  return { name: "credentials", passed: false, message };
}

function refusalOf(problem: unknown): string {
  if (problem instanceof oidc.WWWAuthenticateChallengeError)
    return "it does not take the client ID and the client secret";
  return problem instanceof oidc.ResponseBodyError
    ? `it answered ${problem.error}`
    : "its token endpoint did not answer as it should";
}

const Cause = z.looseObject({ code: z.string().optional(), cause: z.unknown().optional() });

/** Why the provider's description could not be read, and what to look at. */
function whyNot(issuer: string, error: unknown): string {
  const codes = codesOf(error);
  const { host } = new URL(issuer);
  const hasOne = (...some: readonly string[]) => some.some((code) => codes.includes(code));
  if (hasOne("ENOTFOUND", "EAI_AGAIN")) return `${host} is not known by name; check the address`;
  if (hasOne("ECONNREFUSED")) return `nobody listens at ${host}; check the address and the port`;
  if (hasOne("OAUTH_TIMEOUT", "UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT"))
    return `${host} does not answer; check that this server may reach it`;
  if (codes.some((code) => /CERT|SELF_SIGNED|UNABLE_TO/u.test(code)))
    return `the certificate of ${host} does not hold here; give this server the authority by NODE_EXTRA_CA_CERTS`;
  if (hasOne("OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED"))
    return "the provider calls itself otherwise; take the issuer from its description, letter by letter";
  return `there is no OpenID description under ${issuer}; give the issuer, without /.well-known`;
}

function codesOf(error: unknown): readonly string[] {
  const { data } = Cause.safeParse(error);
  if (data === undefined) return [];
  return [...(data.code === undefined ? [] : [data.code]), ...codesOf(data.cause)];
}
