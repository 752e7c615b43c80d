import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const perSecond = 450;

/** Many raw sockets, each with one stream open; they note when an event arrives, and parse nothing. */
export class Subscribers {
  readonly #sockets: Socket[] = [];
  #arrivals: number[] = [];
  #wanted = 0;
  #heard: ((arrivals: readonly number[]) => void) | undefined;

  /** Opens streams at a pace that servers admit. */
  async open(url: string, headers: Readonly<Record<string, string>>, count: number): Promise<void> {
    const { hostname, port, pathname } = new URL(url);
    const lines = Object.entries({ host: hostname, accept: "text/event-stream", ...headers });
    const request = `GET ${pathname} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
    const opening: Promise<void>[] = [];
    for (let opened = 0; opened < count; opened += 1) {
      opening.push(this.#openOne(Number(port), hostname, request));
      if (opened % 45 === 44) await pause((45 / perSecond) * 1000);
    }
    await Promise.all(opening);
  }

  /** The times, by this process's clock, at which the next event arrives at each that listens. */
  async arrivals(count: number): Promise<readonly number[]> {
    this.#arrivals = [];
    this.#wanted = count;
    return new Promise((resolve) => {
      this.#heard = resolve;
    });
  }

  /** Lets some stop reading; gives the function that lets them go on. */
  stall(count: number): () => void {
    const stalled = this.#sockets.slice(0, count);
    for (const socket of stalled) socket.pause();
    return () => {
      for (const socket of stalled) socket.resume();
    };
  }

  get openCount(): number {
    return this.#sockets.filter((socket) => !socket.destroyed).length;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.length = 0;
  }

  #openOne(port: number, host: string, request: string): Promise<void> {
    const socket = connect(port, host, () => socket.write(request));
    this.#sockets.push(socket);
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.on("data", (bytes) => {
        if (bytes.includes("event: put")) resolve();
        else if (bytes.includes("event: patch")) this.#note();
        else if (bytes.includes("HTTP/1.1 503")) reject(new Error("the server admits no more"));
      });
    });
  }

  #note(): void {
    this.#arrivals.push(performance.now());
    if (this.#arrivals.length === this.#wanted) this.#heard?.(this.#arrivals);
  }
}
