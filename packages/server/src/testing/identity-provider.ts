import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";

/** Who there is at the provider, by the name they sign in with. */
export type People = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A real OpenID provider on loopback, with a browser that signs in there. */
export class IdentityProvider implements AsyncDisposable {
  readonly issuer: string;
  readonly clientId = "halyard";
  readonly clientSecret = "a secret between the two of them";
  readonly #provider: Provider;
  readonly #server: Server;

  private constructor(issuer: string, server: Server, people: People, signedBy: "RS256" | "HS256") {
    this.issuer = issuer;
    this.#server = server;
    const client = {
      client_id: this.clientId,
      client_secret: this.clientSecret,
      redirect_uris: ["http://localhost/api/sso/callback"],
      post_logout_redirect_uris: ["http://localhost/login"],
      id_token_signed_response_alg: signedBy,
    };
    this.#provider = new Provider(issuer, {
      clients: [client],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["groups"] },
      ttl: {
        AuthorizationCode: 60,
        Grant: 600,
        Interaction: 600,
        Session: 600,
      },
      conformIdTokenClaims: false,
      enabledJWA: { idTokenSigningAlgValues: ["RS256", "HS256"] },
      cookies: { keys: ["of the tests"] },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    });
    server.on("request", (request, response) => void this.#provider.callback()(request, response));
  }

  static async start(people: People, signedBy: "RS256" | "HS256" = "RS256") {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new IdentityProvider(`http://127.0.0.1:${port}`, server, people, signedBy);
  }

  /** Signs in and consents, as a person would; gives the address that the browser is sent back to. */
  async signIn(authorizationUrl: string, login: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let url = new URL(authorizationUrl);
    let form: Readonly<Record<string, string>> | undefined;
    for (let step = 0; step < 12; step += 1) {
      const response = await this.#ask(url, cookies, form);
      const location = response.headers.get("location");
      if (location === null) {
        const page = await response.text();
        if (!page.includes('name="prompt"')) throw new Error(`no form at ${url.href}: ${page}`);
        const isLogin = page.includes('name="login"');
        form = isLogin ? { prompt: "login", login, password: "any" } : { prompt: "consent" };
        continue;
      }
      form = undefined;
      url = new URL(location, url);
      if (url.origin !== this.issuer) return url;
    }
    throw new Error(`the provider never came back from ${authorizationUrl}`);
  }

  /** Makes a code one that was given out long ago. */
  async letExpire(code: string): Promise<void> {
    const found = await this.#provider.AuthorizationCode.find(code);
    if (found === undefined) throw new Error("the provider does not know its own code");
    found.exp = 1;
    await found.save();
  }

  async #ask(
    url: URL,
    cookies: Map<string, string>,
    form: Readonly<Record<string, string>> | undefined,
  ): Promise<Response> {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split(/=(.*)/su);
      cookies.set(name, value);
    }
    return response;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
