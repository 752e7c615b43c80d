import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { expect, it } from "vitest";
import { Management } from "./management.ts";
import { ServerProcess } from "./server-process.ts";

it("sends what was committed before the server was killed in the middle of sending it", async () => {
  await using receiver = await Receiver.start();
  await using folder = await ServerProcess.start();
  const management = new Management(folder.url);
  await management.createProject("shop", ["production"]);
  const hook = { url: receiver.url, sign: false, on: true };
  await management.ask("POST", "/api/v2/webhooks", hook);

  const sending = receiver.next();
  await management.createFlag("shop", "checkout", ["old", "new"]);
  const { id: first } = await sending; // It is not answered.
  await folder.kill();
  const sendingAgain = receiver.next();
  await using server = await ServerProcess.start({
    port: folder.port,
    dataFolder: folder.dataFolder,
  });
  const { id: second, name, answer } = await sendingAgain;
  answer.end();

  expect(server.port).toBe(folder.port);
  expect(name).toBe("checkout");
  expect(second).toBe(first);
}, 60_000);

/** Takes messages one by one, and answers as it is told. */
class Receiver implements AsyncDisposable {
  readonly #server: http.Server;

  private constructor(server: http.Server) {
    this.#server = server;
  }

  static async start(): Promise<Receiver> {
    const server = http.createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Receiver(server);
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
  }

  async next(): Promise<{ id: unknown; name: string; answer: ServerResponse }> {
    const [request, answer]: [IncomingMessage, ServerResponse] = await new Promise((resolve) =>
      this.#server.once("request", (...both) => resolve(both)),
    );
    let body = "";
    for await (const chunk of request) body += String(chunk);
    return { id: request.headers["webhook-id"], name: JSON.parse(body).name, answer };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
