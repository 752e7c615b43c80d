import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import multipart from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, viewProject } from "../access/route-access.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import {
  type BigSegmentExport,
  type BigSegmentImport,
  findExport,
  findImport,
} from "./big-segment-job-queries.ts";
import type { BigSegmentJobs } from "./big-segment-jobs.ts";
import { requireInstructions } from "./segment-actions.ts";
import { getSegment } from "./segment-queries.ts";

const ofSegment = z.object({
  projectKey: z.string(),
  environmentKey: z.string(),
  segmentKey: z.string(),
});
const path = "/api/v2/segments/:projectKey/:environmentKey/:segmentKey";
const oneSegment = "proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}";
const tags = ["Segments"];
const largestFileBytes = 2 ** 30;
const fileTypes = ["text/csv", "application/x-ndjson"];
const FileQuery = z.object({
  mode: z.enum(["merge", "replace"]).default("merge"),
  waitOnApprovals: z.stringbool().default(false),
  fileName: z.string().min(1).max(255).optional().describe("What the import is listed under."),
});

const Time = z.int().describe("Unix milliseconds.");
const Problems = z.array(z.object({ line: z.int().optional(), message: z.string() }));
const ImportRepresentation = z
  .object({
    id: z.string(),
    segmentKey: z.string(),
    creationTime: Time,
    mode: z.string(),
    status: z.enum([
      "preparing",
      "pending_approval",
      "ready",
      "in_progress",
      "complete",
      "stopped",
    ]),
    files: z.array(z.object({ filename: z.string(), status: z.string() })),
    problems: Problems.describe("Why it was stopped, by the lines of the file."),
    _links: z.object({ self: Link, parent: Link }),
  })
  .meta({ id: "BigSegmentImport" });
const ExportRepresentation = z
  .object({
    id: z.string(),
    segmentKey: z.string(),
    creationTime: Time,
    status: z.string(),
    sizeBytes: z.int(),
    size: z.string(),
    initiator: z.object({ name: z.string() }),
    _links: z.object({ self: Link, parent: Link, download: Link.optional() }),
  })
  .meta({ id: "BigSegmentExport" });

export interface BigSegmentJobParts {
  readonly db: Db;
  readonly jobs: BigSegmentJobs;
}

export const bigSegmentJobRoutes: FastifyPluginAsyncZod<BigSegmentJobParts> = async (
  app,
  parts,
) => {
  await app.register(importRoutes, parts);
  await app.register(exportRoutes, parts);
};

/** Files of members on their way into a big segment. */
const importRoutes: FastifyPluginAsyncZod<BigSegmentJobParts> = async (app, { db, jobs }) => {
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 100, fileSize: largestFileBytes },
  });
  // The UI sends the file as it is: what a form sends is refused from a session, whichever page it comes from.
  app.addContentTypeParser(fileTypes, (_, body, done) => done(null, body));

  app.post(
    `${path}/imports`,
    {
      config: { access: eachInstructionOn(oneSegment) },
      bodyLimit: largestFileBytes,
      schema: {
        operationId: "createBigSegmentImport",
        summary: "Take a file of members into a big segment",
        description:
          "Takes multipart/form-data with mode (merge or replace), waitOnApprovals and file: CSV, or JSON lines where its name ends with .jsonl; or the file alone, with mode and waitOnApprovals in the query. Location says where the import is.",
        consumes: ["multipart/form-data", ...fileTypes],
        tags,
        params: ofSegment,
        querystring: FileQuery,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, access, actor, query } = request;
      await requireInstructions(access, params, [
        { kind: "processBigSegmentImport", importId: "" },
      ]);
      const place = await getBigSegment(db, params);
      const upload = request.isMultipart()
        ? await receive(jobs, request)
        : await receiveFile(jobs, request, query);
      try {
        await jobs.takeIn(place, upload, actor);
      } catch (error) {
        await jobs.dropUpload(upload.id);
        throw error;
      }
      const location = `${pathOf(params)}/imports/${upload.id}`;
      return reply.code(204).header("location", location).send(null);
    },
  );

  app.get(
    `${path}/imports/:importId`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getBigSegmentImport",
        summary: "Say how far an import is",
        tags,
        params: ofSegment.extend({ importId: z.string() }),
        response: { 200: ImportRepresentation },
      },
    },
    async ({ params }) => {
      const place = await getBigSegment(db, params);
      const found = await findImport(db, place, params.importId);
      if (found === undefined) throw unknownJob("import", params.importId);
      return importRepresentation(found, pathOf(params));
    },
  );
};

/** Files of the members of a big segment. */
const exportRoutes: FastifyPluginAsyncZod<BigSegmentJobParts> = async (app, { db, jobs }) => {
  const ofExport = ofSegment.extend({ exportId: z.string() });
  const getExport = async (params: z.infer<typeof ofExport>) => {
    const found = await findExport(db, await getBigSegment(db, params), params.exportId);
    if (found === undefined) throw unknownJob("export", params.exportId);
    return found;
  };

  app.post(
    `${path}/exports`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "createBigSegmentExport",
        summary: "Ask for a file of a big segment's members",
        description: "Location says where the export is; it is complete within seconds.",
        tags,
        params: ofSegment,
        response: { 200: ExportRepresentation },
      },
    },
    async ({ params, actor }, reply) => {
      const job = await jobs.askForExport(await getBigSegment(db, params), actor);
      const shown = exportRepresentation(job, pathOf(params));
      return reply.header("location", shown._links.self.href).send(shown);
    },
  );

  app.get(
    `${path}/exports/:exportId`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getBigSegmentExport",
        summary: "Say how far an export is",
        tags,
        params: ofExport,
        response: { 200: ExportRepresentation },
      },
    },
    async ({ params }) => exportRepresentation(await getExport(params), pathOf(params)),
  );

  app.get(
    `${path}/exports/:exportId/file`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "downloadBigSegmentExport",
        summary: "Download the members of a big segment as CSV",
        tags,
        params: ofExport,
      },
    },
    async ({ params }, reply) => {
      const { id, status } = await getExport(params);
      if (status !== "complete") {
        throw new DomainError("conflict", `the export is ${status}; ask again when it is complete`);
      }
      reply.header("content-disposition", `attachment; filename="${params.segmentKey}.csv"`);
      return reply.type("text/csv; charset=utf-8").send(createReadStream(jobs.exportPath(id)));
    },
  );
};

