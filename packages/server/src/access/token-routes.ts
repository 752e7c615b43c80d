import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Changes } from "../changes/changes.ts";
import type { Actor } from "../changes/feed.ts";
import { newId, newKey } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { collection } from "../projects/project-representation.ts";
import type { Db } from "../storage/database.ts";
import { deleteToken, insertToken, listTokens, type Token } from "./access-queries.ts";
import { hashSecret } from "./password.ts";

const TokenBody = z.object({
  name: z.string().trim().min(1, "give a name that says what the token is for").max(256),
  role: z.enum(["reader", "writer", "admin"]).default("reader"),
  serviceToken: z.boolean().default(false),
});
const path = "/api/v2/tokens";
/** Stands for the owner where no person made the token. */
const nobody = "0".repeat(24);

export const tokenRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(path, { config: { access: accessTo("viewAccessTokens") } }, async () => {
    const tokens = await listTokens(db);
    return collection(
      path,
      tokens.map((token) => tokenRepresentation(token)),
    );
  });

  app.post(
    path,
    { config: { access: accessTo("createAccessToken") }, schema: { body: TokenBody } },
    async ({ body, actor }, reply) => {
      const secret = newKey("api");
      const token: Token = {
        id: newId(),
        hash: hashSecret(secret),
        name: body.name,
        role: body.role,
        member_id: actor.kind === "member" ? actor.id : null,
        created_at: changes.now,
        ending: secret.slice(-4),
        service: body.serviceToken ? 1 : 0,
      };
      await changes.write(actor, (tx) => insertToken(tx, token));
      return reply.code(201).send(tokenRepresentation(token, secret));
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { access: accessTo("deleteAccessToken", "{id}") },
      schema: { params: z.object({ id: z.string() }) },
    },
    async ({ params, actor }, reply) => {
      const isGone = await changes.write(actor, (tx) => deleteToken(tx, params.id));
      if (!isGone) throw new DomainError("not_found", `no access token "${params.id}"`);
      return reply.code(204).send();
    },
  );

  const itself = { access: { anyoneKnown: "it says who the caller is" } };
  app.get("/api/v2/caller-identity", { config: itself }, async ({ actor }) => identityOf(actor));
};

function accessTo(action: string, id = "*") {
  return { action, resource: `service-token/${id}` };
}

/** The secret is shown once, when it is made; later only its end. */
function tokenRepresentation(token: Token, secret?: string): object {
  const owner = token.member_id ?? nobody;
  return {
    _id: token.id,
    ownerId: owner,
    memberId: owner,
    name: token.name,
    role: token.role,
    token: secret ?? `${"*".repeat(8)}${token.ending}`,
    serviceToken: token.service === 1,
    creationDate: token.created_at,
    lastModified: token.created_at,
    _links: {
      parent: { href: path, type: "application/json" },
      self: { href: `${path}/${token.id}`, type: "application/json" },
    },
  };
}

function identityOf({ kind, id, name }: Actor): object {
  return kind === "token"
    ? { authKind: "token", tokenKind: "auth", tokenName: name, tokenId: id }
    : { authKind: "session", memberId: id };
}
