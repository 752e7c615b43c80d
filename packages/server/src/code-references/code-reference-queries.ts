import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import type { Db, Tx } from "../storage/database.ts";
import type { Tables } from "../storage/tables.ts";
import type { Extinction, Reference, Scan } from "./repository.ts";

export type Repository = Tables["code_repository"];
export type Branch = Tables["code_branch"];

/** Which flag's references are wanted; all where it is left open. */
export interface FlagOfCode {
  readonly projKey?: string | undefined;
  readonly flagKey?: string | undefined;
}

export async function listRepositories(db: Db): Promise<readonly Repository[]> {
  return db.selectFrom("code_repository").selectAll().orderBy("name").execute();
}

export async function findRepository(db: Db, name: string): Promise<Repository | undefined> {
  return db.selectFrom("code_repository").selectAll().where("name", "=", name).executeTakeFirst();
}

export async function getRepository(db: Db, name: string): Promise<Repository> {
  const repository = await findRepository(db, name);
  if (repository !== undefined) return repository;
  throw new DomainError("not_found", `there is no repository "${name}"; make it first`);
}

export async function saveRepository(tx: Tx, repository: Repository): Promise<Repository> {
  const { id: _, created_at: __, ...settings } = repository;
  return tx
    .insertInto("code_repository")
    .values(repository)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteRepository(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("code_repository").where("id", "=", id).execute();
}

export async function listBranches(db: Db, { id }: Repository): Promise<readonly Branch[]> {
  return db
    .selectFrom("code_branch")
    .selectAll()
    .where("repository_id", "=", id)
    .orderBy("name")
    .execute();
}

export async function findBranch(
  db: Db,
  { id }: Repository,
  name: string,
): Promise<Branch | undefined> {
  return db
    .selectFrom("code_branch")
    .selectAll()
    .where("repository_id", "=", id)
    .where("name", "=", name)
    .executeTakeFirst();
}

export async function getBranch(db: Db, repository: Repository, name: string): Promise<Branch> {
  const branch = await findBranch(db, repository, name);
  if (branch !== undefined) return branch;
  throw new DomainError(
    "not_found",
    `the repository "${repository.name}" has no branch "${name}"; let a scanner upload it first`,
  );
}

/** Puts a scan in the place of what was known of the branch. */
export async function replaceBranch(tx: Tx, repository: Repository, scan: Scan): Promise<void> {
  const known = await findBranch(tx, repository, scan.name);
  const id = known?.id ?? newId();
  const settings = {
    head: scan.head,
    update_sequence_id: scan.updateSequenceId ?? null,
    sync_time: scan.syncTime,
    commit_time: scan.commitTime ?? null,
  };
  await tx
    .insertInto("code_branch")
    .values({ id, repository_id: repository.id, name: scan.name, ...settings })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(settings))
    .execute();
  await tx.deleteFrom("code_hunk").where("branch_id", "=", id).execute();
  const rows = scan.references.flatMap(({ path, hint, hunks }) =>
    hunks.map((hunk) => ({
      branch_id: id,
      path,
      hint: hint ?? null,
      starting_line: hunk.startingLineNumber,
      lines: hunk.lines ?? null,
      project_key: hunk.projKey,
      flag_key: hunk.flagKey,
      aliases: JSON.stringify(hunk.aliases ?? []),
      content_hash: hunk.contentHash ?? null,
    })),
  );
  // SQLite takes a limited number of values at once.
  const size = 1_000;
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    await tx
      .insertInto("code_hunk")
      .values(part.map((row, at) => ({ ...row, position: from + at })))
      .execute();
  }
}

export async function deleteBranches(
  tx: Tx,
  { id }: Repository,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    await tx
      .deleteFrom("code_branch")
      .where("repository_id", "=", id)
      .where("name", "=", name)
      .execute();
  }
}

/** The files of a branch with the pieces that name flags. */
export async function listReferences(
  db: Db,
  { id }: Branch,
  { projKey, flagKey }: FlagOfCode = {},
): Promise<readonly Reference[]> {
  let query = db.selectFrom("code_hunk").selectAll().where("branch_id", "=", id);
  if (projKey !== undefined) query = query.where("project_key", "=", projKey);
  if (flagKey !== undefined) query = query.where("flag_key", "=", flagKey);
  const files = new Map<string, Reference>();
  for (const row of await query.orderBy("position").execute()) {
    const file = files.get(row.path) ?? {
      path: row.path,
      ...(row.hint === null ? {} : { hint: row.hint }),
      hunks: [],
    };
    files.set(row.path, file);
    file.hunks.push({
      startingLineNumber: row.starting_line,
      ...(row.lines === null ? {} : { lines: row.lines }),
      projKey: row.project_key,
      flagKey: row.flag_key,
      aliases: JSON.parse(row.aliases) as string[], // Written by this server from its own types.
      ...(row.content_hash === null ? {} : { contentHash: row.content_hash }),
    });
  }
  return [...files.values()];
}

