import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LightMyRequestResponse } from "fastify";
import { type RunningServer, startServer } from "../server.ts";
import { parseSettings } from "../settings.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A server in this process, on a folder and a port that are gone after the test. */
export class TemporaryServer implements AsyncDisposable {
  static readonly ownerToken = "api-the-owner-of-this-server";
  readonly running: RunningServer;
  readonly #folder: string;

  private constructor(running: RunningServer, folder: string) {
    this.running = running;
    this.#folder = folder;
  }

  /** The clock is the machine's unless another is given. */
  static async start(now?: () => number): Promise<TemporaryServer> {
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
    const settings = parseSettings({
      HALYARD_DATA: folder,
      HALYARD_BOOTSTRAP_TOKEN: TemporaryServer.ownerToken,
      HALYARD_DRAIN_SECONDS: "0.1",
      HALYARD_LOG_LEVEL: "silent",
    });
    const running = await startServer({ ...settings, host: "127.0.0.1", port: 0 }, now);
    return new TemporaryServer(running, folder);
  }

  get url(): string {
    return this.running.url;
  }

  /** Asks the REST API, as the owner unless another token is given. */
  async ask(
    method: Method,
    url: string,
    payload?: object,
    token: string = TemporaryServer.ownerToken,
  ): Promise<LightMyRequestResponse> {
    const options = { method, url, headers: { authorization: token } };
    return this.running.app.inject(payload === undefined ? options : { ...options, payload });
  }

  /** Asks the REST API as the one who is signed in with the cookie. */
  async askAs(
    { cookie }: { readonly cookie: string },
    method: Method,
    url: string,
    payload?: object,
  ): Promise<LightMyRequestResponse> {
    const options = { method, url, headers: { cookie, "sec-fetch-site": "same-origin" } };
    return this.running.app.inject(payload === undefined ? options : { ...options, payload });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.running.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
