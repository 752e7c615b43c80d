import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "@halyard/test";

const installed = "/usr/lib/postgresql";
const readyTimeoutMs = 30_000;

/** Debian's PostgreSQL on loopback, in a folder that is gone afterwards. */
export class Postgres implements AsyncDisposable {
  readonly url: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, running: ChildProcess) {
    this.url = url;
    this.#folder = folder;
    this.#process = running;
  }

  static async start(): Promise<Postgres> {
    const [version = ""] = readdirSync(installed).toSorted().toReversed();
    const program = (name: string): string => path.join(installed, version, "bin", name);
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-postgres-"));
    const who = notRoot();
    if (who !== undefined) chownSync(folder, who.uid, who.gid);
    const data = path.join(folder, "data");
    const init = ["-D", data, "-A", "trust", "-U", "bench", "-E", "UTF8", "--no-locale"];
    execFileSync(program("initdb"), init, { ...who, cwd: folder, stdio: "ignore" });
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
    const args = ["-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])];
    const running = spawn(program("postgres"), args, { ...who, cwd: folder, stdio: "ignore" });
    const url = `postgres://bench@127.0.0.1:${port}/postgres`;
    const postgres = new Postgres(url, folder, running);
    await postgres.#ready();
    return postgres;
  }

  run(sql: string): void {
    const args = [this.url, "-q", "-v", "ON_ERROR_STOP=1"];
    execFileSync("psql", args, { input: sql, stdio: ["pipe", "ignore", "inherit"] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exit = once(this.#process, "exit");
    // Without waiting for those who are connected.
    this.#process.kill("SIGINT");
    await exit;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + readyTimeoutMs;
    for (;;) {
      try {
        execFileSync("psql", [this.url, "-c", "select 1"], { stdio: "ignore" });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw new Error("PostgreSQL is not ready", { cause: error });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }
}

/** PostgreSQL does not run as root. */
function notRoot(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string): number =>
    Number(execFileSync("id", [option, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}
