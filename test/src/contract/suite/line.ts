import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a port of this machine that can be cut. */
export class Line implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #refused = Promise.withResolvers<void>();
  #isCut = false;

  private constructor(port: number) {
    this.#server = createServer((socket) => {
      // Either end may be torn at any moment; that is what the line is for.
      socket.on("error", () => socket.destroy());
      if (this.#isCut) {
        socket.destroy();
        this.#refused.resolve();
        return;
      }
      const target = connect(port, "127.0.0.1");
      target.on("error", () => socket.destroy());
      for (const one of [socket, target]) this.#sockets.add(one);
      socket.pipe(target).pipe(socket);
    });
  }

  static async to(port: number): Promise<Line> {
    const line = new Line(port);
    line.#server.listen(0, "127.0.0.1");
    await once(line.#server, "listening");
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resolves when somebody tried the line that is cut. */
  get refused(): Promise<void> {
    return this.#refused.promise;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  mend(): void {
    this.#isCut = false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }
}
