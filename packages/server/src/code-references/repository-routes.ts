import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { requireEach } from "../access/route-access.ts";
import { type AccountChange, accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { answerWithEtag, refuseStale } from "../http/etag.ts";
import { noContent } from "../http/open-api.ts";
import { wholeList } from "../http/paging.ts";
import { PatchBody, parsePatch } from "../http/patch.ts";
import { patchedSettings } from "../http/settings-patch.ts";
import type { Db } from "../storage/database.ts";
import {
  deleteRepository,
  findRepository,
  getRepository,
  listRepositories,
  type Repository,
  saveRepository,
} from "./code-reference-queries.ts";
import {
  codeReferencesPath,
  repositoryRepresentation,
  repositoryWithBranches,
  settingsOf,
} from "./code-reference-representation.ts";
import { NewRepository, RepositorySettings } from "./repository.ts";

const path = `${codeReferencesPath}/repositories`;
const tags = ["Code references"];
const ofRepository = z.object({ repo: z.string() });
const one = "code-reference-repository/{repo}";
const viewing = "viewCodeRefsRepository";
const flag = z.stringbool().default(false);
const ListQuery = z.object({
  withBranches: flag,
  withReferencesForDefaultBranch: flag,
  projKey: z.string().optional(),
  flagKey: z.string().optional(),
});

const configuration = "updateCodeRefsRepositoryConfiguration";
/** What policies call the change of a member. */
const actionOn: Readonly<Record<keyof RepositorySettings, string>> = {
  name: "updateCodeRefsRepositoryName",
  enabled: "updateCodeRefsRepositoryOn",
  type: configuration,
  sourceLink: configuration,
  commitUrlTemplate: configuration,
  hunkUrlTemplate: configuration,
  defaultBranch: configuration,
};

export interface RepositoryParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** The repositories in which scanners look for flags. */
export const repositoryRoutes: FastifyPluginAsyncZod<RepositoryParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(writingRoutes, parts);
  await app.register(patchingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<RepositoryParts> = async (app, { db }) => {
  app.get(
    path,
    {
      config: { access: { action: viewing, resource: "code-reference-repository/*" } },
      schema: {
        operationId: "getRepositories",
        summary: "List repositories",
        description: "`flagKey` needs `projKey`, and both narrow the references that are shown.",
        tags,
        querystring: ListQuery,
      },
    },
    async ({ query, access, url }) => {
      if (query.flagKey !== undefined && query.projKey === undefined) {
        throw new DomainError("invalid_request", "flagKey: give projKey too, the flag's project");
      }
      const repositories = await listRepositories(db);
      const items = await Promise.all(
        repositories.map((repository) => repositoryWithBranches({ db, access }, repository, query)),
      );
      return wholeList(url, items);
    },
  );

  app.get(
    `${path}/:repo`,
    {
      config: { access: { action: viewing, resource: one } },
      schema: {
        operationId: "getRepository",
        summary: "Get a repository",
        tags,
        params: ofRepository,
      },
    },
    async (request, reply) => {
      const repository = await getRepository(db, request.params.repo);
      return answerWithEtag(request, reply, { shown: repositoryRepresentation(repository) });
    },
  );
};

const writingRoutes: FastifyPluginAsyncZod<RepositoryParts> = async (app, { changes }) => {
  app.post(
    path,
    {
      config: {
        access: {
          action: "createCodeRefsRepository",
          resource: "code-reference-repository/{body.name}",
        },
      },
      schema: {
        operationId: "postRepository",
        summary: "Create a repository",
        tags,
        body: NewRepository,
      },
    },
    async ({ body, actor }) => {
      const settings = { ...body, enabled: true };
      const base = { id: newId(), version: 0, created_at: changes.now };
      const repository = await changes.write(actor, async (tx, record) => {
        refuseTaken(body.name, await findRepository(tx, body.name));
        const words = `Create the repository ${body.name}`;
        const instruction = "createCodeRefsRepository";
        await record(aboutRepository(body.name, { instruction, words, after: settings }));
        return saveRepository(tx, withSettings(base, settings));
      });
      return repositoryRepresentation(repository);
    },
  );

  app.delete(
    `${path}/:repo`,
    {
      config: { access: { action: "deleteCodeRefsRepository", resource: one } },
      schema: {
        operationId: "deleteRepository",
        summary: "Delete a repository",
        description: "With its branches, references and extinctions.",
        tags,
        params: ofRepository,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      await changes.write(request.actor, async (tx, record) => {
        const repository = await getRepository(tx, request.params.repo);
        await refuseStale(request, () => repositoryRepresentation(repository));
        const words = `Delete the repository ${repository.name}`;
        const before = settingsOf(repository);
        const instruction = "deleteCodeRefsRepository";
        await record(aboutRepository(repository.name, { instruction, words, before }));
        await deleteRepository(tx, repository.id);
      });
      return reply.code(204).send(null);
    },
  );
};

const patchingRoutes: FastifyPluginAsyncZod<RepositoryParts> = async (app, { changes }) => {
  app.patch(
    `${path}/:repo`,
    {
      config: { access: { inHandler: "each member has an action of its own", resource: one } },
      schema: {
        operationId: "patchRepository",
        summary: "Change a repository",
        tags,
        params: ofRepository,
        body: PatchBody,
      },
    },
    async (request) => {
      const { params, body, headers, actor, access } = request;
      const patch = parsePatch(body, headers["content-type"]);
      const repository = await changes.write(actor, async (tx, record) => {
        const stored = await getRepository(tx, params.repo);
        await refuseStale(request, () => repositoryRepresentation(stored));
        const before = settingsOf(stored);
        const { members: changed, wanted: after } = patchedSettings(before, patch, {
          settings: RepositorySettings,
          what: "a repository",
        });
        const steps = [["code-reference-repository", stored.name]] as const;
        await requireEach(access.within(tx), actionOn, { changed, steps });
        if (changed.length === 0) return stored;
        if (after.name !== before.name)
          refuseTaken(after.name, await findRepository(tx, after.name));
        const words = `Change ${changed.join(" and ")} of the repository ${before.name}`;
        const { comment } = patch;
        const instruction = configuration;
        await record(aboutRepository(stored.name, { instruction, words, before, after, comment }));
        return saveRepository(tx, withSettings(stored, after));
      });
      return repositoryRepresentation(repository);
    },
  );
};

function refuseTaken(name: string, known: Repository | undefined): void {
  if (known === undefined) return;
  throw new DomainError("conflict", `there is a repository "${name}" already; choose another name`);
}

/** Each change is a version of its own. */
function withSettings(
  { id, version, created_at }: Pick<Repository, "id" | "version" | "created_at">,
  settings: RepositorySettings,
): Repository {
  return {
    id,
    version: version + 1,
    created_at,
    name: settings.name,
    type: settings.type,
    source_link: settings.sourceLink,
    commit_url_template: settings.commitUrlTemplate,
    hunk_url_template: settings.hunkUrlTemplate,
    default_branch: settings.defaultBranch,
    enabled: settings.enabled ? 1 : 0,
  };
}

function aboutRepository(
  name: string,
  change: Omit<AccountChange, "kind" | "key" | "resource">,
): Change {
  const kind = "code-reference-repository";
  return accountChange({ kind, key: name, resource: `${kind}/${name}`, ...change });
}
