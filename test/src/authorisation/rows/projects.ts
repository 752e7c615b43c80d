import type { Row } from "../row.ts";

const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = "writing" as const;

export const rows: readonly Row[] = [
  {
    ...seen,
    route: "GET /api/v2/projects",
    query: "?limit=1000",
    shows: ({ projectKey }) => `"key":"${projectKey}"`,
  },
  { ...seen, route: "GET /api/v2/projects/:projectKey" },
  {
    route: "POST /api/v2/projects",
    needs: writing,
    action: "createProject",
    resource: "proj/*",
    body: ({ fresh }) => ({ key: fresh, name: "Made" }),
  },
  {
    route: "POST /api/v2/projects/:projectKey/import",
    needs: writing,
    action: "importFlags",
    resource: "proj/{projectKey}",
    body: () => ({ format: "flagd", environmentKey: "test", documents: { flags: { flags: {} } } }),
  },
];
