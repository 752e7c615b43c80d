import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getMember, nameOf } from "../members/member-queries.ts";
import { memberSummary } from "../members/member-representation.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { flagInEnvironment } from "./flag-in-environment.ts";
import { getFlag } from "./flag-queries.ts";
import { deleteFollower, insertFollower, listFollowers } from "./follower-queries.ts";

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const ofFlag = inEnvironment.extend({ flagKey: z.string() });
const ofFollower = ofFlag.extend({ memberId: z.string() });
type OfFollower = z.infer<typeof ofFollower>;
const Follower = z.object({
  _id: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  role: z.string(),
  email: z.string(),
  _links: z.object({ self: Link }),
});
const _links = z.object({ self: Link });
const tags = ["Follow flags"];
const path = "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/followers";
const managing = {
  inHandler: "whoever is a member may follow by themselves",
  resource: flagInEnvironment,
};

interface FollowerParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Members who want to hear of changes of a flag in an environment. */
export const followerRoutes: FastifyPluginAsyncZod<FollowerParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<FollowerParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFlagFollowers",
        summary: "List who follows a flag in an environment",
        tags,
        params: ofFlag,
        response: { 200: z.object({ items: z.array(Follower), _links }) },
      },
    },
    async ({ params: { projectKey, environmentKey, flagKey }, url }) => {
      const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
      await getFlag(db, project, flagKey);
      const followers = await listFollowers(db, { environmentId: environment.id, flagKey });
      return { items: followers.map(memberSummary), _links: { self: linkTo(url) } };
    },
  );

  app.get(
    "/api/v2/projects/:projectKey/environments/:environmentKey/followers",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getFollowersByProjEnv",
        summary: "List who follows each flag of an environment",
        tags,
        params: inEnvironment,
        response: {
          200: z.object({
            items: z.array(z.object({ flagKey: z.string(), followers: z.array(Follower) })),
            _links,
          }),
        },
      },
    },
    async ({ params: { projectKey, environmentKey }, url }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const followers = await listFollowers(db, { environmentId: environment.id });
      const byFlag = Map.groupBy(followers, ({ flag_key }) => flag_key);
      return {
        items: [...byFlag].map(([flagKey, ofThis]) => ({
          flagKey,
          followers: ofThis.map(memberSummary),
        })),
        _links: { self: linkTo(url) },
      };
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<FollowerParts> = async (app, parts) => {
  const schema = { tags, params: ofFollower, response: { 204: noContent } };
  app.put(
    `${path}/:memberId`,
    {
      config: { access: managing },
      schema: { ...schema, operationId: "putFlagFollower", summary: "Let a member follow a flag" },
    },
    async (request, reply) => {
      await follow(parts, request, { params: request.params, isFollowing: true });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/:memberId`,
    {
      config: { access: managing },
      schema: {
        ...schema,
        operationId: "deleteFlagFollower",
        summary: "Let a member follow a flag no longer",
      },
    },
    async (request, reply) => {
      await follow(parts, request, { params: request.params, isFollowing: false });
      return reply.code(204).send(null);
    },
  );
};

async function follow(
  { db, changes }: FollowerParts,
  { actor, access }: Pick<FastifyRequest, "actor" | "access">,
  { params, isFollowing }: { params: OfFollower; isFollowing: boolean },
): Promise<void> {
  const { projectKey, environmentKey, flagKey, memberId } = params;
  const { project, environment } = await getEnvironment(db, projectKey, environmentKey);
  await changes.write(actor, async (tx, record) => {
    await getFlag(tx, project, flagKey);
    const member = await getMember(tx, memberId);
    if (actor.kind !== "member" || actor.id !== memberId) {
      const steps = [
        ["proj", projectKey],
        ["env", environmentKey],
        ["flag", flagKey],
      ] as const;
      await access.within(tx).require("manageFlagFollowers", ...steps);
    }
    const place = { projectId: project.id, environmentId: environment.id, flagKey, memberId };
    const isChanged = isFollowing
      ? await insertFollower(tx, place)
      : await deleteFollower(tx, place);
    if (!isChanged) return;
    const name = nameOf(member);
    await record({
      projectId: project.id,
      // Not "flag": what changes of flags leave behind are their states.
      kind: "flag-follower",
      key: flagKey,
      environments: [environmentKey],
      resources: [`proj/${projectKey}:env/${environmentKey}:flag/${flagKey}`],
      instructions: [{ kind: isFollowing ? "addFollower" : "removeFollower", memberId }],
      words: [
        isFollowing
          ? `Let ${name} follow the flag ${flagKey}`
          : `Let ${name} follow the flag ${flagKey} no longer`,
      ],
      before: { isFollowing: !isFollowing, memberId },
      after: { isFollowing, memberId },
      served: [],
    });
  });
}