async function getBigSegment(db: Db, params: z.infer<typeof ofSegment>) {
  const place = await getEnvironment(db, params.projectKey, params.environmentKey);
  const { state } = await getSegment(db, place.environment.id, params.segmentKey);
  if (!state.unbounded) {
    throw new DomainError(
      "invalid_request",
      `segment "${state.key}" is no big segment, so its members are part of it; read and PATCH it`,
    );
  }
  return { ...place, environmentId: place.environment.id, segmentKey: state.key };
}

/** A file that is the whole body. */
async function receiveFile(
  jobs: BigSegmentJobs,
  { body, headers }: FastifyRequest,
  { mode, waitOnApprovals, fileName }: z.infer<typeof FileQuery>,
) {
  // Without a length nothing would end what comes in.
  if (!(body instanceof Readable) || headers["content-length"] === undefined) {
    throw new DomainError(
      "invalid_request",
      "an import is multipart/form-data with mode and file, or a file alone with its Content-Length",
    );
  }
  const isCsv = headers["content-type"]?.startsWith("text/csv") === true;
  const name = fileName ?? (isCsv ? "members.csv" : "members.jsonl");
  return { id: await jobs.upload(body), fileName: name, mode, waits: waitOnApprovals };
}

const Fields = z.object({
  mode: z.enum(["merge", "replace"]).default("merge"),
  waitOnApprovals: z.stringbool().default(false),
});

/** Keeps the file as it comes in; the fields may stand before it or behind. */
async function receive(jobs: BigSegmentJobs, request: FastifyRequest) {
  const fields = new Map<string, unknown>();
  let file: { readonly id: string; readonly fileName: string } | undefined;
  try {
    for await (const part of partsOf(request)) {
      if (part.type === "field") fields.set(part.fieldname, part.value);
      else {
        file = { id: await jobs.upload(part.file).catch(refuseForm), fileName: nameOf(part) };
        if (part.file.truncated) throw tooLarge();
      }
    }
    if (file === undefined)
      throw new DomainError("invalid_request", "the part called file is missing");
    return { ...file, ...readFields(fields) };
  } catch (error) {
    if (file !== undefined) await jobs.dropUpload(file.id);
    throw error;
  }
}

function readFields(fields: ReadonlyMap<string, unknown>) {
  const read = Fields.safeParse(Object.fromEntries(fields));
  if (read.success) return { mode: read.data.mode, waits: read.data.waitOnApprovals };
  throw new DomainError(
    "invalid_request",
    "mode is merge or replace, and waitOnApprovals is true or false",
  );
}

function tooLarge(): DomainError {
  return new DomainError(
    "payload_too_large",
    `the file is larger than ${largestFileBytes} bytes; send it in parts, with the mode merge`,
  );
}

async function* partsOf(request: FastifyRequest) {
  try {
    yield* request.parts();
  } catch (error) {
    refuseForm(error);
  }
}

/** What cannot be read as a form is an error without a code; those of disks and of limits have one. */
function refuseForm(cause: unknown): never {
  if (!(cause instanceof Error) || "code" in cause) throw cause;
  throw new DomainError("invalid_request", `the form cannot be read: ${cause.message}`, { cause });
}

/** A file whose name is left empty has none, whatever the types say. */
function nameOf({ filename }: { readonly filename: string | undefined }): string {
  return filename ?? "";
}

function importRepresentation(job: BigSegmentImport, parent: string) {
  return {
    id: job.id,
    segmentKey: job.segment_key,
    creationTime: job.created_at,
    mode: job.mode,
    status: job.status,
    files: [{ filename: job.file_name, status: job.status }],
    // Written by this server from its own type.
    problems: JSON.parse(job.problems) as z.infer<typeof Problems>,
    _links: { self: linkTo(`${parent}/imports/${job.id}`), parent: linkTo(parent) },
  };
}

function exportRepresentation(job: BigSegmentExport, parent: string) {
  const self = `${parent}/exports/${job.id}`;
  const { name } = JSON.parse(job.actor) as { name: string }; // Likewise.
  return {
    id: job.id,
    segmentKey: job.segment_key,
    creationTime: job.created_at,
    status: job.status,
    sizeBytes: job.size_bytes,
    size: `${(job.size_bytes / 2 ** 20).toFixed(1)} MB`,
    initiator: { name },
    _links: {
      self: linkTo(self),
      parent: linkTo(parent),
      ...(job.status === "complete"
        ? { download: { href: `${self}/file`, type: "text/csv" } }
        : {}),
    },
  };
}

function pathOf({ projectKey, environmentKey, segmentKey }: z.infer<typeof ofSegment>): string {
  return `/api/v2/segments/${projectKey}/${environmentKey}/${segmentKey}`;
}

function unknownJob(kind: "import" | "export", id: string): DomainError {
  return new DomainError("not_found", `the segment has no ${kind} "${id}"; check the id`);
}
