import { createWriteStream, existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { describeSegmentInstruction } from "@halyard/instructions";
import type { Changes } from "../changes/changes.ts";
import type { Actor, Feed } from "../changes/feed.ts";
import { newId } from "../environments/environment-key.ts";
import { type Environment, findEnvironmentById } from "../environments/environment-queries.ts";
import { DomainError } from "../errors.ts";
import type { Project } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { csvHeader, csvLines, type ListedMember, readMembers } from "./big-segment-file.ts";
import {
  type BigSegmentExport,
  type BigSegmentImport,
  deleteExportsBefore,
  findRunningImport,
  type ImportProblem,
  insertExport,
  insertImport,
  listImportIds,
  listReplacedGenerations,
  listRunningExports,
  listRunningImports,
  updateExport,
  updateImport,
} from "./big-segment-job-queries.ts";
import {
  addMembers,
  type BigSegment,
  deleteSomeMembers,
  listMembersAfter,
} from "./big-segment-queries.ts";
import { aboutSegment, changeSegment } from "./segment-changes.ts";
import { findSegment } from "./segment-queries.ts";

const system = { kind: "system", id: "system", name: "Halyard" } as const;
/** Members written in one transaction: others' writes come in between. */
const membersAtOnce = 2_000;
const problemsKept = 100;
/** For this long an SDK may still ask for the members that were there before. */
const formerKeptMs = 60_000;
const exportsKeptMs = 7 * 24 * 3_600_000;

export interface JobParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
  /** Where the files are kept while there is something to do with them. */
  readonly folder: string;
}

interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly mode: BigSegmentImport["mode"];
  /** Whether an instruction has to come before anything is done. */
  readonly waits: boolean;
}

interface SegmentPlace {
  readonly project: Project;
  readonly environment: Environment;
  readonly segmentKey: string;
}

/**
 * Takes files of members into big segments, and out of them, a portion at a time. What is to be done
 * is in the store and on the disk, so that it goes on after a restart.
 */
export class BigSegmentJobs {
  readonly #parts: JobParts;
  readonly #folder: string;
  readonly #leaving = new AbortController();

  constructor(parts: JobParts) {
    this.#parts = parts;
    this.#folder = path.join(parts.folder, "big-segments");
  }

  /** Keeps the bytes of a file that is going to be imported; gives the id under which it will be. */
  async upload(stream: Readable): Promise<string> {
    const id = newId();
    try {
      await this.#write(this.#importPath(id), stream);
    } catch (error) {
      await this.dropUpload(id);
      throw error;
    }
    return id;
  }

