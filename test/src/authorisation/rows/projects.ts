import type { Row } from "../row.ts";

const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = "writing" as const;
const settingDefaults = {
  needs: writing,
  action: "updateProjectFlagDefaults",
  resource: "proj/{projectKey}",
} as const;

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
    route: "PATCH /api/v2/projects/:projectKey",
    needs: writing,
    action: "updateProjectName",
    resource: "proj/{projectKey}",
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  {
    route: "DELETE /api/v2/projects/:projectKey",
    needs: writing,
    action: "deleteProject",
    resource: "proj/*",
    besides: [{ action: "viewProject", resource: "proj/*" }],
    isHidden: true,
    make: async (askAsOwner, { fresh }) => {
      await askAsOwner("POST", "/api/v2/projects", { key: fresh, name: "Made" });
      return { projectKey: String(fresh) };
    },
  },
  {
    ...seen,
    route: "GET /api/v2/tags",
    query: "?limit=10000",
    make: async (askAsOwner, { projectKey, fresh }) => {
      const body = { key: fresh, name: "Made", tags: [`${fresh}-tag`] };
      await askAsOwner("POST", `/api/v2/flags/${projectKey}`, body);
      return {};
    },
    shows: ({ fresh }) => `"${fresh}-tag"`,
  },
  { ...seen, route: "GET /api/v2/projects/:projectKey/context-kinds" },
  {
    route: "PUT /api/v2/projects/:projectKey/context-kinds/:key",
    needs: writing,
    action: "createContextKind",
    resource: "proj/{projectKey}:context-kind/*",
    make: async (_, { fresh }) => ({ key: String(fresh) }),
    body: () => ({ name: "Made" }),
    neverMissing: "a kind that is not there is made",
  },
  { ...seen, route: "GET /api/v2/projects/:projectKey/flag-defaults" },
  { ...seen, route: "GET /api/v2/projects/:projectKey/lifecycle" },
  {
    ...settingDefaults,
    route: "PUT /api/v2/projects/:projectKey/flag-defaults",
    body: () => ({
      tags: [],
      temporary: true,
      defaultClientSideAvailability: { usingMobileKey: true, usingEnvironmentId: false },
      booleanDefaults: {
        trueDisplayName: "Yes",
        falseDisplayName: "No",
        trueDescription: "",
        falseDescription: "",
        onVariation: 0,
        offVariation: 1,
      },
    }),
  },
  {
    ...settingDefaults,
    route: "PATCH /api/v2/projects/:projectKey/flag-defaults",
    body: () => [{ op: "replace", path: "/temporary", value: false }],
  },
  {
    ...settingDefaults,
    route: "PATCH /api/v2/projects/:projectKey/lifecycle",
    action: "updateLifecycle",
    body: () => [{ op: "replace", path: "/unusedDays", value: 30 }],
  },
  {
    route: "POST /api/v2/projects/:projectKey/import",
    needs: writing,
    action: "importFlags",
    resource: "proj/{projectKey}",
    body: () => ({ format: "flagd", environmentKey: "test", documents: { flags: { flags: {} } } }),
  },
];
