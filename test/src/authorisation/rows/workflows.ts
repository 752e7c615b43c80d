import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";
import { makeFlag } from "./flags.ts";

const list = "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/workflows";
const one = `${list}/:workflowId`;
const templates = "/api/v2/templates";
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const resource = "proj/{projectKey}:env/*:flag/*";
const updating = { needs: "writing", action: "updateFeatureWorkflows", resource } as const;
const ofTemplates = { needs: "writing", resource: "template/*" } as const;
/** Nothing goes on while others are asked. */
const waiting = {
  kind: "schedule",
  scheduleKind: "absolute",
  executionDate: Date.UTC(2100, 0),
};
const stages = [{ conditions: [waiting], action: { instructions: [{ kind: "turnFlagOn" }] } }];

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: "GET /api/v2/projects/:projectKey/workflows", make: makeWorkflow },
  { ...seen, route: `GET ${one}`, make: makeWorkflow },
  {
    ...updating,
    route: `POST ${list}`,
    besides: [{ action: "updateOn", resource }],
    make: makeFlag,
    body: () => ({ name: "Roll out", stages }),
  },
  { ...updating, route: `DELETE ${one}`, make: makeWorkflow },
  { ...ofTemplates, route: `GET ${templates}`, needs: "reading", action: "viewTemplate" },
  {
    ...ofTemplates,
    route: `POST ${templates}`,
    action: "createTemplate",
    body: ({ fresh }) => ({ key: fresh, stages }),
  },
  {
    ...ofTemplates,
    route: `DELETE ${templates}/:templateKey`,
    action: "deleteTemplate",
    make: async (askAsOwner, { fresh }) => {
      await askAsOwner("POST", templates, { key: fresh, stages });
      return { templateKey: String(fresh) };
    },
  },
];

async function makeWorkflow(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { flagKey } = await makeFlag(askAsOwner, values);
  const path = `/api/v2/projects/${values["projectKey"]}/flags/${flagKey}/environments/test`;
  const made = await askAsOwner("POST", `${path}/workflows`, { name: "Roll out", stages });
  return { flagKey: String(flagKey), workflowId: idOf(made) };
}
