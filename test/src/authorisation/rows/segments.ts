import type { Row } from "../row.ts";

const list = "/api/v2/segments/:projectKey/:environmentKey";
const one = `${list}/:segmentKey`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const writing = { needs: "writing", resource: "proj/{projectKey}:env/*:segment/*" } as const;

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: `GET ${one}` },
  {
    ...writing,
    route: `POST ${list}`,
    action: "createSegment",
    body: ({ fresh }) => ({ key: fresh, name: "Made" }),
  },
  {
    ...writing,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => ({ instructions: [{ kind: "updateName", value: fresh }] }),
  },
  {
    ...writing,
    route: `DELETE ${one}`,
    action: "deleteSegment",
    make: async (askAsOwner, { projectKey, fresh }) => {
      await askAsOwner("POST", `/api/v2/segments/${projectKey}/test`, { key: fresh, name: "Made" });
      return { segmentKey: String(fresh) };
    },
  },
];
