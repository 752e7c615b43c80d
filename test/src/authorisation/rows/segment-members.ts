import { z } from "zod";
import type { AskAsOwner, Row, Values } from "../row.ts";

const one = "/api/v2/segments/:projectKey/:environmentKey/:segmentKey";
const byName = "/api/v2/segments/:projectKey/:segmentKey";
const seen = {
  needs: "reading",
  action: "viewProject",
  resource: "proj/{projectKey}",
} as const;
const writing = { needs: "writing", resource: "proj/{projectKey}:env/*:segment/*" } as const;
const value = Date.UTC(2100, 0);

export const rows: readonly Row[] = [
  ...["contexts", "users"].flatMap((name): readonly Row[] => [
    {
      ...writing,
      route: `POST ${one}/${name}`,
      action: "updateIncluded",
      make: makeBigSegment,
      body: ({ fresh }) => ({ included: { add: [fresh] } }),
    },
    {
      ...seen,
      route: `GET ${one}/${name}/:contextKey`,
      make: makeBigSegment,
      neverMissing: "anybody may be asked about",
    },
  ]),
  {
    ...writing,
    route: `POST ${one}/imports`,
    action: "updateIncluded",
    besides: [{ ...writing, action: "updateExcluded" }],
    make: makeBigSegment,
    body: fileOfMembers,
  },
  { ...seen, route: `GET ${one}/imports/:importId`, make: makeImport },
  { ...seen, route: `POST ${one}/exports`, make: makeBigSegment },
  { ...seen, route: `GET ${one}/exports/:exportId`, make: makeExport },
  { ...seen, route: `GET ${one}/exports/:exportId/file`, make: makeExport },
  { ...seen, route: `GET ${byName}/expiring-targets/:environmentKey` },
  {
    ...writing,
    route: `PATCH ${byName}/expiring-targets/:environmentKey`,
    action: "updateExpiringTargets",
    make: makeSegment,
    body: () => ({
      instructions: [
        { kind: "addExpiringTarget", contextKey: "ada", targetType: "included", value },
      ],
    }),
  },
  { ...seen, route: `GET ${byName}/expiring-user-targets/:environmentKey` },
  {
    ...writing,
    route: `PATCH ${byName}/expiring-user-targets/:environmentKey`,
    action: "updateExpiringTargets",
    make: makeSegment,
    body: () => ({
      instructions: [
        { kind: "addExpireUserTargetDate", userKey: "ada", targetType: "included", value },
      ],
    }),
  },
  {
    ...seen,
    route: "POST /api/v2/projects/:projectKey/environments/:environmentKey/segments/evaluate",
    body: () => ({ kind: "user", key: "ada" }),
  },
];

const Job = z.object({ id: z.string() });
const Located = z.object({ location: z.string() });

async function makeBigSegment(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { projectKey, fresh } = values;
  const segment = { key: fresh, name: "Made", unbounded: true };
  await askAsOwner("POST", `/api/v2/segments/${projectKey}/test`, segment);
  return { segmentKey: String(fresh), contextKey: "ada" };
}

async function makeExport(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { segmentKey } = await makeBigSegment(askAsOwner, values);
  const path = `/api/v2/segments/${values["projectKey"]}/test/${segmentKey}/exports`;
  const { id } = Job.parse(await askAsOwner("POST", path));
  return { segmentKey: String(segmentKey), exportId: id };
}

async function makeImport(askAsOwner: AskAsOwner, values: Values): Promise<Values> {
  const { segmentKey } = await makeBigSegment(askAsOwner, values);
  const path = `/api/v2/segments/${values["projectKey"]}/test/${segmentKey}/imports`;
  const { location } = Located.parse(await askAsOwner("POST", path, fileOfMembers()));
  return { segmentKey: String(segmentKey), importId: location.replace(/^.*\//u, "") };
}

async function makeSegment(askAsOwner: AskAsOwner, { projectKey, fresh }: Values): Promise<Values> {
  const path = `/api/v2/segments/${projectKey}/test`;
  await askAsOwner("POST", path, { key: fresh, name: "Made" });
  const instructions = [{ kind: "addIncludedUsers", values: ["ada"] }];
  await askAsOwner("PATCH", `${path}/${fresh}`, { instructions });
  return { segmentKey: String(fresh) };
}

function fileOfMembers(): FormData {
  const form = new FormData();
  form.append("mode", "merge");
  form.append("file", new File(["grace\n"], "members.csv"));
  return form;
}
