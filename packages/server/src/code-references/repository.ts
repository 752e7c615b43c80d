import { z } from "zod";

/** As scanners name repositories; it is part of addresses. */
const RepositoryName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[\w.@+-]+$/u, "use letters, digits, '.', '_', '-', '+' and '@'");

const Template = z.string().max(2048);

/** What can be said of a repository. */
export const RepositorySettings = z.object({
  name: RepositoryName,
  type: z.enum(["bitbucket", "custom", "github", "gitlab"]).default("custom"),
  sourceLink: z.string().max(2048).default(""),
  commitUrlTemplate: Template.default("").describe("Names sha as a placeholder."),
  hunkUrlTemplate: Template.default("").describe(
    "Names sha, filePath and lineNumber as placeholders.",
  ),
  defaultBranch: z.string().max(1024).default("main"),
  enabled: z.boolean().default(true),
});
export type RepositorySettings = z.infer<typeof RepositorySettings>;

export const NewRepository = RepositorySettings.omit({ enabled: true }).meta({
  examples: [{ name: "shop", type: "github", sourceLink: "https://github.com/acme/shop" }],
});

type Templates = Pick<RepositorySettings, "commitUrlTemplate" | "hunkUrlTemplate">;

/** What scanners and pages put in the place of each name. */
const hole = (name: "sha" | "filePath" | "lineNumber"): string => ["$", "{", name, "}"].join("");
const [sha, file, line] = [hole("sha"), hole("filePath"), hole("lineNumber")];

/** How the pages of well-known hosts are addressed, behind the repository's own address. */
const pagesOf: Readonly<Record<RepositorySettings["type"], Templates | undefined>> = {
  github: {
    commitUrlTemplate: `/commit/${sha}`,
    hunkUrlTemplate: `/blob/${sha}/${file}#L${line}`,
  },
  gitlab: {
    commitUrlTemplate: `/-/commit/${sha}`,
    hunkUrlTemplate: `/-/blob/${sha}/${file}#L${line}`,
  },
  bitbucket: {
    commitUrlTemplate: `/commits/${sha}`,
    hunkUrlTemplate: `/src/${sha}/${file}#lines-${line}`,
  },
  custom: undefined,
};

/** The templates given, or those of the host where there are none. */
export function templatesOf(settings: RepositorySettings): Templates {
  const pages = settings.sourceLink === "" ? undefined : pagesOf[settings.type];
  const link = settings.sourceLink.replace(/\/+$/u, "");
  const of = (name: keyof Templates) =>
    settings[name] === "" && pages !== undefined ? link + pages[name] : settings[name];
  return {
    commitUrlTemplate: of("commitUrlTemplate"),
    hunkUrlTemplate: of("hunkUrlTemplate"),
  };
}

const mostFiles = 10_000;
const mostHunks = 25_000;

const Hunk = z.object({
  startingLineNumber: z.int().min(0),
  lines: z.string().optional(),
  projKey: z.string().default(""),
  flagKey: z.string().default(""),
  aliases: z.array(z.string()).optional(),
  contentHash: z.string().optional(),
});

const Reference = z.object({
  path: z.string().min(1).max(4096),
  hint: z.string().optional(),
  hunks: z.array(Hunk),
});
export type Reference = z.infer<typeof Reference>;

/** Scanners write the time of a commit in either way. */
const CommitTime = z.union([
  z.int(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

/** What a scanner found on a branch. */
export const Scan = z.object({
  name: z.string().min(1).max(1024),
  head: z.string().min(1).max(256),
  updateSequenceId: z.int().min(0).optional(),
  syncTime: z.int().min(0),
  commitTime: CommitTime.optional(),
  references: z
    .array(Reference)
    .max(mostFiles, `at most ${mostFiles} files have references; let the scanner leave some out`)
    .default([])
    .refine(
      (references) => references.reduce((sum, { hunks }) => sum + hunks.length, 0) <= mostHunks,
      `at most ${mostHunks} pieces of code; let the scanner leave some out`,
    ),
});
export type Scan = z.infer<typeof Scan>;

/** A commit that took the last reference to a flag away. */
export const Extinction = z.object({
  revision: z.string().min(1).max(256),
  message: z.string().max(16_384),
  time: z.int().min(0),
  flagKey: z.string().min(1),
  projKey: z.string().min(1),
});
export type Extinction = z.infer<typeof Extinction>;
