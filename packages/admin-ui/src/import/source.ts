/** What the server takes in. */
export type ImportFormat = "halyard" | "launchdarkly" | "flagd" | "go-feature-flag";

/** A file as it was read. */
export interface GivenFile {
  readonly name: string;
  readonly document: unknown;
}

/** An environment that the files speak of, with what they say of it. */
export interface NamedEnvironment {
  readonly key: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The files together, as one import. */
export interface Source {
  readonly format: ImportFormat;
  /** As the route takes them. */
  readonly documents: {
    readonly project?: unknown;
    readonly flags?: unknown;
    readonly segments?: unknown;
  };
  readonly flagCount: number;
  readonly segmentCount: number;
  readonly environments: readonly NamedEnvironment[];
  /** The files do not say for which environment something in them is. */
  readonly needsEnvironment: boolean;
}

export type SourceProblem =
  | { readonly kind: "unknown"; readonly names: readonly string[] }
  | { readonly kind: "several"; readonly names: readonly string[] };

type Part =
  | { readonly kind: "project"; readonly document: Members }
  | { readonly kind: "flags"; readonly items: readonly unknown[] }
  | { readonly kind: "segments"; readonly items: readonly unknown[] }
  | { readonly kind: "flagd"; readonly document: Members; readonly flags: Members }
  | { readonly kind: "goFeatureFlag"; readonly document: Members }
  /** Belongs to an export of LaunchDarkly, and has nothing to import. */
  | { readonly kind: "aside" };

type Members = Readonly<Record<string, unknown>>;

/** What the files are, told by what they hold. Only LaunchDarkly's exports come in several. */
export function sourceOf(
  files: readonly GivenFile[],
): Source | { readonly problem: SourceProblem } {
  const parts = files.map(({ document }) => partOf(document));
  const unknown = files.filter((_, at) => parts[at] === undefined).map(({ name }) => name);
  const known = parts.filter((part) => part !== undefined);
  const counting = known.filter(({ kind }) => kind !== "aside");
  if (unknown.length > 0 || counting.length === 0) {
    const names = unknown.length > 0 ? unknown : files.map(({ name }) => name);
    return { problem: { kind: "unknown", names } };
  }
  const isLaunchDarkly = counting.every(({ kind }) => kind === "flags" || kind === "segments");
  if (isLaunchDarkly) return launchDarklySource(counting);
  const [first] = counting;
  if (first === undefined || counting.length > 1)
    return { problem: { kind: "several", names: files.map(({ name }) => name) } };
  return wholeSource(first);
}

function partOf(document: unknown): Part | undefined {
  if (isMembers(document) && document["format"] === "halyard") return { kind: "project", document };
  const items = itemsIn(document);
  if (items !== undefined) return listedPart(items);
  if (!isMembers(document)) return undefined;
  const { flags } = document;
  if (isMembers(flags)) return { kind: "flagd", document, flags };
  const all = Object.values(document);
  const isGoFeatureFlag =
    all.length > 0 && all.every((one) => isMembers(one) && "variations" in one);
  return isGoFeatureFlag ? { kind: "goFeatureFlag", document } : undefined;
}

function itemsIn(document: unknown): readonly unknown[] | undefined {
  if (Array.isArray(document)) return document;
  if (!isMembers(document)) return undefined;
  const { items } = document;
  if (Array.isArray(items)) return items;
  return typeof document["key"] === "string" ? [document] : undefined;
}

function listedPart(items: readonly unknown[]): Part | undefined {
  const [first] = items;
  if (first === undefined) return { kind: "flags", items };
  if (!isMembers(first)) return undefined;
  if (Array.isArray(first["variations"])) return { kind: "flags", items };
  if ("apiKey" in first || "includeInSnippetByDefault" in first) return { kind: "aside" };
  const isSegment = ["included", "includedContexts", "unbounded", "rules"].some(
    (one) => one in first,
  );
  return isSegment ? { kind: "segments", items } : undefined;
}

function launchDarklySource(parts: readonly Part[]): Source {
  const of = (wanted: "flags" | "segments") =>
    parts.flatMap((part) => (part.kind === wanted && "items" in part ? part.items : []));
  const flags = of("flags");
  const segments = of("segments");
  const places = segments.map(environmentOfSegment);
  const named = flags.filter(isMembers).flatMap((flag) => environmentsOf(flag, "_environmentName"));
  const ofSegments = places.flatMap((key) => (key === undefined ? [] : [environmentOf(key)]));
  return {
    format: "launchdarkly",
    documents: {
      ...(flags.length > 0 ? { flags: { items: flags } } : {}),
      ...(segments.length > 0 ? { segments: { items: segments } } : {}),
    },
    flagCount: flags.length,
    segmentCount: segments.length,
    environments: distinct([...named, ...ofSegments]),
    needsEnvironment: places.includes(undefined),
  };
}

function environmentOfSegment(segment: unknown): string | undefined {
  if (!isMembers(segment)) return undefined;
  const links = segment["_links"];
  const parent = isMembers(links) ? links["parent"] : undefined;
  const href = isMembers(parent) ? parent["href"] : undefined;
  return typeof href === "string" ? href.split("/").at(-1) : undefined;
}

function wholeSource(part: Part): Source {
  switch (part.kind) {
    case "project":
      return projectSource(part.document);
    case "flagd":
      return fileOfOneEnvironment("flagd", part.document, part.flags);
    case "goFeatureFlag":
      return fileOfOneEnvironment("go-feature-flag", part.document, part.document);
    case "flags":
    case "segments":
    case "aside":
      return launchDarklySource([part]);
    default:
      return part satisfies never;
  }
}

function fileOfOneEnvironment(format: ImportFormat, document: Members, flags: Members): Source {
  return {
    format,
    documents: { flags: document },
    flagCount: Object.keys(flags).length,
    segmentCount: 0,
    environments: [],
    needsEnvironment: true,
  };
}

function projectSource(document: Members): Source {
  const flags = listAt(document, "flags");
  const segments = listAt(document, "segments");
  const described = listAt(document, "environments").flatMap(({ key, name, ...settings }) =>
    typeof key === "string" ? [{ key, name: typeof name === "string" ? name : key, settings }] : [],
  );
  const ofSegments = segments.flatMap(({ environmentKey: key }) =>
    typeof key === "string" ? [environmentOf(key)] : [],
  );
  const ofFlags = flags.flatMap((flag) => environmentsOf(flag, "name"));
  return {
    format: "halyard",
    documents: { project: document },
    flagCount: flags.length,
    segmentCount: segments.length,
    environments: distinct([...described, ...ofFlags, ...ofSegments]),
    needsEnvironment: false,
  };
}

/** The environments that a flag is configured in. */
function environmentsOf(flag: Members, nameMember: string): readonly NamedEnvironment[] {
  const { environments } = flag;
  if (!isMembers(environments)) return [];
  return Object.entries(environments).map(([key, one]) => {
    const name = isMembers(one) ? one[nameMember] : undefined;
    return { ...environmentOf(key), ...(typeof name === "string" ? { name } : {}) };
  });
}

function environmentOf(key: string): NamedEnvironment {
  return { key, name: key, settings: {} };
}

/** Each key once; what was said first counts. */
function distinct(all: readonly NamedEnvironment[]): readonly NamedEnvironment[] {
  return all.filter(({ key }, at) => all.findIndex((one) => one.key === key) === at);
}

function listAt(document: Members, member: string): readonly Members[] {
  const list = document[member];
  return Array.isArray(list) ? list.filter(isMembers) : [];
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
