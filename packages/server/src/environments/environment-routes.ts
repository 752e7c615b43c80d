import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Principal } from "../access/principal.ts";
import { eachInstructionOn, requireEach, viewProject } from "../access/route-access.ts";
import { ApprovalSettings } from "../approvals/approval-settings.ts";
import { changeApprovalSettings } from "../approvals/approval-settings-changes.ts";
import type { Change, Changes } from "../changes/changes.ts";
import type { Actor, Feed } from "../changes/feed.ts";
import { connectionsRepresentation } from "../delivery/connections.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { DomainError } from "../errors.ts";
import { refuseStale } from "../http/etag.ts";
import { noContent } from "../http/open-api.ts";
import { wholeList } from "../http/paging.ts";
import {
  applyToRepresentation,
  changedMembers,
  type Patch,
  PatchBody,
  parsePatch,
} from "../http/patch.ts";
import { getEnvironment } from "../projects/project-queries.ts";
import {
  EnvironmentRepresentation,
  environmentRepresentation,
} from "../projects/project-representation.ts";
import type { Db, Tx } from "../storage/database.ts";
import { newKey } from "./environment-key.ts";
import {
  deleteKey,
  type Environment,
  type EnvironmentKey,
  insertKey,
  listKeys,
  updateEnvironment,
} from "./environment-queries.ts";

const ofEnvironment = z.object({ projectKey: z.string(), environmentKey: z.string() });
const tags = ["Environments"];
const path = "/api/v2/projects/:projectKey/environments/:environmentKey";

/** What a patch may make of the representation; a member that is not here is not for clients to set. */
const Settable = z.object({
  name: z.string().min(1),
  color: z.string(),
  secureMode: z.boolean(),
  critical: z.boolean(),
  confirmChanges: z.boolean(),
  approvalSettings: ApprovalSettings,
});

const oneEnvironment = "proj/{projectKey}:env/{environmentKey}";
const changingKeys = { action: "updateApiKey", resource: oneEnvironment };
/** What policies call the change of a member. */
const actionOn: Readonly<Record<keyof Settings, string>> = {
  name: "updateName",
  color: "updateColor",
  secureMode: "updateSecureMode",
  critical: "updateCritical",
  confirmChanges: "updateConfirmChanges",
  approvalSettings: "updateApprovalSettings",
};

export interface EnvironmentParts {
  readonly db: Db;
  readonly changes: Changes;
  readonly feed: Feed;
  readonly delivery: Delivery;
}

/** What an environment is called, who may connect to it, and who is. */
export const environmentRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  app.patch(
    path,
    {
      config: { access: eachInstructionOn(oneEnvironment) },
      schema: {
        operationId: "patchEnvironment",
        summary: "Change an environment",
        description: "Takes a JSON Patch or a merge patch.",
        tags,
        params: ofEnvironment,
        body: PatchBody,
        response: { 200: EnvironmentRepresentation },
      },
    },
    async (request) => {
      const { params, body, headers, principal, access } = request;
      const patch = parsePatch(body, headers["content-type"]);
      const changed = await changeEnvironment(
        parts,
        params,
        principal,
        async (tx, found, record) => {
          const representation = environmentRepresentation(found, params.projectKey);
          await refuseStale(request, () => representation);
          const { members: changed, wanted } = patchedSettings(representation, patch);
          const steps = [
            ["proj", params.projectKey],
            ["env", found.key],
          ] as const;
          await requireEach(access.within(tx), actionOn, { changed, steps });
          const asked = { projectKey: params.projectKey, found, wanted };
          const before = changed.includes("approvalSettings")
            ? await withApprovalSettings(tx, record, asked)
            : found;
          const members = changed.filter((member) => member !== "approvalSettings");
          if (members.length === 0) return { environment: before, instructions: [], words: [] };
          return {
            environment: await updateEnvironment(tx, { ...before, ...columnsOf(members, wanted) }),
            instructions: members.map((member) => ({
              kind: "update",
              member,
              value: wanted[member],
            })),
            words: members.map((member) => `Change ${member} of the environment`),
          };
        },
      );
      return environmentRepresentation(changed, params.projectKey);
    },
  );

  await app.register(connectionRoutes, parts);
  await app.register(resetRoutes, parts);
  await app.register(keyRoutes, parts);
};

const connectionRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { db, changes, delivery } = parts;
  app.get(
    `${path}/connections`,
    {
      config: { access: viewProject },
      schema: {
        operationId: "getConnections",
        summary: "Show which SDKs are connected",
        tags,
        params: ofEnvironment,
      },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const snapshot = await delivery.snapshot(environment.id);
      const streams = await delivery.streams(environment.id);
      return connectionsRepresentation(snapshot, streams, changes.now);
    },
  );
};

/** New keys in the place of the environment's own two; the former ones may hold on for a while. */
const resetRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { changes, feed } = parts;
  const Expiry = z.object({ expiry: z.coerce.number().int().min(0).optional() });

  const apiKey = { operationId: "resetEnvironmentSDKKey", summary: "Make a new SDK key" };
  const mobileKey = { operationId: "resetEnvironmentMobileKey", summary: "Make a new mobile key" };
  for (const { name, kind, action, operationId, summary } of [
    { name: "apiKey", kind: "sdk", action: "updateApiKey", ...apiKey },
    { name: "mobileKey", kind: "mobile", action: "updateMobileKey", ...mobileKey },
  ] as const) {
    app.post(
      `${path}/${name}`,
      {
        config: { access: { action, resource: oneEnvironment } },
        schema: {
          operationId,
          summary,
          tags,
          params: ofEnvironment,
          querystring: Expiry,
          response: { 200: EnvironmentRepresentation },
        },
      },
      async ({ params, query, actor }) => {
        const column = kind === "sdk" ? "sdk_key" : "mobile_key";
        let former = "";
        const environment = await changeEnvironment(parts, params, actor, async (tx, before) => {
          former = before[column];
          if (query.expiry !== undefined && query.expiry > changes.now) {
            const grace = { name: "former key", expires_at: query.expiry };
            await insertKey(tx, keyOf(before, { kind, secret: former, ...grace }, changes.now));
          }
          const secret = newKey(kind === "sdk" ? "sdk" : "mob");
          return {
            environment: await updateEnvironment(tx, { ...before, [column]: secret }),
            instructions: [{ kind: "resetKey", value: kind }],
            words: [summary],
          };
        });
        feed.publishKeyEnd({ secret: former, at: query.expiry ?? changes.now });
        return environmentRepresentation(environment, params.projectKey);
      },
    );
  }
};

const KeyBody = z.object({
  kind: z.enum(["sdk", "mobile"]),
  name: z.string().trim().min(1),
  expiresAt: z.int().min(0).optional(),
});

/** Further keys beside the environment's own two. */
const keyRoutes: FastifyPluginAsyncZod<EnvironmentParts> = async (app, parts) => {
  const { db, changes, feed } = parts;
  app.get(
    `${path}/keys`,
    {
      config: { access: { action: "viewKeys", resource: oneEnvironment } },
      schema: {
        operationId: "getEnvironmentKeys",
        summary: "List the further keys of an environment",
        tags,
        params: ofEnvironment,
      },
    },
    async ({ params: { projectKey, environmentKey } }) => {
      const { environment } = await getEnvironment(db, projectKey, environmentKey);
      const keys = await listKeys(db, environment.id);
      const href = `/api/v2/projects/${projectKey}/environments/${environmentKey}/keys`;
      return wholeList(href, keys.map(keyRepresentation));
    },
  );

  app.post(
    `${path}/keys`,
    {
      config: { access: changingKeys },
      schema: {
        operationId: "postEnvironmentKey",
        summary: "Make a further key",
        tags,
        params: ofEnvironment,
        body: KeyBody,
      },
    },
    async ({ params, body, actor }, reply) => {
      const secret = newKey(body.kind === "sdk" ? "sdk" : "mob");
      const made = { ...body, secret, expires_at: body.expiresAt ?? null };
      let key: EnvironmentKey | undefined;
      await changeEnvironment(parts, params, actor, async (tx, before) => {
        key = keyOf(before, made, changes.now);
        await insertKey(tx, key);
        return {
          environment: before,
          instructions: [{ kind: "addKey", value: body.name }],
          words: [`Make the key "${body.name}"`],
        };
      });
      return reply.code(201).send(key && keyRepresentation(key));
    },
  );

  app.delete(
    `${path}/keys/:secret`,
    {
      config: { access: changingKeys },
      schema: {
        operationId: "deleteEnvironmentKey",
        summary: "Revoke a further key",
        tags,
        params: ofEnvironment.extend({ secret: z.string() }),
        response: { 204: noContent },
      },
    },
    async ({ params, actor }, reply) => {
      await changeEnvironment(parts, params, actor, async (tx, before) => {
        if (!(await deleteKey(tx, before.id, params.secret)))
          throw new DomainError("not_found", "the environment has no further key like that");
        return {
          environment: before,
          instructions: [{ kind: "removeKey" }],
          words: ["Revoke a key"],
        };
      });
      feed.publishKeyEnd({ secret: params.secret, at: changes.now });
      return reply.code(204).send(null);
    },
  );
};

