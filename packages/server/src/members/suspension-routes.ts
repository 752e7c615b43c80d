import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { noContent } from "../http/open-api.ts";
import { type MemberParts, setMemberActive } from "./member-changes.ts";
import { getMember } from "./member-queries.ts";
import { membersPath } from "./member-representation.ts";

const path = `${membersPath}/:id/suspension`;
const params = z.object({ id: z.string() });
const config = { access: { action: "updateMemberActive", resource: "member/{id}" } };
const tags = ["Account members"];

/** Letting a member in no more for a while: roles and teams stay. */
export const suspensionRoutes: FastifyPluginAsyncZod<MemberParts> = async (app, { changes }) => {
  app.put(
    path,
    {
      config,
      schema: {
        operationId: "putMemberSuspension",
        summary: "Suspend a member",
        description: "All sessions end, and personal tokens are worth nothing until it is lifted.",
        tags,
        params,
        response: { 204: noContent },
      },
    },
    async ({ params: { id }, actor, principal }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, id);
        if (member.id === principal.memberId) {
          throw new DomainError("conflict", "you cannot suspend yourself; ask another admin");
        }
        await setMemberActive(tx, record, { member, isActive: false, by: principal });
      });
      return reply.code(204).send(null);
    },
  );

  app.delete(
    path,
    {
      config,
      schema: {
        operationId: "deleteMemberSuspension",
        summary: "Let a suspended member in again",
        tags,
        params,
        response: { 204: noContent },
      },
    },
    async ({ params: { id }, actor, principal }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const member = await getMember(tx, id);
        await setMemberActive(tx, record, { member, isActive: true, by: principal });
      });
      return reply.code(204).send(null);
    },
  );
};
