import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A line to a service that can fall silent without being closed, as when a router dies. */
export class Relay implements AsyncDisposable {
  readonly #server: Server;
  #sockets: Socket[] = [];

  private constructor(port: number) {
    this.#server = createServer((near) => {
      const far = connect(port, "127.0.0.1");
      near.pipe(far);
      far.pipe(near);
      for (const socket of [near, far]) {
        this.#sockets.push(socket);
        // Either end may go as it likes; the other learns of it.
        socket.on("error", () => socket.destroy());
      }
      near.on("close", () => far.destroy());
      far.on("close", () => near.destroy());
    });
  }

  static async start(port: number): Promise<Relay> {
    const relay = new Relay(port);
    relay.#server.listen(0, "127.0.0.1");
    await once(relay.#server, "listening");
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on nothing passes over the connections that there are; new ones are not affected. */
  silence(): void {
    for (const socket of this.#sockets) socket.unpipe().resume();
    this.#sockets = [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, "close");
  }
}