/** How often a flag is named on the default branch of a repository. */
export interface FlagUsage extends Repository {
  readonly flag_key: string;
  readonly hunk_count: number;
  readonly file_count: number;
  readonly commit_time: number | null;
}

/** Where the flags of a project are named, on the default branch of every repository that is enabled. */
export async function usageOfFlags(
  db: Db,
  projectKey: string,
  flagKey?: string,
): Promise<readonly FlagUsage[]> {
  let query = db
    .selectFrom("code_hunk")
    .innerJoin("code_branch", "code_branch.id", "code_hunk.branch_id")
    .innerJoin("code_repository", "code_repository.id", "code_branch.repository_id")
    .whereRef("code_branch.name", "=", "code_repository.default_branch")
    .where("code_repository.enabled", "=", 1)
    .where("code_hunk.project_key", "=", projectKey);
  if (flagKey !== undefined) query = query.where("code_hunk.flag_key", "=", flagKey);
  return query
    .selectAll("code_repository")
    .select((eb) => [
      "code_hunk.flag_key",
      "code_branch.commit_time",
      eb.fn.countAll<number>().as("hunk_count"),
      eb.fn.count<number>("code_hunk.path").distinct().as("file_count"),
    ])
    .groupBy(["code_repository.id", "code_hunk.flag_key"])
    .orderBy("code_repository.name")
    .execute();
}

/** Of each flag of a project that is named anywhere, in how many files. */
export async function filesNamingFlags(
  db: Db,
  projectKey: string,
): Promise<ReadonlyMap<string, number>> {
  const files = new Map<string, number>();
  for (const { flag_key, file_count } of await usageOfFlags(db, projectKey))
    files.set(flag_key, (files.get(flag_key) ?? 0) + file_count);
  return files;
}

export async function listProjectsInCode(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("code_hunk")
    .select("project_key")
    .distinct()
    .orderBy("project_key")
    .execute();
  return rows.map(({ project_key }) => project_key);
}

export async function insertExtinctions(
  tx: Tx,
  { id: branch_id }: Branch,
  extinctions: readonly Extinction[],
): Promise<void> {
  for (const { projKey, flagKey, ...extinction } of extinctions) {
    await tx
      .insertInto("code_extinction")
      .values({ branch_id, project_key: projKey, flag_key: flagKey, ...extinction })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export interface ExtinctionQuery extends FlagOfCode {
  readonly repoName?: string | undefined;
  readonly branchName?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Extinctions with the repository that each was in, the newest first. */
export async function listExtinctions(
  db: Db,
  wanted: ExtinctionQuery,
): Promise<readonly (Extinction & { readonly repository: string })[]> {
  const { repoName, branchName, projKey, flagKey, from, to } = wanted;
  let query = db
    .selectFrom("code_extinction")
    .innerJoin("code_branch", "code_branch.id", "code_extinction.branch_id")
    .innerJoin("code_repository", "code_repository.id", "code_branch.repository_id");
  if (repoName !== undefined) query = query.where("code_repository.name", "=", repoName);
  query =
    branchName === undefined
      ? query.whereRef("code_branch.name", "=", "code_repository.default_branch")
      : query.where("code_branch.name", "=", branchName);
  if (projKey !== undefined) query = query.where("code_extinction.project_key", "=", projKey);
  if (flagKey !== undefined) query = query.where("code_extinction.flag_key", "=", flagKey);
  if (from !== undefined) query = query.where("code_extinction.time", ">=", from);
  if (to !== undefined) query = query.where("code_extinction.time", "<=", to);
  return query
    .select([
      "code_repository.name as repository",
      "code_extinction.revision",
      "code_extinction.message",
      "code_extinction.time",
      "code_extinction.flag_key as flagKey",
      "code_extinction.project_key as projKey",
    ])
    .orderBy("code_extinction.time", "desc")
    .execute();
}
