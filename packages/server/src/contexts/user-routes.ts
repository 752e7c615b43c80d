import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import type { EventIntake } from "../events/event-intake.ts";
import { type FilterOf, parseFilter, text } from "../http/filter.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo } from "../http/paging.ts";
import { compareTexts, parseSort } from "../http/sort.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { contextDeletion } from "./context-deletion.ts";
import { contextsOf, type SeenContext } from "./seen-context-store.ts";
import { standardAttributes, UserRecord, userRepresentation } from "./user-representation.ts";

const inEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
type InEnvironment = z.infer<typeof inEnvironment>;
const ofUser = inEnvironment.extend({ userKey: z.string() });
const tags = ["Users"];
const Users = z.object({
  items: z.array(UserRecord),
  totalCount: z.int(),
  _links: z.record(z.string(), Link),
});
const limit = z.coerce.number().int().min(1).max(1_000).default(20);
const searchAfter = z.string().optional().describe("The key of the last user of the page before.");

const userFilters = {
  key: text,
  name: text,
  email: text,
  firstName: text,
  lastName: text,
  country: text,
  ip: text,
};
const attribute = (name: string) => (one: SeenContext) => String(one.attributes[name] ?? "");
const userOrders = {
  lastPing: (a: SeenContext, b: SeenContext) => a.lastSeen - b.lastSeen,
  key: (a: SeenContext, b: SeenContext) => compareTexts(a.key, b.key),
  name: (a: SeenContext, b: SeenContext) =>
    compareTexts(attribute("name")(a), attribute("name")(b)),
  email: (a: SeenContext, b: SeenContext) =>
    compareTexts(attribute("email")(a), attribute("email")(b)),
};

export interface UserParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly intake: EventIntake;
}

/** The contexts of kind user, by the names of when there were no others. */
export const userRoutes: FastifyPluginAsyncZod<UserParts> = async (app, parts) => {
  await app.register(listRoutes, parts);
  await app.register(attributeRoutes, parts);
  await app.register(oneUserRoutes, parts);
};

const listRoutes: FastifyPluginAsyncZod<UserParts> = async (app, parts) => {
  app.get(
    "/api/v2/users/:projectKey/:environmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getUsers",
        summary: "List the users that SDKs have reported",
        tags,
        params: inEnvironment,
        querystring: z.object({ limit, searchAfter }),
        response: { 200: Users },
      },
    },
    async ({ params, query, url }) => {
      const users = await usersIn(parts, params);
      return usersPage(url, users, { ...query, ...(await placeOf(parts, params)) });
    },
  );

  app.get(
    "/api/v2/user-search/:projectKey/:environmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getSearchUsers",
        summary: "Search the users that SDKs have reported",
        tags,
        params: inEnvironment,
        querystring: z.object({
          q: z.string().optional().describe("A part of the key, the name or the email address."),
          filter: z.string().optional().describe("Such as name:Ada,country:uk."),
          sort: z.string().optional().describe("Such as -lastPing or name."),
          after: z.coerce.number().int().optional().describe("Seen after, in Unix milliseconds."),
          offset: z.coerce.number().int().min(0).default(0),
          limit,
          searchAfter,
        }),
        response: { 200: Users },
      },
    },
    async ({ params, query, url }) => {
      const filter = parseFilter(query.filter, userFilters);
      const order = parseSort(query.sort, userOrders);
      const users = (await usersIn(parts, params))
        .filter(matchesSearch({ ...query, filter }))
        .sort(order);
      return usersPage(url, users, { ...query, ...(await placeOf(parts, params)) });
    },
  );
};

const attributeRoutes: FastifyPluginAsyncZod<UserParts> = async (app, parts) => {
  app.get(
    "/api/v2/user-attributes/:projectKey/:environmentKey",
    {
      config: { access: viewProject },
      schema: {
        operationId: "getUserAttributeNames",
        summary: "List which attributes users have",
        tags: ["Users (beta)"],
        params: inEnvironment,
        response: {
          200: z.object({
            private: z.array(z.string()),
            custom: z.array(z.string()),
            standard: z.array(z.string()),
          }),
        },
      },
    },
    async ({ params }) => {
      const users = await usersIn(parts, params);
      const names = new Set(users.flatMap(({ attributes }) => Object.keys(attributes)));
      const standard: readonly string[] = ["key", "anonymous", ...standardAttributes];
      return {
        private: [...new Set(users.flatMap(({ redacted }) => redacted))].sort(),
        custom: [...names].filter((name) => !standard.includes(name)).sort(),
        standard: [...standard],
      };
    },
  );
};

