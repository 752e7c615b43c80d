import { type AskAsOwner, idOf, type Row, type Values } from "../row.ts";
import { makeFlag } from "./flags.ts";

const requests = "/api/v2/approval-requests";
const ofFlag =
  "/api/v2/projects/:projectKey/flags/:flagKey/environments/:environmentKey/approval-requests";
const settings = `${requests}/projects/:projectKey/settings`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = { needs: "writing", resource: "proj/{projectKey}:env/*:flag/*" } as const;
const asking = { ...writing, action: "createApprovalRequest" } as const;
const asked = { description: "Please", instructions: [{ kind: "turnFlagOn" }] };

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${settings}` },
  {
    route: `PATCH ${settings}`,
    needs: "writing",
    action: "updateApprovalSettings",
    resource: "proj/{projectKey}:env/*",
    // Of segments, of which no other row asks for approval.
    body: () => ({ environmentKey: "test", resourceKind: "segment", minNumApprovals: 2 }),
  },
  {
    ...seen,
    route: `GET ${requests}`,
    query: "?limit=1000",
    make: makeRequest,
    shows: ({ id }) => `"_id":"${id}"`,
  },
  {
    ...asking,
    route: `POST ${requests}`,
    body: ({ projectKey }) => ({
      ...asked,
      resourceId: `proj/${projectKey}:env/test:flag/standing`,
    }),
  },
  ...rowsOfOne(`${requests}/:id`),
  ...rowsOfOne(`${ofFlag}/:id`),
  { ...seen, route: `GET ${ofFlag}` },
  { ...asking, route: `POST ${ofFlag}`, body: () => asked },
  {
    ...asking,
    route: `POST ${ofFlag}-flag-copy`,
    make: async (askAsOwner, values) => {
      const made = await makeFlag(askAsOwner, values);
      const { instructions } = asked;
      const path = `/api/v2/flags/${values["projectKey"]}/${made["flagKey"]}`;
      await askAsOwner("PATCH", path, { environmentKey: "production", instructions });
      return made;
    },
    body: () => ({ description: "Please", source: { key: "production" } }),
  },
];

/** What is done with a request, which is reached by itself and under its flag. */
function rowsOfOne(path: string): readonly Row[] {
  const about = { ...writing, make: makeRequest };
  return [
    { ...seen, route: `GET ${path}`, make: makeRequest },
    {
      ...about,
      route: `PATCH ${path}`,
      action: "updateApprovalRequest",
      body: ({ fresh }) => ({ instructions: [{ kind: "updateDescription", value: fresh }] }),
    },
    { ...about, route: `DELETE ${path}`, action: "deleteApprovalRequest" },
    {
      ...about,
      route: `POST ${path}/reviews`,
      action: "reviewApprovalRequest",
      // To approve is for members alone.
      body: () => ({ kind: "comment", comment: "Hm" }),
    },
    {
      ...about,
      route: `POST ${path}/apply`,
      action: "applyApprovalRequest",
      make: async (askAsOwner, values, askAsMember) => {
        const made = await makeRequest(askAsOwner, values);
        await askAsMember("POST", `${requests}/${made["id"]}/reviews`, { kind: "approve" });
        return made;
      },
      body: () => ({ comment: "Now" }),
    },
  ];
}

async function makeRequest(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { flagKey } = await makeFlag(askAsOwner, values);
  const resourceId = `proj/${values["projectKey"]}:env/test:flag/${flagKey}`;
  const made = await askAsOwner("POST", requests, { ...asked, resourceId });
  return { flagKey: String(flagKey), id: idOf(made) };
}
