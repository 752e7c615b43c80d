import type { Row } from "../row.ts";

const project = "/api/v2/projects/:projectKey";
const inEnvironment = "environments/:environmentKey";
const viewing = {
  needs: "reading",
  action: "viewProject",
  resource: "proj/{projectKey}",
} as const;

export const rows: readonly Row[] = [
  { ...viewing, route: `GET ${project}/sdks` },
  { ...viewing, route: `GET ${project}/failed-connects` },
  { ...viewing, route: `GET ${project}/unknown-flags` },
  { ...viewing, route: `GET ${project}/cleanup` },
  { ...viewing, route: `GET ${project}/flag-evaluations`, query: "?flags=standing" },
  { ...viewing, route: `GET ${project}/flags/:flagKey/${inEnvironment}/evaluations` },
  {
    ...viewing,
    route: `POST ${project}/flags/:flagKey/${inEnvironment}/impact`,
    body: () => ({ instructions: [{ kind: "turnFlagOn" }] }),
  },
  {
    ...viewing,
    route: `POST ${project}/segments/:segmentKey/${inEnvironment}/impact`,
    body: () => ({ instructions: [] }),
  },
  {
    needs: "reading",
    action: "viewMembers",
    resource: "member/*",
    route: "POST /api/v2/access-check",
    body: () => ({
      role: "reader",
      action: "updateOn",
      resource: "proj/own:env/test:flag/standing",
    }),
  },
];
