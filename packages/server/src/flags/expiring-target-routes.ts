import { configurationIn } from "@halyard/instructions";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { viewProject } from "../access/route-access.ts";
import type { Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { parsePatch } from "../http/patch.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { changeFlag, decideFlag } from "./flag-changes.ts";
import { parseFlagInstructions } from "./flag-patch.ts";
import { getFlag, type StoredFlag } from "./flag-queries.ts";

const ofFlag = z.object({
  projectKey: z.string(),
  flagKey: z.string(),
  environmentKey: z.string(),
});
const path = "/api/v2/flags/:projectKey/:flagKey/expiring-targets/:environmentKey";
const updating = {
  action: "updateExpiringTargets",
  resource: "proj/{projectKey}:env/{environmentKey}:flag/{flagKey}",
};
const tags = ["Feature flags"];
const expiryKinds = ["addExpiringTarget", "updateExpiringTarget", "removeExpiringTarget"];

/** When targets of a flag end by themselves. */
export const expiringTargetRoutes: FastifyPluginAsyncZod<{ db: Db; changes: Changes }> = async (
  app,
  { db, changes },
) => {
  app.get(
    path,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getExpiringContextTargets",
        summary: "List when targets of a flag end",
        tags,
        params: ofFlag,
      },
    },
    async ({ params }) => {
      const { project } = await getEnvironment(db, params.projectKey, params.environmentKey);
      return expiringTargetsRepresentation(await getFlag(db, project, params.flagKey), params);
    },
  );

  app.patch(
    path,
    {
      config: { access: updating },
      schema: {
        operationId: "patchExpiringTargets",
        summary: "Say when targets of a flag end",
        tags,
        params: ofFlag,
      },
    },
    async ({ params, body, principal, headers }) => {
      const { environmentKey } = params;
      const semantic = parsePatch(body, headers["content-type"]);
      if (semantic.kind !== "semantic") {
        throw new DomainError(
          "invalid_request",
          `expiring targets take instructions alone; send {"instructions": [{"kind": "addExpiringTarget", …}]}`,
        );
      }
      const { comment } = semantic;
      const patch = { instructions: parseFlagInstructions(semantic), comment, environmentKey };
      const other = patch.instructions.find(({ kind }) => !expiryKinds.includes(kind));
      if (other !== undefined) {
        throw new DomainError(
          "invalid_request",
          `${other.kind} is not about expiring targets; use ${expiryKinds.join(", ")}, or patch the flag itself`,
        );
      }
      const { project } = await getEnvironment(db, params.projectKey, environmentKey);
      const stored = await changes.write(principal, async (tx, record) => {
        const found = await getFlag(tx, project, params.flagKey);
        const before = found.state;
        const after = await decideFlag(tx, project, before, patch);
        if (after === before) return found;
        return changeFlag(tx, record, { project, before, after, patch, at: changes.now });
      });
      return expiringTargetsRepresentation(stored, params);
    },
  );
};

function expiringTargetsRepresentation(
  { state, version }: StoredFlag,
  { projectKey, environmentKey }: z.infer<typeof ofFlag>,
): object {
  const targets = configurationIn(state, environmentKey)?.expiringTargets ?? [];
  const href = `/api/v2/flags/${projectKey}/${state.key}/expiring-targets/${environmentKey}`;
  return {
    items: targets.map(({ contextKind, contextKey, variationId, expiresAt }) => ({
      _id: `${variationId}/${contextKind}/${contextKey}`,
      _version: version,
      expirationDate: expiresAt,
      contextKind,
      contextKey,
      variationId,
      _resourceId: {
        environmentKey,
        flagKey: state.key,
        key: state.key,
        kind: "flag",
        projectKey,
      },
    })),
    _links: { self: { href, type: "application/json" } },
  };
}
