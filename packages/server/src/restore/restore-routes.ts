import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/principal.ts";
import { type Access, eachInstructionOn } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { JsonValue } from "../http/json-value.ts";
import { getEnvironment, getProject, type Project } from "../projects/project-queries.ts";
import { refuseSegmentCycle } from "../segments/segment-changes.ts";
import type { Db, Tx } from "../storage/database.ts";
import { findFlagAt, findSegmentAt, type Moment, momentAt, momentBefore } from "./past-queries.ts";
import { Restoration } from "./restoration.ts";
import { restoreEnvironment } from "./restore-environment.ts";
import { restoreConfiguration, restoreFlag } from "./restore-flag.ts";
import { restoreSegment } from "./restore-segment.ts";

const RestoreBody = z
  .object({
    at: z.int().min(0).optional().describe("How it was at that time, in Unix milliseconds."),
    auditId: z.string().optional().describe("How it was before that entry of the audit log."),
    comment: z.string().optional(),
    dryRun: z.boolean().optional().describe("Says what would be done, and does nothing."),
  })
  .refine(({ at, auditId }) => (at === undefined) !== (auditId === undefined), {
    message: "give either at, a time in Unix milliseconds, or auditId, an entry of the audit log",
  });
type RestoreBody = z.infer<typeof RestoreBody>;

const Restored = z
  .object({
    dryRun: z.boolean(),
    changes: z.array(
      z.object({
        resources: z.array(z.string()).readonly(),
        instructions: z.array(JsonValue),
        words: z.array(z.string()).readonly(),
      }),
    ),
    notRestored: z.array(z.string()).describe("What stays as it is, in words."),
  })
  .meta({ id: "Restored" });
type Restored = z.infer<typeof Restored>;

const ofFlag = z.object({ projectKey: z.string(), flagKey: z.string() });
const ofEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const ofSegment = ofEnvironment.extend({ segmentKey: z.string() });
const response = { 200: Restored };

export interface RestoreParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Ways back to how something was. */
export const restoreRoutes: FastifyPluginAsyncZod<RestoreParts> = async (app, parts) => {
  await app.register(flagRoutes, parts);
  await app.register(environmentRoutes, parts);
};

const flagRoutes: FastifyPluginAsyncZod<RestoreParts> = async (app, parts) => {
  app.post(
    "/api/v2/projects/:projectKey/flags/:flagKey/restore",
    {
      config: { access: eachInstructionOn("proj/{projectKey}:env/*:flag/{flagKey}") },
      schema: {
        operationId: "restoreFlag",
        summary: "Make a flag what it was",
        description: "In every environment, or in one alone. A deleted flag comes back.",
        tags: ["Feature flags"],
        params: ofFlag,
        body: RestoreBody.safeExtend({ environmentKey: z.string().optional() }),
        response,
      },
    },
    async ({ params: { projectKey, flagKey }, body, principal, access }) => {
      const project = await getProject(parts.db, projectKey);
      const { environmentKey } = body;
      const environment =
        environmentKey === undefined
          ? undefined
          : (await getEnvironment(parts.db, projectKey, environmentKey)).environment;
      return restore(parts, { project, body, principal, access }, async (restoration, moment) => {
        const then = await findFlagAt(restoration.tx, project.id, flagKey, moment);
        if (then === undefined) throw notThere(`flag "${flagKey}"`);
        if (environment === undefined) await restoreFlag(restoration, then.state);
        else await restoreConfiguration(restoration, then.state, environment.key);
      });
    },
  );
};

const environmentRoutes: FastifyPluginAsyncZod<RestoreParts> = async (app, parts) => {
  const inEnvironment = "/api/v2/projects/:projectKey/environments/:environmentKey";
  app.post(
    `${inEnvironment}/segments/:segmentKey/restore`,
    {
      config: {
        access: eachInstructionOn("proj/{projectKey}:env/{environmentKey}:segment/{segmentKey}"),
      },
      schema: {
        operationId: "restoreSegment",
        summary: "Make a segment what it was",
        tags: ["Segments"],
        params: ofSegment,
        body: RestoreBody,
        response,
      },
    },
    async ({ params: { projectKey, environmentKey, segmentKey }, body, principal, access }) => {
      const { project, environment } = await getEnvironment(parts.db, projectKey, environmentKey);
      return restore(parts, { project, body, principal, access }, async (restoration, moment) => {
        const place = { projectId: project.id, environmentKey, key: segmentKey };
        const then = await findSegmentAt(restoration.tx, place, moment);
        if (then === undefined) throw notThere(`segment "${segmentKey}"`);
        await restoreSegment(restoration, environment, then.state);
        await refuseSegmentCycle(restoration.tx, environment, then.state);
      });
    },
  );

  app.post(
    `${inEnvironment}/restore`,
    {
      config: { access: eachInstructionOn("proj/{projectKey}:env/{environmentKey}") },
      schema: {
        operationId: "restoreEnvironment",
        summary: "Make every flag and segment of an environment what it was",
        description: "All of it is done, or nothing. The answer says what stays as it is.",
        tags: ["Environments"],
        params: ofEnvironment,
        body: RestoreBody,
        response,
      },
    },
    async ({ params: { projectKey, environmentKey }, body, principal, access }) => {
      const { project, environment } = await getEnvironment(parts.db, projectKey, environmentKey);
      return restore(parts, { project, body, principal, access }, (restoration, moment) =>
        restoreEnvironment(restoration, environment, moment),
      );
    },
  );
};

interface Asked {
  readonly project: Project;
  readonly body: RestoreBody;
  readonly principal: Principal;
  readonly access: Access;
}

/** Ends a transaction in which all was done, so that none of it has happened. */
class DryRunDone extends Error {
  override readonly name = "DryRunDone";
}

async function restore(
  { changes }: RestoreParts,
  { project, body, principal, access }: Asked,
  act: (restoration: Restoration, moment: Moment) => Promise<void>,
): Promise<Restored> {
  const isDryRun = body.dryRun === true;
  let restored: Restored | undefined;
  try {
    await changes.write(principal, async (tx, record) => {
      const moment = await momentOf(tx, body);
      const comment = body.comment ?? wordsFor(body);
      const by = { tx, record, access: access.within(tx), project, at: changes.now, comment };
      const restoration = new Restoration(by);
      await act(restoration, moment);
      const { notRestored } = restoration;
      const instructed = restoration.changes.map(({ instructions, ...change }) => ({
        ...change,
        instructions: z.array(JsonValue).parse(instructions),
      }));
      restored = { dryRun: isDryRun, changes: instructed, notRestored };
      if (isDryRun) throw new DryRunDone();
    });
  } catch (error) {
    if (!(error instanceof DryRunDone)) throw error;
  }
  if (restored === undefined) throw new Error("a restoration ended without saying what it did");
  return restored;
}

function momentOf(tx: Tx, { at, auditId }: RestoreBody): Promise<Moment> {
  return auditId === undefined ? momentAt(tx, at ?? 0) : momentBefore(tx, auditId);
}

function wordsFor({ at, auditId }: RestoreBody): string {
  return auditId === undefined
    ? `Back to how it was at ${new Date(at ?? 0).toISOString()}`
    : `Back to how it was before ${auditId}`;
}

function notThere(what: string): DomainError {
  return new DomainError(
    "not_found",
    `${what} was not there at that time; choose another, or delete it if that is what you want`,
  );
}
