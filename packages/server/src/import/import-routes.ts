import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { readFlagd } from "./flagd-file.ts";
import { readGoFeatureFlag } from "./go-feature-flag-file.ts";
import type { Imported } from "./imported.ts";
import { readLaunchDarkly } from "./launchdarkly-export.ts";
import { exportProject, ProjectExport, readProjectExport } from "./project-export.ts";
import { storeImported } from "./store-imported.ts";

const ImportBody = z.object({
  format: z.enum(["halyard", "launchdarkly", "flagd", "go-feature-flag"]),
  environmentKey: z.string().optional(),
  dryRun: z.boolean().optional(),
  documents: z.object({
    flags: z.unknown().optional(),
    segments: z.unknown().optional(),
    environments: z.unknown().optional(),
    project: z.unknown().optional(),
  }),
});

const bodyLimitBytes = 20 * 2 ** 20;

export const importRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.post(
    "/api/v2/projects/:projectKey/import",
    {
      config: { access: { action: "importFlags", resource: "proj/{projectKey}" } },
      bodyLimit: bodyLimitBytes,
      schema: {
        operationId: "importProject",
        summary: "Take flags and segments over",
        description:
          "From an export of ours, LaunchDarkly, flagd or GO Feature Flag. Says what was taken, approximated and refused, and why.",
        tags: ["Projects"],
        params: z.object({ projectKey: z.string() }),
        body: ImportBody,
      },
    },
    async ({ params, body, principal }) => {
      const project = await getProject(db, params.projectKey);
      const imported = read(body);
      return changes.write(principal, (tx, record) =>
        storeImported(tx, record, {
          project,
          imported,
          at: changes.now,
          isDryRun: body.dryRun === true,
        }),
      );
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/export",
    {
      config: { access: viewProject },
      schema: {
        operationId: "exportProject",
        summary: "Read a whole project as one document",
        description:
          "Flags and segments with salts and ids, which the import takes. Keys of environments and who is listed in big segments are not in it.",
        tags: ["Projects"],
        params: z.object({ projectKey: z.string() }),
        response: { 200: ProjectExport },
      },
    },
    async ({ params }) => exportProject(db, await getProject(db, params.projectKey)),
  );
};

function read({ format, documents, environmentKey }: z.infer<typeof ImportBody>): Imported {
  if (format === "halyard") {
    if (documents.project !== undefined) return readProjectExport(documents.project);
    throw new DomainError(
      "invalid_request",
      'there is nothing to import; send {"documents": {"project": …}} with what the export answers',
    );
  }
  if (documents.flags === undefined && documents.segments === undefined) {
    throw new DomainError(
      "invalid_request",
      'there is nothing to import; send {"documents": {"flags": …}}, for LaunchDarkly also "segments"',
    );
  }
  if (format === "launchdarkly") return readLaunchDarkly(documents, environmentKey);
  if (environmentKey === undefined) {
    throw new DomainError(
      "invalid_request",
      `a ${format} file knows no environments; say which it is for with environmentKey`,
    );
  }
  return format === "flagd"
    ? readFlagd(documents.flags, environmentKey)
    : readGoFeatureFlag(documents.flags, environmentKey);
}
