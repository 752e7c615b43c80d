import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { readFlagd } from "./flagd-file.ts";
import { readGoFeatureFlag } from "./go-feature-flag-file.ts";
import type { Imported } from "./imported.ts";
import { readLaunchDarkly } from "./launchdarkly-export.ts";
import { storeImported } from "./store-imported.ts";

const ImportBody = z.object({
  format: z.enum(["launchdarkly", "flagd", "go-feature-flag"]),
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
          "From LaunchDarkly, flagd or GO Feature Flag. Says what was taken, approximated and refused, and why.",
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
};

function read({ format, documents, environmentKey }: z.infer<typeof ImportBody>): Imported {
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