  async dropUpload(id: string): Promise<void> {
    await rm(this.#importPath(id), { force: true });
  }

  /** Has an uploaded file imported, as soon as nothing has to be waited for. */
  async takeIn(
    { project, environment, segmentKey }: SegmentPlace,
    { id, fileName, mode, waits }: Upload,
    actor: Actor,
  ): Promise<void> {
    const { changes } = this.#parts;
    await changes.write(actor, async (tx, record) => {
      const environmentId = environment.id;
      if ((await findRunningImport(tx, { environmentId, segmentKey })) !== undefined) {
        throw new DomainError(
          "conflict",
          `segment "${segmentKey}" has an import under way; wait until it is complete`,
        );
      }
      await insertImport(tx, {
        id,
        environment_id: environmentId,
        segment_key: segmentKey,
        mode,
        status: waits ? "pending_approval" : "ready",
        file_name: fileName,
        actor: JSON.stringify(actor),
        created_at: changes.now,
        problems: "[]",
        finished_at: null,
        former_generation: null,
      });
      await record({
        ...aboutSegment(project, environment, segmentKey),
        // Not "segment": what comes after is no state of the segment.
        kind: "segment-import",
        instructions: [{ kind: "createBigSegmentImport", importId: id, mode, waits }],
        words: [`Upload members of the segment ${segmentKey}`],
        after: { importId: id, mode, fileName },
        served: [],
      });
    });
  }

  /** Asks for a file of a segment's members. */
  async askForExport(
    { project, environment, segmentKey }: SegmentPlace,
    actor: Actor,
  ): Promise<BigSegmentExport> {
    const { changes } = this.#parts;
    const job = {
      id: newId(),
      environment_id: environment.id,
      segment_key: segmentKey,
      status: "in_progress" as const,
      size_bytes: 0,
      actor: JSON.stringify(actor),
      created_at: changes.now,
    };
    await changes.write(actor, async (tx, record) => {
      await insertExport(tx, job);
      await record({
        ...aboutSegment(project, environment, segmentKey),
        // Not "segment": what comes after is no state of the segment.
        kind: "segment-export",
        instructions: [{ kind: "createBigSegmentExport", exportId: job.id }],
        words: [`Export the members of the segment ${segmentKey}`],
        after: { exportId: job.id },
        served: [],
      });
    });
    return job;
  }

  /** Does what is waiting to be done, from the beginning where it was cut off. */
  async runDue(): Promise<void> {
    const { db, changes } = this.#parts;
    try {
      for (const job of await listRunningImports(db)) await this.#import(job);
      for (const job of await listRunningExports(db)) await this.#export(job);
      for (const job of await listReplacedGenerations(db, changes.now - formerKeptMs)) {
        await this.#dropFormer(job);
      }
    } catch (error) {
      // What is cut off is done again in the next life.
      if (!this.#leaving.signal.aborted) throw error;
    }
  }

  /** Leaves off after the portion that is under way. */
  close(): void {
    this.#leaving.abort();
  }

  /** Drops files that nothing is to be done with, such as uploads that were cut off. To be called at the start. */
  async dropLeftovers(): Promise<void> {
    const { db, changes } = this.#parts;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const gone = await changes.write(system, (tx) =>
      deleteExportsBefore(tx, changes.now - exportsKeptMs),
    );
    const imports = await listImportIds(db);
    for (const name of await readdir(this.#folder)) {
      const [id = "", kind] = name.split(".");
      const isWanted = kind === "import" ? imports.has(id) : kind === "csv" && !gone.includes(id);
      if (!isWanted) await rm(path.join(this.#folder, name), { force: true });
    }
  }

  exportPath(id: string): string {
    return path.join(this.#folder, `${id}.csv`);
  }

  #importPath(id: string): string {
    return path.join(this.#folder, `${id}.import`);
  }

  async #import(job: BigSegmentImport): Promise<void> {
    const { db, changes } = this.#parts;
    const place = { environmentId: job.environment_id, segmentKey: job.segment_key };
    const stored = await findSegment(db, place.environmentId, place.segmentKey);
    const problems = stored === undefined ? [gone] : await this.#problemsOf(job);
    if (stored === undefined || problems.length > 0) {
      await changes.write(system, (tx) =>
        updateImport(tx, job.id, {
          status: "stopped",
          problems: JSON.stringify(problems),
          finished_at: changes.now,
        }),
      );
    } else {
      const served = stored.state.generation ?? 1;
      const generation = job.mode === "replace" ? served + 1 : served;
      await changes.write(system, (tx) => updateImport(tx, job.id, { status: "in_progress" }));
      await this.#fill({ ...place, generation }, job);
      // Whoever looks members up in a copy finds the new ones there before they count.
      await this.#parts.feed.copyMembership(place.environmentId);
      await this.#finish(job, generation);
    }
    await rm(this.#importPath(job.id), { force: true });
  }

  /** What is wrong in the file; with a line that cannot be read nothing of it is taken in. */
  async #problemsOf(job: BigSegmentImport): Promise<readonly ImportProblem[]> {
    const problems: ImportProblem[] = [];
    if (!existsSync(this.#importPath(job.id))) return [lost];
    for await (const one of readMembers(this.#importPath(job.id), job.file_name)) {
      if (!("problem" in one)) continue;
      problems.push({ line: one.line, message: one.problem });
      if (problems.length === problemsKept) break;
    }
    return problems;
  }

  async #fill(segment: BigSegment, job: BigSegmentImport): Promise<void> {
    const { changes } = this.#parts;
    if (job.mode === "replace") await this.#dropAll(segment);
    let portion: ListedMember[] = [];
    const write = async () => {
      this.#leaving.signal.throwIfAborted();
      const members = portion;
      portion = [];
      await changes.write(system, (tx) => addMembers(tx, segment, members.map(added)));
    };
    for await (const one of readMembers(this.#importPath(job.id), job.file_name)) {
      if ("problem" in one) continue;
      portion.push(one);
      if (portion.length === membersAtOnce) await write();
    }
    if (portion.length > 0) await write();
  }

  /** The change that people and SDKs see: with it a new generation counts, all at once. */
  async #finish(job: BigSegmentImport, generation: number): Promise<void> {
    const { changes, feed } = this.#parts;
    const actor = JSON.parse(job.actor) as Actor; // Written by this server from its own type.
    await changes.write(actor, async (tx, record) => {
      const stored = await findSegment(tx, job.environment_id, job.segment_key);
      const environment = await findEnvironmentById(tx, job.environment_id);
      if (stored === undefined || environment === undefined) return;
      const project = await tx
        .selectFrom("project")
        .selectAll()
        .where("id", "=", environment.project_id)
        .executeTakeFirstOrThrow();
      const { state: before } = stored;
      const instruction = { kind: "processBigSegmentImport" as const, importId: job.id };
      await changeSegment(tx, record, {
        project,
        environment,
        before,
        after: { ...before, generation },
        instructions: [instruction],
        comment: `from the file ${job.file_name}`,
        words: [describeSegmentInstruction(instruction)],
        at: changes.now,
        under: { kind: "import" },
      });
      const former = { finished_at: changes.now, former_generation: before.generation ?? 1 };
      await updateImport(tx, job.id, {
        status: "complete",
        finished_at: changes.now,
        ...(job.mode === "replace" ? former : {}),
      });
    });
    feed.publishMembership(job.environment_id);
  }

  async #dropFormer(job: BigSegmentImport): Promise<void> {
    const { changes, feed } = this.#parts;
    const { environment_id, segment_key, former_generation } = job;
    if (former_generation === null) return;
    await this.#dropAll({
      environmentId: environment_id,
      segmentKey: segment_key,
      generation: former_generation,
    });
    await changes.write(system, (tx) => updateImport(tx, job.id, { former_generation: null }));
    feed.publishMembership(environment_id);
  }

  async #dropAll(segment: BigSegment): Promise<void> {
    const { changes } = this.#parts;
    for (let hasMore = true; hasMore; ) {
      this.#leaving.signal.throwIfAborted();
      hasMore = await changes.write(system, (tx) => deleteSomeMembers(tx, segment, membersAtOnce));
    }
  }

  async #export(job: BigSegmentExport): Promise<void> {
    const { db, changes } = this.#parts;
    const stored = await findSegment(db, job.environment_id, job.segment_key);
    if (stored === undefined) {
      await changes.write(system, (tx) => updateExport(tx, job.id, { status: "stopped" }));
      return;
    }
    const segment = {
      environmentId: job.environment_id,
      segmentKey: job.segment_key,
      generation: stored.state.generation ?? 1,
    };
    const file = this.exportPath(job.id);
    await this.#write(file, csvOf(db, segment, this.#leaving.signal));
    const { size } = await stat(file);
    await changes.write(system, (tx) =>
      updateExport(tx, job.id, { status: "complete", size_bytes: size }),
    );
  }

  /** The file has its name when it is whole and on the disk. */
  async #write(file: string, content: AsyncIterable<string | Buffer>): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const part = `${file}.part`;
    try {
      await pipeline(content, createWriteStream(part, { mode: 0o600 }));
      await using handle = await open(part, "r+");
      await handle.sync();
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await rename(part, file);
  }
}

const gone: ImportProblem = { message: "the segment has been deleted" };
const lost: ImportProblem = { message: "the file is not there any more; upload it again" };

function added({ contextKey, list }: ListedMember) {
  return { contextKey, isIncluded: list === "included", isExcluded: list === "excluded" };
}

async function* csvOf(db: Db, segment: BigSegment, leaving: AbortSignal): AsyncGenerator<string> {
  yield csvHeader;
  for (let after = ""; ; ) {
    leaving.throwIfAborted();
    const members = await listMembersAfter(db, segment, { after, limit: membersAtOnce });
    const last = members.at(-1);
    if (last === undefined) return;
    yield members.map(csvLines).join("");
    after = last.contextKey;
  }
}
