import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";
import { makeFlag } from "./flags.ts";

const pipelines = "/api/v2/projects/:projectKey/release-pipelines";
const pipeline = `${pipelines}/:pipelineKey`;
const release = "/api/v2/flags/:projectKey/:flagKey/release";
const newerRelease = "/api/v2/projects/:projectKey/flags/:flagKey/release";
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const ofPipelines = {
  needs: "writing",
  resource: "proj/{projectKey}:release-pipeline/*",
} as const;
const resource = "proj/{projectKey}:env/*:flag/*";
const releasing = { needs: "writing", resource } as const;
const moving = {
  ...releasing,
  action: "updateReleasePhaseStatus",
  // Who may not change the flag itself may not do it by a release, either.
  besides: ["updateFallthrough", "updateOn"].map((action) => ({ action, resource })),
  make: beginRelease,
};
const settings = {
  name: "Usual",
  phases: [{ name: "First", audiences: [{ environmentKey: "test", name: "Everyone" }] }],
};
const Begun = z.object({ phases: z.tuple([z.object({ _id: z.string() })]) });

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${pipelines}` },
  { ...seen, route: `GET ${pipeline}`, make: makePipeline },
  { ...seen, route: `GET ${pipeline}/releases`, make: makePipeline },
  {
    ...ofPipelines,
    route: `POST ${pipelines}`,
    action: "createReleasePipeline",
    body: ({ fresh }) => ({ key: fresh, ...settings }),
  },
  {
    ...ofPipelines,
    route: `PUT ${pipeline}`,
    action: "updateReleasePipeline",
    make: makePipeline,
    body: () => settings,
  },
  {
    ...ofPipelines,
    route: `DELETE ${pipeline}`,
    action: "deleteReleasePipeline",
    make: makePipeline,
  },
  { ...seen, route: `GET ${release}`, make: beginRelease },
  {
    ...releasing,
    route: `PUT ${newerRelease}`,
    action: "addReleasePipeline",
    make: async (askAsOwner, values) => ({
      ...(await makePipeline(askAsOwner, values)),
      ...(await makeFlag(askAsOwner, values)),
    }),
    body: ({ pipelineKey }) => ({ releasePipelineKey: pipelineKey }),
  },
  {
    ...releasing,
    route: `DELETE ${release}`,
    action: "removeReleasePipeline",
    make: beginRelease,
  },
  { ...moving, route: `PUT ${newerRelease}/phases/:phaseId`, body: () => ({ status: "Started" }) },
  {
    ...moving,
    route: `PATCH ${release}`,
    body: () => [{ op: "replace", path: "/phases/0/complete", value: true }],
  },
];

async function makePipeline(
  askAsOwner: AskAsOwner,
  { projectKey, fresh }: Values,
): Promise<Values> {
  const path = `/api/v2/projects/${projectKey}/release-pipelines`;
  await askAsOwner("POST", path, { key: fresh, ...settings });
  return { pipelineKey: String(fresh) };
}

async function beginRelease(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { pipelineKey } = await makePipeline(askAsOwner, values);
  const { flagKey } = await makeFlag(askAsOwner, values);
  const path = `/api/v2/projects/${values["projectKey"]}/flags/${flagKey}/release`;
  const begun = await askAsOwner("PUT", path, { releasePipelineKey: pipelineKey });
  return { flagKey: String(flagKey), phaseId: Begun.parse(begun).phases[0]._id };
}
