import type { GivenFile } from "./source.ts";

/** A file that cannot be read, and why. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly file: string;

  constructor(file: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.file = file;
  }
}

/** Reads JSON, and YAML where it is none; the reader of YAML is fetched only then. */
export async function readText(name: string, text: string): Promise<GivenFile> {
  try {
    return { name, document: JSON.parse(text) };
  } catch (cause) {
    if (/^\s*[[{]/u.test(text)) throw new UnreadableFile(name, cause);
  }
  try {
    const { parse } = await import("yaml");
    const document: unknown = parse(text, { maxAliasCount: 100 });
    // An alias may point at what it stands in, which is no JSON.
    JSON.stringify(document);
    return { name, document };
  } catch (cause) {
    throw new UnreadableFile(name, cause);
  }
}

/** Reads files from a disk, unpacking those that end in `.gz`. */
export function readFiles(files: readonly File[]): Promise<readonly GivenFile[]> {
  return Promise.all(files.map(async (file) => readText(file.name, await textOf(file))));
}

async function textOf(file: File): Promise<string> {
  if (!file.name.endsWith(".gz")) return file.text();
  try {
    return await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  } catch (cause) {
    throw new UnreadableFile(file.name, cause);
  }
}