const oneUserRoutes: FastifyPluginAsyncZod<UserParts> = async (app, parts) => {
  const { db, changes, intake } = parts;
  const path = "/api/v2/users/:projectKey/:environmentKey/:userKey";

  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getUser",
        summary: "Read one user that SDKs have reported",
        tags,
        params: ofUser,
        response: { 200: UserRecord },
      },
    },
    async ({ params }) => {
      const user = (await usersIn(parts, params)).find(({ key }) => key === params.userKey);
      if (user === undefined) throw unknownUser(params.userKey);
      return userRepresentation(user, await placeOf(parts, params));
    },
  );

  app.delete(
    path,
    {
      config: {
        access: {
          action: "deleteUser",
          resource: "proj/{projectKey}:env/{environmentKey}:user/{userKey}",
        },
      },
      schema: {
        operationId: "deleteUser",
        summary: "Forget a user that SDKs have reported",
        description: "And all other contexts that were evaluated together with it alone.",
        tags,
        params: ofUser,
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      const { userKey } = params;
      const place = await getEnvironment(db, params.projectKey, params.environmentKey);
      await changes.write(actor, async (_, record) => {
        const ids = (await intake.allInstances(place.environment.id))
          .filter(({ contexts }) =>
            contexts.some(({ kind, key }) => kind === "user" && key === userKey),
          )
          .map(({ id }) => id);
        if (ids.length === 0) throw unknownUser(userKey);
        await intake.deleteInstances(place.environment.id, ids);
        await record(contextDeletion(place, { resource: `user/${userKey}`, key: userKey }));
      });
      return reply.code(204).send(null);
    },
  );
};

async function usersIn(
  { db, intake }: UserParts,
  { projectKey, environmentKey }: InEnvironment,
): Promise<SeenContext[]> {
  const { environment } = await getEnvironment(db, projectKey, environmentKey);
  const contexts = contextsOf(await intake.allInstances(environment.id));
  return contexts.filter(({ kind }) => kind === "user");
}

async function placeOf({ db }: UserParts, { projectKey, environmentKey }: InEnvironment) {
  const { environment } = await getEnvironment(db, projectKey, environmentKey);
  const parent = `/api/v2/users/${projectKey}/${environmentKey}`;
  return { environmentId: environment.id, parent };
}

function matchesSearch({
  q,
  after,
  filter,
}: {
  readonly q?: string | undefined;
  readonly after?: number | undefined;
  readonly filter: FilterOf<typeof userFilters>;
}): (user: SeenContext) => boolean {
  const has = (value: unknown, part: string) =>
    typeof value === "string" && value.toLowerCase().includes(part.toLowerCase());
  return ({ key, attributes, lastSeen }) =>
    (q === undefined ||
      [key, attributes["name"], attributes["email"]].some((value) => has(value, q))) &&
    (after === undefined || lastSeen > after) &&
    Object.entries(filter).every(([name, part]) =>
      has(name === "key" ? key : attributes[name], part),
    );
}

interface Window {
  readonly limit: number;
  readonly offset?: number;
  readonly searchAfter?: string | undefined;
  readonly environmentId: string;
  readonly parent: string;
}

function usersPage(url: string, users: readonly SeenContext[], window: Window) {
  const { offset = 0, searchAfter: last } = window;
  const at = last === undefined ? -1 : users.findIndex(({ key }) => key === last);
  if (last !== undefined && at < 0) throw unknownUser(last);
  const start = at + 1 + offset;
  const items = users.slice(start, start + window.limit);
  const [path = "", parameters] = url.split("?");
  const next = new URLSearchParams(parameters);
  next.set("searchAfter", items.at(-1)?.key ?? "");
  next.delete("offset");
  const hasMore = start + items.length < users.length && items.length > 0;
  return {
    items: items.map((user) => userRepresentation(user, window)),
    totalCount: users.length,
    _links: { self: linkTo(url), ...(hasMore ? { next: linkTo(`${path}?${next}`) } : {}) },
  };
}

function unknownUser(key: string): DomainError {
  return new DomainError("not_found", `no user "${key}" was reported here lately; check the key`);
}
