import type { AskAsOwner, Row, Values } from "../row.ts";

const list = "/api/v2/code-refs/repositories";
const one = `${list}/:repo`;
const branch = `${one}/branches/:branch`;
const resource = "code-reference-repository/*";
const reading = { needs: "reading", action: "viewCodeRefsRepository", resource, make } as const;
const writing = { needs: "writing", resource, make } as const;
const uploading = { ...writing, action: "updateCodeRefsRepositoryBranches" } as const;
const scan = { name: "main", head: "abc", syncTime: 1_700_000_000_000 };

export const rows: readonly Row[] = [
  { ...reading, route: `GET ${list}` },
  { ...reading, route: `GET ${one}` },
  { ...reading, route: `GET ${one}/branches` },
  { ...reading, route: `GET ${branch}` },
  {
    ...writing,
    route: `POST ${list}`,
    action: "createCodeRefsRepository",
    body: ({ fresh }) => ({ name: `${fresh}-2` }),
  },
  {
    ...writing,
    route: `PATCH ${one}`,
    action: "updateCodeRefsRepositoryOn",
    body: () => [{ op: "replace", path: "/enabled", value: false }],
  },
  { ...writing, route: `DELETE ${one}`, action: "deleteCodeRefsRepository" },
  {
    ...uploading,
    route: `PUT ${branch}`,
    body: () => scan,
    neverMissing: "a branch that is not there is made",
  },
  {
    ...uploading,
    route: `POST ${branch}/extinction-events`,
    body: ({ projectKey }) => [
      { revision: "abc", message: "gone", time: 1, flagKey: "standing", projKey: projectKey },
    ],
  },
  { ...uploading, route: `POST ${one}/branch-delete-tasks`, body: () => ["another"] },
  { ...reading, route: "GET /api/v2/code-refs/statistics" },
  {
    route: "GET /api/v2/code-refs/statistics/:projectKey",
    needs: "reading",
    action: "viewProject",
    resource: "proj/{projectKey}",
  },
  { ...reading, route: "GET /api/v2/code-refs/extinctions" },
];

async function make(askAsOwner: AskAsOwner, { fresh }: Values): Promise<Values> {
  await askAsOwner("POST", list, { name: fresh });
  await askAsOwner("PUT", `${list}/${fresh}/branches/main`, scan);
  return { repo: String(fresh), branch: "main" };
}
