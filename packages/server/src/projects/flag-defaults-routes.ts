import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { Link, linkTo } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import type { Db } from "../storage/database.ts";
import { FlagDefaults, flagDefaultsOf } from "./flag-defaults.ts";
import { setFlagDefaults } from "./project-changes.ts";
import { getProject, type Project } from "./project-queries.ts";

const path = "/api/v2/projects/:projectKey/flag-defaults";
const tags = ["Projects"];
const params = z.object({ projectKey: z.string() });
const access = { action: "updateProjectFlagDefaults", resource: "proj/{projectKey}" };

const FlagDefaultsRepresentation = FlagDefaults.extend({
  key: z.string().describe("Of the project."),
  _links: z.object({ self: Link, parent: Link }),
}).meta({ id: "FlagDefaults" });

interface FlagDefaultsParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** What a flag gets that is made without saying. */
export const flagDefaultsRoutes: FastifyPluginAsyncZod<FlagDefaultsParts> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagDefaultsByProject",
        summary: "Read what new flags of a project get",
        tags,
        params,
        response: { 200: FlagDefaultsRepresentation },
      },
    },
    async (request, reply) => {
      const project = await getProject(db, request.params.projectKey);
      return answerWithEtag(request, reply, { shown: representation(project) });
    },
  );

  app.put(
    path,
    {
      config: { access },
      schema: {
        operationId: "putFlagDefaultsByProject",
        summary: "Set what new flags of a project get",
        tags,
        params,
        body: FlagDefaults,
        response: { 200: FlagDefaultsRepresentation },
      },
    },
    async (request) => {
      const project = await changes.write(request.actor, async (tx, record) => {
        const before = await getProject(tx, request.params.projectKey);
        await refuseStale(request, () => representation(before));
        return setFlagDefaults(tx, record, { project: before, wanted: request.body });
      });
      return representation(project);
    },
  );

  app.patch(
    path,
    {
      config: { access },
      schema: {
        operationId: "patchFlagDefaultsByProject",
        summary: "Change what new flags of a project get",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params,
        body: PatchBody,
        response: { 200: FlagDefaultsRepresentation },
      },
    },
    async (request) => {
      const patch = parsePatch(request.body, request.headers["content-type"]);
      const project = await changes.write(request.actor, async (tx, record) => {
        const before = await getProject(tx, request.params.projectKey);
        await refuseStale(request, () => representation(before));
        const { wanted } = patchedSettings(representation(before), patch, {
          settings: FlagDefaults,
          what: "a project's flag defaults",
        });
        const { comment } = patch;
        return setFlagDefaults(tx, record, { project: before, wanted, comment });
      });
      return representation(project);
    },
  );
};

function representation(project: Project): z.output<typeof FlagDefaultsRepresentation> {
  const parent = `/api/v2/projects/${project.key}`;
  return {
    ...flagDefaultsOf(project),
    key: project.key,
    _links: { self: linkTo(`${parent}/flag-defaults`), parent: linkTo(parent) },
  };
}
