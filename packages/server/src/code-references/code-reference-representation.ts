import type { Access } from "../access/route-access.ts";
import { linkTo } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import {
  type Branch,
  type FlagOfCode,
  type FlagUsage,
  listBranches,
  listReferences,
  type Repository,
} from "./code-reference-queries.ts";
import { type Reference, type RepositorySettings, templatesOf } from "./repository.ts";

export const codeReferencesPath = "/api/v2/code-refs";

export function settingsOf(repository: Repository): RepositorySettings {
  return {
    name: repository.name,
    type: repository.type,
    sourceLink: repository.source_link,
    commitUrlTemplate: repository.commit_url_template,
    hunkUrlTemplate: repository.hunk_url_template,
    defaultBranch: repository.default_branch,
    enabled: repository.enabled === 1,
  };
}

export function repositoryRepresentation(repository: Repository) {
  const settings = settingsOf(repository);
  const self = pathOf(repository);
  return {
    ...settings,
    ...templatesOf(settings),
    version: repository.version,
    _links: {
      self: linkTo(self),
      parent: linkTo(`${codeReferencesPath}/repositories`),
      branches: linkTo(`${self}/branches`),
    },
  };
}

export function branchRepresentation(repository: Repository, branch: Branch) {
  const { name, head, update_sequence_id, sync_time } = branch;
  return {
    name,
    head,
    ...(update_sequence_id === null ? {} : { updateSequenceId: update_sequence_id }),
    syncTime: sync_time,
    _links: {
      self: linkTo(`${pathOf(repository)}/branches/${encodeURIComponent(name)}`),
      parent: linkTo(pathOf(repository)),
    },
  };
}

export interface RepositoryView extends FlagOfCode {
  readonly withBranches: boolean;
  readonly withReferencesForDefaultBranch: boolean;
}

/** A repository with its branches where they are asked for, and what the default branch refers to. */
export async function repositoryWithBranches(
  { db, access }: { db: Db; access: Access },
  repository: Repository,
  view: RepositoryView,
): Promise<object> {
  const shown = repositoryRepresentation(repository);
  const { withBranches, withReferencesForDefaultBranch: withReferences, ...flag } = view;
  if (!withBranches && !withReferences) return shown;
  const isShown = ({ name }: Branch) => withBranches || name === repository.default_branch;
  const branches = (await listBranches(db, repository)).filter(isShown);
  return {
    ...shown,
    branches: await Promise.all(
      branches.map(async (branch) => ({
        ...branchRepresentation(repository, branch),
        ...(withReferences && branch.name === repository.default_branch
          ? { references: await visible(access, await listReferences(db, branch, flag)) }
          : {}),
      })),
    ),
  };
}

/** Without the flags of projects that the one who asks may not see. */
export async function visible(
  access: Access,
  references: readonly Reference[],
): Promise<readonly Reference[]> {
  const keys = new Set(references.flatMap(({ hunks }) => hunks.map(({ projKey }) => projKey)));
  const seen = new Set<string>();
  for (const key of keys) if (await access.permits("viewProject", ["proj", key])) seen.add(key);
  return references
    .map((file) => ({ ...file, hunks: file.hunks.filter(({ projKey }) => seen.has(projKey)) }))
    .filter(({ hunks }) => hunks.length > 0);
}

export function statisticRepresentation(usage: FlagUsage) {
  const { name, type, sourceLink, defaultBranch, enabled, version } =
    repositoryRepresentation(usage);
  return {
    name,
    type,
    sourceLink,
    defaultBranch,
    enabled,
    version,
    hunkCount: usage.hunk_count,
    fileCount: usage.file_count,
    ...(usage.commit_time === null ? {} : { latestCommitTime: usage.commit_time }),
    _links: { self: linkTo(pathOf(usage)) },
  };
}

function pathOf({ name }: Repository): string {
  return `${codeReferencesPath}/repositories/${encodeURIComponent(name)}`;
}
