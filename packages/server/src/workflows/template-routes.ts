import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Access } from "../access/route-access.ts";
import { accountChange } from "../changes/account-change.ts";
import type { Changes } from "../changes/changes.ts";
import { authorOf } from "../deferred/deferred-queries.ts";
import { newId } from "../environments/environment-key.ts";
import { DomainError } from "../errors.ts";
import { FlagKey } from "../flags/flag-key.ts";
import { noContent } from "../http/open-api.ts";
import { Link, linkTo, listOf, wholeList } from "../http/paging.ts";
import { findProjectById } from "../projects/project-queries.ts";
import type { Db, Tx } from "../storage/database.ts";
import { newStages, type Stage, StageInput } from "./workflow.ts";
import {
  deleteTemplate,
  findWorkflow,
  getTemplate,
  insertTemplate,
  listTemplates,
  stageInputsOf,
  stagesOf,
  type WorkflowTemplate,
} from "./workflow-queries.ts";
import { StageRepresentations, stageRepresentations } from "./workflow-representation.ts";

const path = "/api/v2/templates";
const tags = ["Workflow templates"];
const TemplateRepresentation = z
  .object({
    _id: z.string(),
    _key: z.string(),
    name: z.string(),
    _creationDate: z.int(),
    _ownerId: z.string(),
    _maintainerId: z.string(),
    _links: z.record(z.string(), Link),
    description: z.string(),
    stages: StageRepresentations.optional(),
  })
  .meta({ id: "WorkflowTemplate" });

interface TemplateParts {
  readonly db: Db;
  readonly changes: Changes;
}

/** Stages to begin workflows from. */
export const templateRoutes: FastifyPluginAsyncZod<TemplateParts> = async (app, parts) => {
  const { db } = parts;
  app.get(
    path,
    {
      config: { access: { action: "viewTemplate", resource: "template/*" } },
      schema: {
        operationId: "getWorkflowTemplates",
        summary: "List workflow templates",
        tags,
        querystring: z.object({
          summary: z.stringbool().default(false).describe("1 leaves the stages out."),
          search: z.string().optional().describe("What the key or name holds."),
        }),
        response: { 200: listOf(TemplateRepresentation) },
      },
    },
    async ({ query, url }) => {
      const wanted = query.search?.toLowerCase() ?? "";
      const found = (await listTemplates(db)).filter(({ key, name }) =>
        `${key} ${name}`.toLowerCase().includes(wanted),
      );
      const items = await Promise.all(found.map((one) => representation(db, one, query.summary)));
      return wholeList(url, items);
    },
  );
  await app.register(changingRoutes, parts);
};

const changingRoutes: FastifyPluginAsyncZod<TemplateParts> = async (app, { db, changes }) => {
  app.post(
    path,
    {
      config: { access: { action: "createTemplate", resource: "template/{body.key}" } },
      schema: {
        operationId: "createWorkflowTemplate",
        summary: "Make a workflow template",
        description: "From stages, or from those of a workflow.",
        tags,
        body: z.object({
          key: FlagKey,
          name: z.string().optional(),
          description: z.string().optional(),
          workflowId: z.string().optional(),
          stages: z.array(StageInput).min(1).optional(),
        }),
        response: { 201: TemplateRepresentation },
      },
    },
    async ({ body, access, principal }, reply) => {
      const { key, name = key, description = "" } = body;
      const template = await changes.write(principal, async (tx, record) => {
        if ((await listTemplates(tx)).some((known) => known.key === key)) {
          throw new DomainError("conflict", `there is a template "${key}"; choose another key`);
        }
        const stages = await stagesFor(tx, access.within(tx), body);
        newStages(stages);
        const made = {
          id: newId(),
          key,
          name,
          description,
          author: JSON.stringify(principal.actor),
          stages: JSON.stringify(stages),
          created_at: changes.now,
        };
        await insertTemplate(tx, made);
        await record({
          ...aboutTemplate(key, "createTemplate", `Make the workflow template ${name}`),
          after: { key, name, description, stages },
        });
        return made;
      });
      return reply.code(201).send(await representation(db, template));
    },
  );

  await app.register(deletingRoutes, { db, changes });
};

const deletingRoutes: FastifyPluginAsyncZod<TemplateParts> = async (app, { changes }) => {
  app.delete(
    `${path}/:templateKey`,
    {
      config: { access: { action: "deleteTemplate", resource: "template/{templateKey}" } },
      schema: {
        operationId: "deleteWorkflowTemplate",
        summary: "Delete a workflow template",
        tags,
        params: z.object({ templateKey: z.string() }),
        response: { 204: noContent },
      },
    },
    async ({ params, principal }, reply) => {
      await changes.write(principal, async (tx, record) => {
        const template = await getTemplate(tx, params.templateKey);
        const { id, key, name, description } = template;
        await deleteTemplate(tx, id);
        await record({
          ...aboutTemplate(key, "deleteTemplate", `Delete the workflow template ${name}`),
          before: { key, name, description, stages: stageInputsOf(template) },
        });
      });
      return reply.code(204).send(null);
    },
  );
};

/** Those that are given, or those of a workflow that whoever asks may see. */
async function stagesFor(
  tx: Tx,
  access: Access,
  given: {
    readonly workflowId?: string | undefined;
    readonly stages?: readonly StageInput[] | undefined;
  },
): Promise<readonly StageInput[]> {
  if (given.stages !== undefined) return given.stages;
  const workflow =
    given.workflowId === undefined ? undefined : await findWorkflow(tx, given.workflowId);
  const project = workflow && (await findProjectById(tx, workflow.project_id));
  if (workflow === undefined || project === undefined) {
    throw new DomainError("invalid_request", "give stages, or the workflowId of a workflow");
  }
  await access.requireProject(project.key);
  return stagesOf(workflow).map(inputOf);
}

function aboutTemplate(key: string, instruction: string, words: string) {
  return accountChange({ kind: "template", key, resource: `template/${key}`, instruction, words });
}

/** What of a stage on its way another one begins with. */
function inputOf({ name, isInSequence, conditions, instructions }: Stage): StageInput {
  return StageInput.parse({
    name,
    executeConditionsInSequence: isInSequence,
    conditions,
    action: { instructions },
  });
}

async function representation(
  db: Db,
  template: WorkflowTemplate,
  isSummary = false,
): Promise<z.infer<typeof TemplateRepresentation>> {
  const owner = authorOf(template).id;
  return {
    _id: template.id,
    _key: template.key,
    name: template.name,
    _creationDate: template.created_at,
    _ownerId: owner,
    _maintainerId: owner,
    _links: { self: linkTo(`${path}/${template.key}`), parent: linkTo(path) },
    description: template.description,
    ...(isSummary
      ? {}
      : { stages: await stageRepresentations(db, newStages(stageInputsOf(template))) }),
  };
}
