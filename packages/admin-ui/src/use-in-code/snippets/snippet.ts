import type { Json } from "@halyard/evaluation";

/** What a snippet is about. */
export interface SnippetFacts {
  /** Where SDKs reach this server. */
  readonly url: string;
  readonly sdkKey: string;
  readonly clientSideId: string;
  readonly environment: string;
  readonly flag: string;
  /** What the code gets while it knows no better, of the flag's own type. */
  readonly fallback: Json;
}

export interface Snippet {
  /** How the SDK comes into a project: a line for the shell, or of a project file. */
  readonly install?: string;
  /** What the file with the code may be called. */
  readonly file: string;
  readonly code: string;
  /** How it is run. */
  readonly run?: string;
}

export const packageManagers = ["npm", "pnpm", "yarn", "bun"] as const;
export type PackageManager = (typeof packageManagers)[number];

/** The line that adds a package from npm. */
export function npmInstall(manager: PackageManager, name: string): string {
  return `${manager} ${manager === "npm" ? "install" : "add"} ${name}`;
}

/** A text as JavaScript, Java, Go, C# and JSON write it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** As a shell takes it literally. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
