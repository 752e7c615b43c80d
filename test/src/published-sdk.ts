import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly talk: string;
}

/** The SDK as a registry would hold it: built, and packed into one file. */
export class PublishedSdk {
  readonly #folder: string;
  readonly tarball: string;

  private constructor(folder: string, tarball: string) {
    this.#folder = folder;
    this.tarball = tarball;
  }

  static async build(): Promise<PublishedSdk> {
    const folder = await mkdtemp(path.join(tmpdir(), "halyard-sdk-"));
    const built = path.join(folder, "built");
    await run(process.execPath, ["scripts/build-sdk.mjs", built], { cwd: root });
    const args = ["pack", built, "--json", "--pack-destination", folder];
    const [packed] = JSON.parse((await run("npm", args, { cwd: folder })).stdout);
    return new PublishedSdk(folder, path.join(folder, packed.filename));
  }

  /** An empty project with the SDK, and whatever else, installed by npm. */
  async installedInto(name: string, ...others: readonly string[]): Promise<Project> {
    const project = new Project(path.join(this.#folder, name));
    await project.write("package.json", JSON.stringify({ name, private: true }));
    await project.run(
      "npm",
      ...["install", "--no-audit", "--no-fund", "--prefer-offline", this.tarball, ...others],
    );
    return project;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Somebody's project, in a folder of its own. */
export class Project {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async write(file: string, text: string): Promise<void> {
    const target = path.join(this.folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /** Runs a command that has to succeed, and gives what it printed. */
  async run(command: string, ...args: readonly string[]): Promise<string> {
    const { code, out, talk } = await this.try(command, ...args);
    if (code !== 0) throw new Error(`${command} ${args.join(" ")}: ${code}\n${out}${talk}`);
    return out;
  }

  async try(command: string, ...args: readonly string[]): Promise<Ended> {
    try {
      const { stdout, stderr } = await run(command, args, {
        cwd: this.folder,
        env: ownEnvironment(),
      });
      return { code: 0, out: stdout, talk: stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      if (typeof code !== "number") throw error;
      return { code, out: stdout, talk: stderr };
    }
  }
}

/** Without what npm says to its scripts: an `npx` that runs them passes on what itself was asked. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(call|package|yes)|command|lifecycle)/iu.test(name),
    ),
  );
}
