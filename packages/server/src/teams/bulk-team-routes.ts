import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { eachInstructionOn } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { findMemberByEmail } from "../members/member-queries.ts";
import { instructTeam } from "./team-changes.ts";
import { getTeam } from "./team-queries.ts";
import { teamsPath } from "./team-representation.ts";

const tags = ["Teams"];

interface BulkTeamParts {
  readonly changes: Changes;
}

const BulkEdit = z
  .object({
    memberIDs: z.array(z.string()),
    teamKeys: z.array(z.string()),
    errors: z.array(z.record(z.string(), z.string())),
  })
  .meta({ id: "BulkEditTeamsRep" });

/** What can be done to several teams at once, besides what can be done to one. */
const TeamsInstruction = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("addMembersToTeams"),
    memberIDs: z.array(z.string()).min(1),
    teamKeys: z.array(z.string()).min(1),
  }),
]);

/** What is done to several teams, and with several members at once. */
export const bulkTeamRoutes: FastifyPluginAsyncZod<BulkTeamParts> = async (app, { changes }) => {
  const InstructionsBody = z.object({
    comment: z.string().optional(),
    instructions: z.array(TeamsInstruction).min(1),
  });
  app.patch(
    teamsPath,
    {
      config: { access: eachInstructionOn("team/*") },
      schema: {
        operationId: "patchTeams",
        summary: "Put members into several teams",
        tags,
        body: InstructionsBody,
        response: { 200: BulkEdit },
      },
    },
    async ({ body: { instructions, comment }, actor, access }) => {
      const keys = [...new Set(instructions.flatMap(({ teamKeys }) => teamKeys))];
      for (const key of keys) await access.require("updateTeamMembers", ["team", key]);
      await changes.write(actor, async (tx, record) => {
        for (const { teamKeys, memberIDs } of instructions) {
          for (const key of teamKeys) {
            const team = await getTeam(tx, key);
            const adding = { kind: "addMembers", values: memberIDs } as const;
            const at = changes.now;
            await instructTeam(tx, record, { team, instructions: [adding], comment, at });
          }
        }
      });
      const memberIDs = [...new Set(instructions.flatMap((one) => one.memberIDs))];
      return { memberIDs, teamKeys: keys, errors: [] };
    },
  );

  await app.register(uploadRoutes, { changes });
};

const TeamImport = z
  .object({
    items: z.array(
      z
        .object({
          status: z.enum(["success", "error"]),
          value: z.string().describe("The line's email address."),
          message: z.string().optional(),
        })
        .meta({ id: "MemberImportItem" }),
    ),
  })
  .meta({ id: "TeamImportsRep" });

const uploadRoutes: FastifyPluginAsyncZod<BulkTeamParts> = async (app, { changes }) => {
  const asBuffer = { parseAs: "buffer" } as const;
  app.addContentTypeParser("text/csv", asBuffer, async (_: unknown, body: Buffer) =>
    body.toString("utf8"),
  );
  app.addContentTypeParser(
    "multipart/form-data",
    asBuffer,
    async (request: FastifyRequest, body: Buffer) =>
      fileIn(body, request.headers["content-type"] ?? ""),
  );
  app.post(
    `${teamsPath}/:teamKey/members`,
    {
      config: { access: { action: "updateTeamMembers", resource: "team/{teamKey}" } },
      schema: {
        operationId: "postTeamMembers",
        summary: "Put the members of a CSV file into a team",
        description:
          "A form with the part `file`, or the file itself as text/csv: an email address in the first column of each line. Where a line is not of a member, the others are taken, and the status is 207.",
        tags,
        params: z.object({ teamKey: z.string() }),
        consumes: ["multipart/form-data", "text/csv"],
        response: { 201: TeamImport, 207: TeamImport },
      },
    },
    async ({ params, body, actor }, reply) => {
      const emails = emailsIn(typeof body === "string" ? body : "");
      const items = await changes.write(actor, async (tx, record) => {
        const team = await getTeam(tx, params.teamKey);
        const values: string[] = [];
        const answered: z.infer<typeof TeamImport>["items"] = [];
        for (const value of emails) {
          const member = await findMemberByEmail(tx, value);
          if (member === undefined) {
            const message = "no member has the address; invite it first";
            answered.push({ status: "error", value, message });
          } else {
            values.push(member.id);
            answered.push({ status: "success", value });
          }
        }
        const instructions = [{ kind: "addMembers", values } as const];
        if (values.length > 0)
          await instructTeam(tx, record, { team, instructions, at: changes.now });
        return answered;
      });
      const isWhole = items.every(({ status }) => status === "success");
      return reply.code(isWhole ? 201 : 207).send({ items });
    },
  );
};

async function fileIn(body: Buffer, contentType: string): Promise<string> {
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": contentType },
  })
    .formData()
    .catch((cause: unknown) => {
      throw new DomainError("invalid_request", "the form cannot be read; send one part, file", {
        cause,
      });
    });
  const file = form.get("file");
  if (file !== null) return typeof file === "string" ? file : file.text();
  throw new DomainError("invalid_request", "the form has no part called file; add the CSV file");
}

/** The first column of each line; a line of titles is passed over. */
function emailsIn(csv: string): readonly string[] {
  const emails = csv
    .replace(/^\uFEFF/u, "")
    .split(/\r?\n/u)
    .map((line) => (line.split(/[,;]/u)[0] ?? "").trim().replaceAll(/^"|"$/gu, ""))
    .filter((email) => email !== "" && !/^e-?mail/iu.test(email));
  if (emails.length > 0) return emails;
  throw new DomainError(
    "invalid_request",
    "the file holds no line; give an email address in the first column of each",
  );
}
