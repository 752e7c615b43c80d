import { configurationIn, type FlagInstruction } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { changeFlag, decideFlag } from "../flags/flag-changes.ts";
import { getFlag, listFlags, type StoredFlag } from "../flags/flag-queries.ts";
import { Link, linkTo } from "../http/paging.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";

const ofUser = z.object({
  projectKey: z.string(),
  userKey: z.string(),
  environmentKey: z.string(),
});
type OfUser = z.infer<typeof ofUser>;
const path = "/api/v2/users/:projectKey/:userKey/expiring-user-targets/:environmentKey";
const tags = ["User settings"];

const Body = z.object({
  comment: z.string().optional(),
  instructions: z
    .array(
      z.object({
        kind: z.enum([
          "addExpireUserTargetDate",
          "updateExpireUserTargetDate",
          "removeExpireUserTargetDate",
        ]),
        flagKey: z.string(),
        variationId: z.string(),
        value: z.int().min(0).optional(),
        version: z.int().optional(),
      }),
    )
    .min(1),
});
type Instruction = z.infer<typeof Body>["instructions"][number];

const list = {
  items: z.array(
    z.object({
      _id: z.string(),
      _version: z.int(),
      expirationDate: z.int().describe("Unix milliseconds."),
      userKey: z.string(),
      variationId: z.string(),
      _resourceId: z.object({
        kind: z.string(),
        projectKey: z.string(),
        environmentKey: z.string(),
        flagKey: z.string(),
        key: z.string(),
      }),
    }),
  ),
  _links: z.object({ self: Link }),
};
const counts = {
  totalInstructions: z.int(),
  successfulInstructions: z.int(),
  failedInstructions: z.int(),
};

/** When flags stop giving a user something by name. */
export const userExpiringTargetRoutes: FastifyPluginAsyncZod<{
  db: Db;
  changes: Changes;
}> = async (app, { db, changes }) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getExpiringFlagsForUser",
        summary: "List when flags stop targeting a user",
        tags,
        params: ofUser,
        response: { 200: z.object(list) },
      },
    },
    async ({ params }) => expiriesOf(db, params),
  );

  app.patch(
    path,
    {
      config: {
        access: {
          inHandler: "each flag is asked for by itself",
          resource: "proj/{projectKey}:env/{environmentKey}",
        },
      },
      schema: {
        operationId: "patchExpiringFlagsForUser",
        summary: "Say when flags stop targeting a user",
        description: "All instructions are done, in all flags, or none.",
        tags,
        params: ofUser,
        body: Body,
        response: { 200: z.object({ ...list, ...counts }) },
      },
    },
    async ({ params, body: { instructions, comment }, principal, access }) => {
      const { projectKey, environmentKey, userKey } = params;
      const { project } = await getEnvironment(db, projectKey, environmentKey);
      await changes.write(principal, async (tx, record) => {
        for (const [index, instruction] of instructions.entries()) {
          const { flagKey } = instruction;
          await access
            .within(tx)
            .require(
              "updateExpiringTargets",
              ["proj", projectKey],
              ["env", environmentKey],
              ["flag", flagKey],
            );
          const found = await getFlag(tx, project, flagKey);
          refuseOtherVersion(instruction, found);
          const { state: before } = found;
          const patch = {
            instructions: [flagInstruction(instruction, userKey, index)],
            environmentKey,
            comment,
          };
          const after = await decideFlag(tx, project, before, patch);
          if (after === before) continue;
          await changeFlag(tx, record, { project, before, after, patch, at: changes.now });
        }
      });
      const { length } = instructions;
      return {
        ...(await expiriesOf(db, params)),
        totalInstructions: length,
        successfulInstructions: length,
        failedInstructions: 0,
      };
    },
  );
};

function flagInstruction(
  { kind, flagKey, variationId, value }: Instruction,
  userKey: string,
  index: number,
): FlagInstruction {
  const named = { contextKind: "user", contextKey: userKey, variationId };
  if (kind === "removeExpireUserTargetDate") return { kind: "removeExpiringTarget", ...named };
  if (value === undefined) {
    throw new DomainError(
      "invalid_request",
      `instruction ${index} (${kind}) on flag "${flagKey}": value is missing; give the time in Unix milliseconds`,
    );
  }
  return kind === "addExpireUserTargetDate"
    ? { kind: "addExpiringTarget", ...named, value }
    : { kind: "updateExpiringTarget", ...named, value };
}

function refuseOtherVersion(
  { version: wanted }: Instruction,
  { state, version }: StoredFlag,
): void {
  if (wanted === undefined || wanted === version) return;
  throw new DomainError(
    "optimistic_locking_error",
    `flag "${state.key}" is at version ${version} and not ${wanted}; read it again and decide anew`,
  );
}

async function expiriesOf(db: Db, { projectKey, environmentKey, userKey }: OfUser) {
  const { project } = await getEnvironment(db, projectKey, environmentKey);
  const items = (await listFlags(db, project.id)).flatMap(({ state, version }) =>
    (configurationIn(state, environmentKey)?.expiringTargets ?? [])
      .filter(({ contextKind, contextKey }) => contextKind === "user" && contextKey === userKey)
      .map(({ variationId, expiresAt }) => ({
        _id: `${state.key}/${variationId}/${userKey}`,
        _version: version,
        expirationDate: expiresAt,
        userKey,
        variationId,
        _resourceId: {
          kind: "flag",
          projectKey,
          environmentKey,
          flagKey: state.key,
          key: state.key,
        },
      })),
  );
  const user = encodeURIComponent(userKey);
  const href = `/api/v2/users/${projectKey}/${user}/expiring-user-targets/${environmentKey}`;
  return { items, _links: { self: linkTo(href) } };
}
