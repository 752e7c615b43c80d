import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LightMyRequestResponse } from "fastify";
import { type RunningServer, startServer } from "../server.ts";
import { parseSettings } from "../settings.ts";
import { RestDescription } from "./rest-description.ts";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

interface Circumstances {
  readonly requestsPerSecond?: number;
  readonly now?: () => number;
}

/** A server in this process, on a folder and a port that are gone after the test. */
export class TemporaryServer implements AsyncDisposable {
  static readonly ownerToken = "api-the-owner-of-this-server";
  readonly running: RunningServer;
  readonly #folder: string;
  /** Every answer is held against it, where there is one. */
  readonly #description = RestDescription.find(process.env["HALYARD_REFERENCE"]);

  private constructor(running: RunningServer, folder: string) {
    this.running = running;
    this.#folder = folder;
  }

  /** Without a limit of rates, and by the machine's clock, unless told. */
  static async start({
    requestsPerSecond = 0,
    now = Date.now,
  }: Circumstances = {}): Promise<TemporaryServer> {
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-"));
    const settings = parseSettings({
      HALYARD_DATA: folder,
      HALYARD_BOOTSTRAP_TOKEN: TemporaryServer.ownerToken,
      HALYARD_DRAIN_SECONDS: "0.1",
      HALYARD_RATE_LIMIT: String(requestsPerSecond),
      HALYARD_OUTBOUND_ALLOW: "127.0.0.1",
      HALYARD_LOG_LEVEL: "silent",
    });
    const running = await startServer({ ...settings, host: "127.0.0.1", port: 0 }, now);
    return new TemporaryServer(running, folder);
  }

  get url(): string {
    return this.running.url;
  }

  /** Asks the REST API, as the owner unless another token, or other headers, are given. */
  async ask(
    method: Method,
    url: string,
    payload?: object,
    token: string | Readonly<Record<string, string>> = TemporaryServer.ownerToken,
  ): Promise<LightMyRequestResponse> {
    const headers =
      typeof token === "string"
        ? { authorization: token }
        : { authorization: TemporaryServer.ownerToken, ...token };
    const options = { method, url, headers };
    const answer = await this.running.app.inject(
      payload === undefined ? options : { ...options, payload },
    );
    const { statusCode: status } = answer;
    const body: unknown = answer.body === "" ? undefined : answer.json();
    const problem = this.#description?.problemOf({ method, url, status, body });
    if (problem !== undefined) throw new Error(problem);
    return answer;
  }

  /** Where the server keeps the file of that name. */
  fileOf(name: string): string {
    return path.join(this.#folder, name);
  }

  /** Whether any file of the server holds a text as it is. */
  async filesHold(text: string): Promise<boolean> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(path.join(entry.parentPath, entry.name))),
    );
    return files.some((bytes) => bytes.includes(text));
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
