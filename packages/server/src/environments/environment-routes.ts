import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn, requireEach, viewProject } from "../access/route-access.ts";
import { ApprovalSettings } from "../approvals/approval-settings.ts";
import { changeApprovalSettings } from "../approvals/approval-settings-changes.ts";
import type { Changes } from "../changes/changes.ts";
import type { Feed } from "../changes/feed.ts";
import { connectionsRepresentation } from "../delivery/connections.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { list, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { createEnvironment } from "../projects/creation.ts";
import { getEnvironment, getProject } from "../projects/project-queries.ts";
import { EnvironmentRepresentation, shownEnvironment } from "../projects/project-representation.ts";
import type { Db } from "../storage/database.ts";
import {
  actionOnEnvironment,
  EnvironmentSettings,
  NewEnvironment,
  settingsOf,
} from "./environment.ts";
import { removeEnvironment, setEnvironment } from "./environment-changes.ts";
import { type Environment, listEnvironments } from "./environment-queries.ts";

const tags = ["Environments"];
const inProject = z.object({ projectKey: z.string() });
const ofEnvironment = inProject.extend({ environmentKey: z.string() });
const collection = "/api/v2/projects/:projectKey/environments";
const path = `${collection}/:environmentKey`;
const oneEnvironment = "proj/{projectKey}:env/{environmentKey}";

/** What a patch may set: what is protected is kept beside the other settings. */
const PatchedEnvironment = EnvironmentSettings.extend({ approvalSettings: ApprovalSettings });
const actionOnPatched = { ...actionOnEnvironment, approvalSettings: "updateApprovalSettings" };

const filters = { query: text, tags: list };
const orders = {
  name: (a: Environment, b: Environment) => compareTexts(a.name, b.name),
  createdOn: (a: Environment, b: Environment) => a.created_at - b.created_at,
  critical: (a: Environment, b: Environment) => a.critical - b.critical,
};

export interface EnvironmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
  readonly delivery: Delivery;
  readonly intake: EventIntake;
}

/** The places in which flags are served, each by its own rules and under its own keys. */
export const environmentRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(creatingRoutes, parts);
  await app.register(changingRoutes, parts);
  await app.register(deletingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (
  app,
  { db, changes, delivery },
) => {
  app.get(
    collection,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getEnvironmentsByProject",
        summary: "List the environments of a project",
        tags,
        params: inProject,
        querystring: z.object({
          ...pageQuery,
          filter: z.string().optional().describe("Such as query:prod,tags:beta+shop."),
          sort: z.string().optional().describe("Such as name, -createdOn or critical."),
        }),
        response: { 200: listOf(EnvironmentRepresentation) },
      },
    },
    async ({ params, query, url, access }) => {
      const wanted = parseFilter(query.filter, filters);
      const order = parseSort(query.sort, orders);
      const project = await getProject(db, params.projectKey);
      const matching = (await listEnvironments(db, project.id)).filter((environment) => {
        const words = `${environment.key} ${environment.name}`.toLowerCase();
        const known = settingsOf(environment).tags;
        return (
          words.includes((wanted.query ?? "").toLowerCase()) &&
          (wanted.tags ?? []).every((tag) => known.includes(tag))
        );
      });
      const page = pageOf(matching.sort(order), query);
      const items = await Promise.all(
        page.items.map((one) => shownEnvironment(one, project.key, access)),
      );
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getEnvironment",
        summary: "Read one environment",
        tags,
        params: ofEnvironment,
        response: { 200: EnvironmentRepresentation },
      },
    },
    async (request, reply) => {
      const { projectKey, environmentKey } = request.params;
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const shown = await shownEnvironment(environment, projectKey, request.access);
      return answerWithEtag(request, reply, { shown });
    },
  );

  app.get(
    `${path}/connections`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getConnections",
        summary: "Show which SDKs are connected",
        tags,
        params: ofEnvironment,
      },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const snapshot = await delivery.snapshot(environment.id);
      const streams = await delivery.streams(environment.id);
      return connectionsRepresentation(snapshot, streams, changes.now);
    },
  );
};

const creatingRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, { changes }) => {
  app.post(
    collection,
    {
      config: {
        access: { action: "createEnvironment", resource: "proj/{projectKey}:env/{body.key}" },
      },
      schema: {
        operationId: "postEnvironment",
        summary: "Make an environment",
        description: "With a source it begins with the flags and segments of that environment.",
        tags,
        params: inProject,
        body: NewEnvironment,
        response: { 201: EnvironmentRepresentation },
      },
    },
    async ({ params, body, principal, access }, reply) => {
      const environment = await changes.write(principal, async (tx, record) => {
        const project = await getProject(tx, params.projectKey);
        await createEnvironment(tx, record, { project, input: body, at: changes.now });
        return (await getEnvironment(tx, project.key, body.key)).environment;
      });
      return reply.code(201).send(await shownEnvironment(environment, params.projectKey, access));
    },
  );
};

const changingRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, { changes, feed }) => {
  app.patch(
    path,
    {
      config: { access: eachInstructionOn(oneEnvironment) },
      schema: {
        operationId: "patchEnvironment",
        summary: "Change an environment",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: ofEnvironment,
        body: PatchBody,
        response: { 200: EnvironmentRepresentation },
      },
    },
    async (request) => {
      const { params, body, headers, principal, access } = request;
      const { projectKey } = params;
      const patch = parsePatch(body, headers["content-type"]);
      const { before, after } = await changes.write(principal, async (tx, record) => {
        const place = await getEnvironment(tx, projectKey, params.environmentKey);
        const { environment } = place;
        const representation = await shownEnvironment(environment, projectKey, access.within(tx));
        await refuseStale(request, () => representation);
        const { members, wanted } = patchedSettings(representation, patch, {
          settings: PatchedEnvironment,
          what: "an environment",
        });
        const steps = [
          ["proj", projectKey],
          ["env", environment.key],
        ] as const;
        await requireEach(access.within(tx), actionOnPatched, { changed: members, steps });
        const { comment } = patch;
        const about = { ...place, kind: "flag" as const, after: wanted.approvalSettings };
        const guarded = await changeApprovalSettings(tx, record, { ...about, comment });
        const others = members.filter((member) => member !== "approvalSettings");
        const change = { ...place, environment: guarded, members: others, wanted, comment };
        return { before: environment, after: await setEnvironment(tx, record, change) };
      });
      // Pages that are connected have to show from here on that they are vouched for.
      if (after.secure_mode > before.secure_mode)
        feed.publishKeyEnd({ secret: after.id, at: changes.now });
      return shownEnvironment(after, projectKey, access);
    },
  );
};

const deletingRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (
  app,
  { changes, feed, intake },
) => {
  app.delete(
    path,
    {
      config: { access: { action: "deleteEnvironment", resource: oneEnvironment } },
      schema: {
        operationId: "deleteEnvironment",
        summary: "Delete an environment",
        description: "Its SDKs lose their connection. The last environment of a project stays.",
        tags,
        params: ofEnvironment,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      const { params, principal, access } = request;
      const { projectKey, environmentKey } = params;
      const { environment } = await changes.write(principal, async (tx, record) => {
        const place = await getEnvironment(tx, projectKey, environmentKey);
        await refuseStale(request, () =>
          shownEnvironment(place.environment, projectKey, access.within(tx)),
        );
        await removeEnvironment(tx, record, { ...place, at: changes.now });
        return place;
      });
      feed.publishEnvironmentEnd(environment.id);
      await intake.forget(environment.id);
      return reply.code(204).send(null);
    },
  );
};
