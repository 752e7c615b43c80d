/** A place in code that names a flag, with the lines around it. */
export interface Hunk {
  readonly startingLineNumber: number;
  readonly lines?: string;
  readonly aliases?: readonly string[];
}
export interface Reference {
  readonly path: string;
  readonly hunks: readonly Hunk[];
}
interface Branch {
  readonly name: string;
  /** The commit that was scanned. */
  readonly head: string;
  /** Unix milliseconds. */
  readonly syncTime: number;
  readonly references?: readonly Reference[];
}
export interface Repository {
  readonly name: string;
  readonly enabled: boolean;
  readonly defaultBranch: string;
  readonly sourceLink: string;
  readonly commitUrlTemplate: string;
  readonly hunkUrlTemplate: string;
  readonly branches?: readonly Branch[];
}

/** A commit that took the last reference to a flag away. */
export interface Extinction {
  readonly revision: string;
  readonly message: string;
  /** Unix milliseconds. */
  readonly time: number;
}

/** A repository whose code names the flag. */
export interface Naming {
  readonly repository: Repository;
  readonly branch: Branch;
  readonly references: readonly Reference[];
}

/** What names the flag, on the default branches of the repositories that are looked at. */
export function namingsIn(repositories: readonly Repository[]): readonly Naming[] {
  return repositories
    .filter(({ enabled }) => enabled)
    .flatMap((repository) => {
      const branch = repository.branches?.find(({ name }) => name === repository.defaultBranch);
      const references = branch?.references ?? [];
      if (branch === undefined || references.length === 0) return [];
      return [{ repository, branch, references }];
    });
}

export function countOf(namings: readonly Naming[]): number {
  return namings.reduce(
    (sum, { references }) => sum + references.reduce((all, { hunks }) => all + hunks.length, 0),
    0,
  );
}

/**
 * The address that a template such as `https://git.example.com/${sha}` gives; undefined where there is no
 * template, or none that leads to a web page.
 */
export function addressFrom(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string | undefined {
  if (!/^https?:\/\//u.test(template)) return undefined;
  return template.replaceAll(/\$\{(\w+)\}/gu, (_hole, name: string) =>
    encodeURI(String(values[name] ?? "")),
  );
}

/** As it is known by: the first letters of a commit's name. */
export function shortRevision(revision: string): string {
  return /^[0-9a-f]{12,}$/u.test(revision) ? revision.slice(0, 8) : revision;
}
