import { createHash, randomUUID } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import type { CachedSet, FlagCache } from "./flag-cache.ts";
import type { Log } from "./logger.ts";

export interface FileCacheSettings {
  /** A folder; it is made where it is missing. */
  readonly folder: string;
  readonly sdkKey: string;
  readonly streamUri: string;
  /** Milliseconds that changes are gathered for before they are written. */
  readonly delayMs: number;
  readonly log: Log;
}

const schema = 3;

/** Far beyond any set of flags: what is larger is none, and would only fill the app's memory. */
const largestBytes = 256_000_000;

/** No write takes so long: a draft of this age is what a killed process left. */
const abandonedAfterMs = 3_600_000;

/** Keeps the last flags on disk, so that a restart needs no server. Nothing it meets is thrown. */
export class FileCache implements FlagCache {
  readonly name = "cache";
  readonly #file: string;
  readonly #owner: string;
  readonly #delayMs: number;
  readonly #log: Log;
  #next: (() => CachedSet) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ folder, sdkKey, streamUri, delayMs, log }: FileCacheSettings) {
    // The key opens the environment, so only its hash is written.
    this.#owner = createHash("sha256").update(`${streamUri}\n${sdkKey}`).digest("hex");
    this.#file = path.join(folder, `halyard-${this.#owner.slice(0, 16)}.json`);
    this.#delayMs = delayMs;
    this.#log = log;
  }

  /** What a client of the same key and address kept; undefined, after a warning, where it is broken. */
  read(): CachedSet | undefined {
    try {
      return this.#setFrom(JSON.parse(textOf(this.#file)));
    } catch (cause) {
      if (!isMissing(cause)) this.#warn("read", cause);
      return undefined;
    }
  }

  /** Writes what the function gives when it is time, and once for all changes until then. */
  keep(next: () => CachedSet): void {
    this.#next = next;
    this.#timer ??= setTimeout(() => this.#write(), this.#delayMs).unref();
  }

  /** Resolves when what was to be kept lies on disk, or could not be written. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#write();
    await this.#writing;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const next = this.#next;
    this.#next = undefined;
    if (next === undefined) return;
    this.#writing = this.#writing
      .then(() => this.#replace(this.#textOf(next())))
      .then(() => this.#log.forget("cache write"))
      .catch((cause: unknown) => this.#warn("write", cause));
  }

  /** A reader finds the old file or the new one, whenever this process ends. */
  async #replace(text: string): Promise<void> {
    const folder = path.dirname(this.#file);
    await mkdir(folder, { recursive: true });
    const draft = `${this.#file}.${randomUUID()}`;
    try {
      await writeDurably(draft, text);
      await rename(draft, this.#file);
    } catch (cause) {
      await rm(draft, { force: true });
      throw cause;
    }
    await syncFolder(folder);
    await this.#removeAbandoned(folder);
  }

  async #removeAbandoned(folder: string): Promise<void> {
    const beginning = `${path.basename(this.#file)}.`;
    for (const name of await readdir(folder)) {
      if (!name.startsWith(beginning)) continue;
      const draft = path.join(folder, name);
      if (await isAbandoned(draft)) await rm(draft, { force: true });
    }
  }

  #textOf(set: CachedSet): string {
    const { data, id, savedAt } = set;
    return JSON.stringify({ schema, owner: this.#owner, id, savedAt, crc: checksumOf(set), data });
  }

  #setFrom(content: unknown): CachedSet {
    if (typeof content !== "object" || content === null) throw new Error("it holds no object");
    const { schema: found, owner, id, savedAt, crc, data } = content as Record<string, unknown>;
    if (found !== schema) throw new Error(`it is of version ${String(found)}, not ${schema}`);
    if (owner !== this.#owner) throw new Error("it belongs to another SDK key or address");
    if (typeof data !== "string") throw new Error("it holds no flags");
    const set = {
      data,
      id: typeof id === "string" ? id : undefined,
      savedAt: typeof savedAt === "number" ? savedAt : 0,
    };
    if (crc !== checksumOf(set)) throw new Error("its checksum is wrong");
    return set;
  }

  #warn(what: "read" | "write", cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    this.#log.warnOnce(
      `cache ${what}`,
      () =>
        `the cache ${this.#file} cannot be used to ${what} flags (${why}); going on without it.`,
    );
  }
}

/** Also of the id: flags under a later version's number would never be brought up to date. */
function checksumOf({ data, id, savedAt }: CachedSet): number {
  return crc32(data, crc32(JSON.stringify([id, savedAt])));
}

function textOf(file: string): string {
  const { size } = statSync(file);
  if (size > largestBytes) throw new Error(`it is of ${size} bytes, which no set of flags has`);
  return readFileSync(file, "utf8");
}

async function isAbandoned(draft: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(draft);
    return Date.now() - mtimeMs > abandonedAfterMs;
  } catch (cause) {
    if (isMissing(cause)) return false; // Its writer has just put it in place.
    throw cause;
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}
