import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { deleteSecondFactor } from "../access/second-factor-queries.ts";
import { deleteSessionsOf } from "../access/session-queries.ts";
import { noContent } from "../http/open-api.ts";
import {
  type MemberParts,
  newPasswordLink,
  recordSecondFactor,
  refuseOwnerByOthers,
} from "./member-changes.ts";
import { getMember } from "./member-queries.ts";
import { membersPath } from "./member-representation.ts";

const ofMember = z.object({ id: z.string() });
const tags = ["Account members"];
const PasswordLink = z.object({
  link: z
    .string()
    .describe("The path of the link; it holds for a day, once, and is shown this once."),
});

/** How an admin helps somebody who has lost the password or the second factor. */
export const credentialRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { changes }) => {
  app.post(
    `${membersPath}/:id/password-link`,
    {
      config: { access: { action: "resetMemberPassword", resource: "member/{id}" } },
      schema: {
        operationId: "postMemberPasswordLink",
        summary: "Make a link by which a member chooses a new password",
        tags,
        params: ofMember,
        response: { 201: PasswordLink },
      },
    },
    async ({ params, actor, principal }, reply) => {
      const secret = await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, params.id);
        return newPasswordLink(tx, record, { member, by: principal, at: changes.now });
      });
      return reply.code(201).send({ link: `/invite/${secret}` });
    },
  );

  app.delete(
    `${membersPath}/:id/mfa`,
    {
      config: { access: { action: "resetMemberMfa", resource: "member/{id}" } },
      schema: {
        operationId: "deleteMemberMfa",
        summary: "Take the second factor of a member away",
        description: "For who has lost the device and the recovery codes; all sessions end.",
        tags,
        params: ofMember,
        response: { 204: noContent },
      },
    },
    async ({ params, actor, principal }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, params.id);
        refuseOwnerByOthers(principal, member.role);
        await recordSecondFactor(tx, record, { member, instruction: "resetMemberMfa" });
        await deleteSecondFactor(tx, member.id);
        await deleteSessionsOf(tx, member.id);
      });
      return reply.code(204).send(null);
    },
  );
};
