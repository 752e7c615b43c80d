import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** As much of an OpenID provider as the test of a connection asks for; what it describes itself by is its own. */
export class SmallProvider implements AsyncDisposable {
  readonly issuer: string;
  readonly clientId = "halyard";
  readonly clientSecret = "between the two of them";
  readonly #server: Server;

  private constructor(issuer: string, server: Server) {
    this.issuer = issuer;
    this.#server = server;
    const right = `Basic ${Buffer.from(`${this.clientId}:${encodeURIComponent(this.clientSecret).replaceAll("%20", "+")}`).toString("base64")}`;
    server.on("request", (request, response) => {
      const answer = (status: number, body: object) =>
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(JSON.stringify(body));
      if (request.url === "/.well-known/openid-configuration")
        return answer(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          id_token_signing_alg_values_supported: ["RS256"],
        });
      if (request.url !== "/token") return answer(404, {});
      const isRight = request.headers.authorization === right;
      return answer(400, { error: isRight ? "invalid_grant" : "invalid_client" });
    });
  }

  static async start(): Promise<SmallProvider> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return new SmallProvider(`http://127.0.0.1:${port}`, server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
