import http, { type IncomingHttpHeaders } from "node:http";

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes what webhooks and integrations send, and answers as it is told. */
export class Receiver implements AsyncDisposable {
  readonly received: Received[] = [];
  status = 200;
  readonly #server: http.Server;
  readonly port: number;

  private constructor(server: http.Server, port: number) {
    this.#server = server;
    this.port = port;
    server.on("request", (request, answer) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { url = "", headers } = request;
        this.received.push({ url, headers, body: Buffer.concat(chunks).toString("utf8") });
        answer.writeHead(this.status).end("an answer that is nobody's business");
      });
    });
  }

  /** On a free port, or on one that another had before. */
  static async start(port = 0): Promise<Receiver> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const address = server.address();
    return new Receiver(server, typeof address === "object" && address !== null ? address.port : 0);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
