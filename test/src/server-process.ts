import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

const main = fileURLToPath(new URL("../../packages/server/src/main.ts", import.meta.url));
/** As `npm start` runs it. */
export const nodeFlags = ["--max-semi-space-size=1"];
const bootTimeoutMs = 30_000;

/** An access token that the first start on an empty folder turns into the owner's. */
export const bootstrapToken = "api-test-token-of-at-least-32-characters";

/** The server as people run it: a process of its own, on a folder of its own. */
export class ServerProcess {
  readonly url: string;
  readonly dataFolder: string;
  readonly #child: ChildProcess;
  #said = "";

  private constructor(url: string, dataFolder: string, child: ChildProcess) {
    this.url = url;
    this.dataFolder = dataFolder;
    this.#child = child;
  }

  /** Starts on the given port and folder (another life of the same server), or on fresh ones. */
  static async start(
    options: {
      port?: number;
      dataFolder?: string;
      seed?: "demo" | "none";
      redisUrl?: string;
      /** How much memory objects may take up, in MB. */
      heapMb?: number;
      /** With "link" the first start prints a one-time link, and no token works. */
      owner?: "token" | "link";
    } = {},
  ): Promise<ServerProcess> {
    const port = options.port ?? (await freePort());
    const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(tmpdir(), "halyard-")));
    const heap = options.heapMb === undefined ? [] : [`--max-old-space-size=${options.heapMb}`];
    const child = spawn(process.execPath, [...nodeFlags, ...heap, main], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PORT: String(port),
        HOST: "127.0.0.1",
        HALYARD_DATA: dataFolder,
        ...(options.owner === "link" ? {} : { HALYARD_BOOTSTRAP_TOKEN: bootstrapToken }),
        HALYARD_DRAIN_SECONDS: "0",
        // Tests ask faster than anybody should.
        HALYARD_RATE_LIMIT: "0",
        // What receives webhooks in tests listens on loopback.
        HALYARD_OUTBOUND_ALLOW: "127.0.0.1",
        HALYARD_REDIS_URL: options.redisUrl ?? "",
        HALYARD_SEED: options.seed ?? "none",
      },
    });
    const server = new ServerProcess(`http://127.0.0.1:${port}`, dataFolder, child);
    await server.#ready();
    return server;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** The one-time link that the first start printed. */
  get welcomeLink(): string {
    const link = /https?:\/\/\S+\/welcome\?token=\S+/u.exec(this.#said)?.[0];
    if (link === undefined) throw new Error(`the server printed no link: ${this.#said}`);
    return link;
  }

  /** Ends the process the hard way, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Ends the process the polite way. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill(signal);
    await exit;
  }

  async #ready(): Promise<void> {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
    }
    const deadline = Date.now() + bootTimeoutMs;
    while (!(await answers(`${this.url}/readyz`))) {
      if (this.#child.exitCode !== null) throw new Error(`the server ended at once: ${this.#said}`);
      if (Date.now() > deadline) throw new Error(`the server is not ready in time: ${this.#said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
