import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { listOf, pagedList, pageOf, pageQuery } from "../http/paging.ts";
import { applyToRepresentation, changedMembers, PatchBody, parsePatch } from "../http/patch.ts";
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
import {
  tokensPath as path,
  TokenRepresentation,
  tokenRepresentation,
} from "./token-representation.ts";

const ofToken = z.object({ id: z.string() });
const tags = ["Access tokens"];
/** Whose token it is decides what policies call it. */
const access = { inHandler: "a token is its member's or a service's", resource: "service-token/*" };

export interface TokenParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** What scripts present themselves with. */
export const tokenRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<TokenParts> = async (app, { db }) => {
  const querystring = z.object({ ...pageQuery, showAll: z.stringbool().optional() });
  app.get(
    path,
    {
      config: { access: { anyoneKnown: "the list holds what the caller may see" } },
      schema: {
        operationId: "getTokens",
        summary: "List access tokens",
        tags,
        querystring,
        response: { 200: listOf(TokenRepresentation) },
      },
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
    {
      config: { access },
      schema: {
        operationId: "getToken",
        summary: "Get an access token",
        tags,
        params: ofToken,
        response: { 200: TokenRepresentation },
      },
    },
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
    {
      config: { access },
      schema: {
        operationId: "postToken",
        summary: "Create an access token",
        description: "The answer holds the secret, this once.",
        tags,
        body: NewToken,
        response: { 201: TokenRepresentation },
      },
    },
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
      schema: {
        operationId: "patchToken",
        summary: "Change an access token",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: ofToken,
        body: PatchBody,
        response: { 200: TokenRepresentation },
      },
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
        operationId: "resetToken",
        summary: "Give an access token a new secret",
        tags,
        params: ofToken,
        querystring: Expiry,
        response: { 200: TokenRepresentation },
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
    {
      config: { access },
      schema: {
        operationId: "deleteToken",
        summary: "Delete an access token",
        tags,
        params: ofToken,
        response: { 204: noContent },
      },
    },
    async ({ params, actor, access: caller }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const token = await getToken(tx, params.id);
        await caller.within(tx).require("deleteAccessToken", ...stepsOf(token));
        await removeToken(tx, record, token);
      });
      return reply.code(204).send(null);
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
