import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import { getProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { KindKey, KindRepresentation, KindSettings, kindRepresentation } from "./context-kind.ts";
import { putKind } from "./context-kind-changes.ts";
import { findKind, listKinds } from "./context-kind-queries.ts";

const path = "/api/v2/projects/:projectKey/context-kinds";
const tags = ["Context kinds"];
const inProject = z.object({ projectKey: z.string() });

/** The kinds of contexts that flags of a project are evaluated for. */
export const contextKindRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getContextKindsByProjectKey",
        summary: "List the kinds of contexts",
        tags,
        params: inProject,
        response: { 200: listOf(KindRepresentation) },
      },
    },
    async ({ params: { projectKey }, url }) => {
      const { id } = await getProject(db, projectKey);
      const kinds = await listKinds(db, id);
      return wholeList(
        url,
        kinds.map((kind) => kindRepresentation(kind, projectKey)),
      );
    },
  );

  app.put(
    `${path}/:key`,
    {
      config: {
        access: {
          inHandler: "making and changing are actions of their own",
          resource: "proj/{projectKey}:context-kind/{key}",
        },
      },
      schema: {
        operationId: "putContextKind",
        summary: "Make or change a kind of contexts",
        tags,
        params: inProject.extend({ key: KindKey }),
        body: KindSettings,
        response: { 200: z.object({ status: z.string(), _links: z.object({ parent: Link }) }) },
      },
    },
    async ({ params: { projectKey, key }, body, actor, access }) => {
      await changes.write(actor, async (tx, record) => {
        const project = await getProject(tx, projectKey);
        const isKnown = (await findKind(tx, project.id, key)) !== undefined;
        const action = isKnown ? "updateContextKind" : "createContextKind";
        await access.within(tx).require(action, ["proj", projectKey], ["context-kind", key]);
        await putKind(tx, record, { project, key, settings: body, at: changes.now });
      });
      const parent = linkTo(`/api/v2/projects/${projectKey}/context-kinds`);
      return { status: "success", _links: { parent } };
    },
  );
};
