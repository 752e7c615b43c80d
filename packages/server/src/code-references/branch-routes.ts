import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accountChange } from "../changes/account-change.ts";
import type { Change, Changes } from "../changes/changes.ts";
import { DomainError } from "../errors.ts";
import { wholeList } from "../http/paging.ts";
import type { Db } from "../storage/database.ts";
import {
  type Branch,
  deleteBranches,
  findBranch,
  getBranch,
  getRepository,
  insertExtinctions,
  listBranches,
  listReferences,
  type Repository,
  replaceBranch,
} from "./code-reference-queries.ts";
import {
  branchRepresentation,
  codeReferencesPath,
  visible,
} from "./code-reference-representation.ts";
import { Extinction, Scan } from "./repository.ts";

const path = `${codeReferencesPath}/repositories/:repo`;
const tags = ["Code references"];
const ofRepository = z.object({ repo: z.string() });
const ofBranch = ofRepository.extend({ branch: z.string() });
const one = "code-reference-repository/{repo}";
const viewing = { action: "viewCodeRefsRepository", resource: one };
const uploading = { action: "updateCodeRefsRepositoryBranches", resource: one };
/** A scan holds the lines about each reference. */
const bodyLimit = 20 * 2 ** 20;
const mostAtOnce = 5_000;

export interface BranchParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** What scanners found on the branches of repositories. */
export const branchRoutes: FastifyPluginAsyncZod<BranchParts> = async (app, parts) => {
  await app.register(readingRoutes, parts);
  await app.register(uploadingRoutes, parts);
  await app.register(removingRoutes, parts);
};

const readingRoutes: FastifyPluginAsyncZod<BranchParts> = async (app, { db }) => {
  app.get(
    `${path}/branches`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getBranches",
        summary: "List the branches of a repository",
        tags,
        params: ofRepository,
      },
    },
    async ({ params, url }) => {
      const repository = await getRepository(db, params.repo);
      const branches = await listBranches(db, repository);
      return wholeList(
        url,
        branches.map((branch) => branchRepresentation(repository, branch)),
      );
    },
  );

  app.get(
    `${path}/branches/:branch`,
    {
      config: { access: viewing },
      schema: {
        operationId: "getBranch",
        summary: "Get a branch with its references",
        tags,
        params: ofBranch,
        querystring: z.object({ projKey: z.string().optional(), flagKey: z.string().optional() }),
      },
    },
    async ({ params, query, access }) => {
      const repository = await getRepository(db, params.repo);
      const branch = await getBranch(db, repository, params.branch);
      const references = await visible(access, await listReferences(db, branch, query));
      return { ...branchRepresentation(repository, branch), references };
    },
  );
};

const uploadingRoutes: FastifyPluginAsyncZod<BranchParts> = async (app, { changes }) => {
  app.put(
    `${path}/branches/:branch`,
    {
      bodyLimit,
      config: { access: uploading },
      schema: {
        operationId: "putBranch",
        summary: "Upload what was found on a branch",
        description:
          "It takes the place of what was known of the branch, unless that has a higher updateSequenceId.",
        tags,
        params: ofBranch,
        body: Scan,
      },
    },
    async ({ params, body, actor }, reply) => {
      if (body.name !== params.branch) {
        throw new DomainError(
          "invalid_request",
          `name: the body speaks of the branch "${body.name}", the address of "${params.branch}"`,
        );
      }
      await changes.write(actor, async (tx, record) => {
        const repository = await getRepository(tx, params.repo);
        const known = await findBranch(tx, repository, params.branch);
        refuseDisabled(repository);
        refuseOlder(body, known);
        await replaceBranch(tx, repository, body);
        const hunks = body.references.reduce((sum, one) => sum + one.hunks.length, 0);
        const words = `Upload the branch ${body.name}: ${hunks} references to flags`;
        const after = { name: body.name, head: body.head, references: hunks };
        await record(aboutBranches(repository, { words, after }));
      });
      return reply.send();
    },
  );

  app.post(
    `${path}/branches/:branch/extinction-events`,
    {
      bodyLimit,
      config: { access: uploading },
      schema: {
        operationId: "postExtinction",
        summary: "Say which commits took the last reference to flags away",
        tags,
        params: ofBranch,
        body: z.array(Extinction).min(1).max(mostAtOnce),
      },
    },
    async ({ params, body, actor }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const repository = await getRepository(tx, params.repo);
        const branch = await getBranch(tx, repository, params.branch);
        refuseDisabled(repository);
        await insertExtinctions(tx, branch, body);
        const flags = [...new Set(body.map(({ flagKey }) => flagKey))].join(", ");
        const words = `Note that ${flags} went out of the branch ${branch.name}`;
        await record(aboutBranches(repository, { words, after: { extinctions: body } }));
      });
      return reply.send();
    },
  );
};

const removingRoutes: FastifyPluginAsyncZod<BranchParts> = async (app, { changes }) => {
  app.post(
    `${path}/branch-delete-tasks`,
    {
      config: { access: uploading },
      schema: {
        operationId: "deleteBranches",
        summary: "Delete branches that are gone",
        description: "Those that are not known are passed over.",
        tags,
        params: ofRepository,
        body: z.array(z.string()).max(mostAtOnce),
      },
    },
    async ({ params, body, actor }, reply) => {
      await changes.write(actor, async (tx, record) => {
        const repository = await getRepository(tx, params.repo);
        const known = (await listBranches(tx, repository)).map(({ name }) => name);
        const gone = known.filter((name) => body.includes(name));
        if (gone.length === 0) return;
        await deleteBranches(tx, repository, gone);
        const words = `Delete the branches ${gone.join(", ")}`;
        await record(aboutBranches(repository, { words, before: { branches: gone } }));
      });
      return reply.send();
    },
  );
};

function refuseDisabled({ name, enabled }: Repository): void {
  if (enabled === 1) return;
  throw new DomainError("invalid_request", `the repository "${name}" is disabled; enable it first`);
}

function refuseOlder({ updateSequenceId }: Scan, known: Branch | undefined): void {
  const newest = known?.update_sequence_id ?? null;
  if (updateSequenceId === undefined || newest === null || updateSequenceId > newest) return;
  throw new DomainError(
    "updateSequenceId_conflict",
    `updateSequenceId: ${newest} has been uploaded, so ${updateSequenceId} comes too late; scan again`,
  );
}

function aboutBranches(
  { name }: Repository,
  change: { words: string; before?: object; after?: object },
): Change {
  const kind = "code-reference-repository";
  const instruction = "updateCodeRefsRepositoryBranches";
  return accountChange({ kind, key: name, resource: `${kind}/${name}`, instruction, ...change });
}