interface EnvironmentChangeOf {
  readonly environment: Environment;
  readonly instructions: readonly object[];
  readonly words: readonly string[];
}

/** Records what `act` makes of an environment; without instructions there is nothing to record. */
async function changeEnvironment(
  { changes }: EnvironmentParts,
  { projectKey, environmentKey }: z.infer<typeof ofEnvironment>,
  author: Actor | Principal,
  act: (
    tx: Tx,
    before: Environment,
    record: (change: Change) => Promise<void>,
  ) => Promise<EnvironmentChangeOf>,
): Promise<Environment> {
  return changes.write(author, async (tx, record) => {
    const { project, environment } = await getEnvironment(tx, projectKey, environmentKey);
    const change = await act(tx, environment, record);
    if (change.instructions.length === 0) return change.environment;
    const { instructions, words } = change;
    await record({
      projectId: project.id,
      kind: "environment",
      key: environmentKey,
      resources: [`proj/${projectKey}:env/${environmentKey}`],
      instructions,
      words,
      served: [],
      environments: [environmentKey],
    });
    return change.environment;
  });
}

async function withApprovalSettings(
  tx: Tx,
  record: (change: Change) => Promise<void>,
  {
    projectKey,
    found: environment,
    wanted,
  }: { readonly projectKey: string; readonly found: Environment; readonly wanted: Settings },
): Promise<Environment> {
  const project = { id: environment.project_id, key: projectKey };
  const after = wanted.approvalSettings;
  return changeApprovalSettings(tx, record, { project, environment, kind: "flag", after });
}

type Settings = z.infer<typeof Settable>;

function patchedSettings(
  representation: EnvironmentRepresentation,
  patch: Patch,
): { readonly members: readonly (keyof Settings)[]; readonly wanted: Settings } {
  if (patch.kind === "semantic") {
    throw new DomainError(
      "invalid_request",
      "an environment takes no instructions; send a JSON Patch or a merge patch",
    );
  }
  const patched = applyToRepresentation(representation, patch);
  const changed = changedMembers(representation, z.looseObject({}).parse(patched));
  const members = changed.map((name) => {
    const member = Settable.keyof().safeParse(name);
    if (member.success) return member.data;
    const known = Object.keys(Settable.shape).join(", ");
    throw new DomainError(
      "invalid_request",
      `the patch changes /${name}, which is not for clients to set; what can be set is ${known}`,
    );
  });
  const wanted = Settable.safeParse(patched);
  if (wanted.success) return { members, wanted: wanted.data };
  const [problem] = wanted.error.issues;
  throw new DomainError(
    "invalid_request",
    `the patch makes /${problem?.path.join("/")} wrong: ${problem?.message}`,
  );
}

/** `confirmChanges` is the older name of `critical`. */
function columnsOf(members: readonly (keyof Settings)[], wanted: Settings): Partial<Environment> {
  const isCritical = members.includes("critical") ? wanted.critical : wanted.confirmChanges;
  return {
    name: wanted.name,
    color: wanted.color,
    secure_mode: wanted.secureMode ? 1 : 0,
    critical: isCritical ? 1 : 0,
  };
}

function keyOf(
  environment: Environment,
  key: Pick<EnvironmentKey, "kind" | "secret" | "name" | "expires_at">,
  at: number,
): EnvironmentKey {
  const { kind, secret, name, expires_at } = key;
  return { kind, secret, name, expires_at, environment_id: environment.id, created_at: at };
}

function keyRepresentation({ secret, kind, name, created_at, expires_at }: EnvironmentKey): object {
  return {
    key: secret,
    kind,
    name,
    creationDate: created_at,
    ...(expires_at === null ? {} : { expiresAt: expires_at }),
  };
}
