import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));

/** Code as somebody copies it from a page, in a Node process of its own beside the SDK. */
export class SnippetProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  #said = "";

  constructor(code: string) {
    this.#child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: here,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on("data", (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
  }

  /** All that it has printed. */
  get said(): string {
    return this.#said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await exit;
  }
}
