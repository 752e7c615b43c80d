import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** "silent" takes connections and lets nothing through. */
export type LineState = "open" | "cut" | "silent";

/** The way to a server, which can be cut and mended. */
export class Line implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #state: LineState = "open";

  private constructor(port: number) {
    this.#server = createServer((socket) => {
      this.#keep(socket);
      if (this.#state === "cut") socket.destroy();
      if (this.#state !== "open") return;
      const beyond = connect(port, "127.0.0.1");
      this.#keep(beyond);
      socket.pipe(beyond).pipe(socket);
      socket.once("close", () => beyond.destroy());
      beyond.once("close", () => socket.destroy());
    });
  }

  static async to(port: number): Promise<Line> {
    const line = new Line(port);
    await once(line.#server.listen(0, "127.0.0.1"), "listening");
    return line;
  }

  get url(): string {
    // It listens on a port.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends what is under way. */
  turn(state: LineState): void {
    this.#state = state;
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.turn("cut");
    this.#server.close();
    await once(this.#server, "close");
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    // A line that breaks is what it is for; its ends hear of it by the close.
    socket.on("error", () => socket.destroy());
  }
}
