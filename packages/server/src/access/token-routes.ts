import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { linkTo, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { applyToRepresentation, changedMembers, parsePatch } from "../http/patch.ts";
import { findMember } from "../members/member-queries.ts";
import { memberSummary } from "../members/member-representation.ts";
import type { Db } from "../storage/database.ts";
import { getToken, listTokens, type Token } from "./access-queries.ts";
import type { Principal } from "./principal.ts";
import { requireEach } from "./route-access.ts";
import { NewToken, TokenSettings } from "./token.ts";
import {
  changeToken,
  createToken,
  removeToken,
  resetToken,
  settingsOf,
  stepsOf,
} from "./token-changes.ts";

const path = "/api/v2/tokens";
const ofToken = z.object({ id: z.string() });
const tags = ["Access tokens"];
/** Whose token it is decides what policies call it. */
const access = { inHandler: "a token is its member's or a service's", resource: "service-token/*" };
/** Stands for the owner where no person made the token. */
const nobody = "0".repeat(24);

export interface TokenParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** What scripts present themselves with. */
export const tokenRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
  const itself = { access: { anyoneKnown: "it says who the caller is" } };
  app.get(
    "/api/v2/caller-identity",
    { config: itself, schema: { summary: "Say who is asking", tags: ["Other"] } },
    async ({ principal }) => identityOf(principal),
  );
};

const readingRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, { db }) => {
  const querystring = z.object({ ...pageQuery, showAll: z.stringbool().optional() });
  app.get(
    path,
    {
      config: { access: { anyoneKnown: "the list holds what the caller may see" } },
      schema: { summary: "List access tokens", tags, querystring },
    },
    async ({ query, url, principal, access: caller }) => {
      const seesAll = query.showAll !== false && (await caller.permits("viewAccessTokens", all));
      const tokens = (await listTokens(db)).filter((one) => seesAll || isOwn(one, principal));
      const page = pageOf(tokens, query);
      const items = await Promise.all(page.items.map((one) => tokenRepresentation(db, one)));
      return pagedList(url, { ...page, items }, query);
    },
  );

  app.get(
    `${path}/:id`,
    { config: { access }, schema: { summary: "Get an access token", tags, params: ofToken } },
    async ({ params, principal, access: caller }) => {
      const token = await getToken(db, params.id);
      if (!isOwn(token, principal)) await caller.require("viewAccessTokens", ...stepsOf(token));
      return tokenRepresentation(db, token);
    },
  );
};

const all = ["service-token", "*"] as const;

const writingRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, { db, changes }) => {
  app.post(
    path,
    { config: { access }, schema: { summary: "Create an access token", tags, body: NewToken } },
    async ({ body, actor, principal, access: caller }, reply) => {
      const { memberId } = principal;
      // Where no person asks there is nobody whose personal token it could be.
      const input = { ...body, serviceToken: body.serviceToken || memberId === undefined };
      await caller.require("createAccessToken", ...placeOf(input.serviceToken, memberId));
      const { token, secret } = await changes.write(actor, (tx, record) =>
        createToken(tx, record, { input, by: principal, at: changes.now }),
      );
      return reply.code(201).send(await tokenRepresentation(db, token, secret));
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { access },
      schema: { summary: "Change an access token", tags, params: ofToken, body: z.unknown() },
    },
    async ({ params, body, actor, principal, access: caller }) => {
      const patch = parsePatch(body);
      if (patch.kind === "semantic") {
        throw new DomainError(
          "invalid_request",
          "a token knows no instructions; send a JSON Patch",
        );
      }
      const stored = await changes.write(actor, async (tx, record) => {
        const before = await getToken(tx, params.id);
        const was = settingsOf(before);
        const after = readSettings(applyToRepresentation(was, patch));
        const changed = changedMembers(was, after);
        await requireEach(caller.within(tx), actionOn, { changed, steps: stepsOf(before) });
        if (changed.length === 0) return before;
        return changeToken(tx, record, { before, after, by: principal, at: changes.now });
      });
      return tokenRepresentation(db, stored);
    },
  );

  await app.register(endingRoutes, { db, changes });
};

const endingRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, { db, changes }) => {
  const Expiry = z.object({ expiry: z.coerce.number().int().min(0).optional() });
  app.post(
    `${path}/:id/reset`,
    {
      config: { access },
      schema: {
        summary: "Give an access token a new secret",
        tags,
        params: ofToken,
        querystring: Expiry,
      },
    },
    async ({ params, query: { expiry }, actor, access: caller }) => {
      const { token, secret } = await changes.write(actor, async (tx, record) => {
        const found = await getToken(tx, params.id);
        await caller.within(tx).require("resetAccessToken", ...stepsOf(found));
        return resetToken(tx, record, { token: found, expiry, at: changes.now });
      });
      return tokenRepresentation(db, token, secret);
    },
  );

  app.delete(
    `${path}/:id`,
    { config: { access }, schema: { summary: "Delete an access token", tags, params: ofToken } },
    async ({ params, actor, access: caller }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const token = await getToken(tx, params.id);
        await caller.within(tx).require("deleteAccessToken", ...stepsOf(token));
        await removeToken(tx, record, token);
      });
      return reply.code(204).send();
    },
  );
};

const actionOn: Readonly<Record<string, string>> = {
  name: "updateAccessTokenName",
  description: "updateAccessTokenDescription",
  role: "updateAccessTokenPolicy",
  customRoleIds: "updateAccessTokenPolicy",
  inlineRole: "updateAccessTokenPolicy",
  defaultApiVersion: "updateAccessTokenName",
};

function placeOf(isService: boolean, memberId = ""): readonly (readonly [string, string])[] {
  return isService
    ? [["service-token", "*"]]
    : [
        ["member", memberId],
        ["token", "*"],
      ];
}

function isOwn({ member_id, service }: Token, { memberId }: Principal): boolean {
  return service === 0 && member_id !== null && member_id === memberId;
}

function readSettings(input: unknown): TokenSettings {
  const parsed = z.strictObject(TokenSettings.shape).safeParse(input);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw new DomainError(
    "invalid_request",
    `the token would be wrong at ${problem?.path.join("/")}: ${problem?.message}`,
  );
}

/** The secret is shown once, when it is made; later only its end. */
async function tokenRepresentation(db: Db, token: Token, secret?: string): Promise<object> {
  const owner = token.member_id ?? nobody;
  const member = token.member_id === null ? undefined : await findMember(db, token.member_id);
  return {
    _id: token.id,
    ownerId: owner,
    memberId: owner,
    ...(member === undefined ? {} : { _member: memberSummary(member) }),
    ...settingsOf(token),
    token: secret ?? `${"*".repeat(8)}${token.ending}`,
    serviceToken: token.service === 1,
    creationDate: token.created_at,
    lastModified: token.updated_at,
    lastUsed: token.last_used_at,
    ...(token.expires_at === null ? {} : { expiresAt: token.expires_at }),
    _links: { parent: linkTo(path), self: linkTo(`${path}/${token.id}`) },
  };
}

function identityOf({ actor, memberId }: Principal): object {
  const { kind, id, name } = actor;
  if (kind !== "token") return { authKind: "session", memberId: id };
  return {
    authKind: "token",
    tokenKind: "auth",
    tokenName: name,
    tokenId: id,
    ...(memberId === undefined ? {} : { memberId }),
  };
}
